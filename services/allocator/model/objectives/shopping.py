"""O3: nobody gains by knocking at another town hall."""

from services.allocator.model.linear_model import Column, LinearModel
from services.allocator.model.variables import Variables
from services.allocator.problem.instance import Code, Instance


def largest_pull(model: LinearModel, x: Variables, instance: Instance) -> dict[Column, float]:
    """O3a: the largest pull between two municipalities within reach [part of a need]."""
    _compare_chances(model, x, instance)
    largest = model.add_column("pull.largest")
    for (m, g), column in x.pull.items():
        model.add_row(f"O3.largest[{m},{g}]", [(largest, 1), (column, -1)], lower=0)
    return {largest: 1.0}


def weighted_pull(model: LinearModel, x: Variables, instance: Instance) -> dict[Column, float]:
    """O3b: sum of N[m,g] / N[g] * pull[m,g] [part of a need]."""
    return {
        column: instance.total_need[m, g] / instance.group_need[g]
        for (m, g), column in x.pull.items()
    }


def _compare_chances(model: LinearModel, x: Variables, instance: Instance) -> None:
    """pull[m,g] >= q[n,g] - q[m,g] for every n within reach of m."""
    for group in instance.groups:
        for m, n in instance.comparable(group.id):
            here = _chance(model, x, instance, m, group.id)
            there = _chance(model, x, instance, n, group.id)
            if (m, group.id) not in x.pull:
                x.pull[m, group.id] = model.add_column(f"pull[{m},{group.id}]")
            model.add_row(
                f"O3.pull[{m},{n},{group.id}]",
                [(x.pull[m, group.id], 1), (there, -1), (here, 1)],
                lower=0,
            )


def _chance(
    model: LinearModel, x: Variables, instance: Instance, municipality: Code, group: Code
) -> Column:
    """q[m,g] * N[m,g] = households of m in g that get a home."""
    key = (municipality, group)
    if key not in x.chance:
        x.chance[key] = model.add_column(f"chance[{municipality},{group}]", 0, 1)
        served = [
            (x.served[municipality, group, t], 1.0)
            for t in instance.periods
            if (municipality, group, t) in x.served
        ]
        name = f"O3.chance[{municipality},{group}]"
        model.define(name, x.chance[key], instance.total_need[key], served)
    return x.chance[key]
