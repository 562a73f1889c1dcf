"""O3: nobody gains by knocking at another town hall."""

from services.allocator.model.constraints.demand import serve
from services.allocator.model.linear_model import Column, LinearModel, Row, Term
from services.allocator.model.variables import Variables
from services.allocator.problem.instance import Code, Instance

Pair = tuple[Code, Code, Code]
"""Municipality, a municipality within its reach, and group."""


def largest_pull(model: LinearModel, x: Variables, instance: Instance) -> dict[Column, float]:
    """O3a: the largest pull between two municipalities within reach [part of a need]."""
    serve(model, x, instance)
    largest = model.add_column("O3.largest")
    for group in instance.groups:
        for m, _ in instance.comparable(group.id):
            if (m, group.id) not in x.pull:
                x.pull[m, group.id] = model.add_column(f"pull[{m},{group.id}]")
                terms = [(largest, 1.0), (x.pull[m, group.id], -1.0)]
                model.add_row(f"O3.largest[{m},{group.id}]", terms, lower=0, optional=True)
    return {largest: 1.0}


def weighted_pull(model: LinearModel, x: Variables, instance: Instance) -> dict[Column, float]:
    """O3b: sum of N[m,g] / N[g] * pull[m,g] [part of a need]."""
    return {
        column: instance.total_need[m, g] / instance.group_need[g]
        for (m, g), column in x.pull.items()
    }


def compare_chances(model: LinearModel, x: Variables, instance: Instance, pair: Pair) -> Row:
    """O3: pull[m,g] >= q[n,g] - q[m,g]; only pairs that would break it need their row."""
    m, n, g = pair
    need = instance.total_need[m, g]
    terms = [(x.pull[m, g], 1.0), *chance(x, instance, m, g)]
    terms += [(column, -value) for column, value in chance(x, instance, n, g)]
    terms = [(column, need * value) for column, value in terms]  # in households of m
    return model.add_row(f"O3.pull[{m},{n},{g}]", terms, lower=0, optional=True)


def chance(x: Variables, instance: Instance, municipality: Code, group: Code) -> list[Term]:
    """q[m,g] = S[m,g] / N[m,g]."""
    need = instance.total_need[municipality, group]
    return [(column, value / need) for column, value in x.served[municipality, group]]
