"""O8: the fewest kilometres between where a household is registered and where it is housed."""

from collections.abc import Iterable, Iterator

from services.allocator.model.constraints.demand import serve
from services.allocator.model.linear_model import INFINITY, Column, LinearModel
from services.allocator.model.variables import Variables
from services.allocator.problem.instance import Code, Instance
from shared.contract.problem import Group

Route = tuple[Code, Code, Code, Code]
"""Responsible municipality, host, group and period."""


def moving(instance: Instance) -> list[Group]:
    """List the groups that may be housed elsewhere; others need no routes."""
    return [group for group in instance.groups if group.spread != "home"]


def possible_routes(x: Variables, instance: Instance) -> Iterator[Route]:
    """Yield every route that C8 allows between a need and a home."""
    for group in moving(instance):
        near = instance.near(group)
        for t in instance.periods:
            hosts = [i for i in instance.municipalities if (i, group.id, t) in x.hosted]
            for o in near:
                yield from ((o, i, group.id, t) for i in hosts if i in near[o])


def prepare_routes(model: LinearModel, x: Variables, instance: Instance) -> None:
    """C2, C3, C9 per route: the rows that routes are part of, without any route yet."""
    serve(model, x, instance)
    for group in moving(instance):
        for (i, g, t), terms in x.hosted.items():
            if g == group.id:
                less = [(column, -value) for column, value in terms]
                model.add_row(f"C2.arrive[{i},{g},{t}]", less, 0, 0)
        for o in instance.near(group):
            less = [(column, -value) for column, value in x.served[o, group.id]]
            model.add_row(f"C2.leave[{o},{group.id}]", less, 0, 0)
            for t, most in zip(instance.periods, x.admitted[o, group.id][:-1], strict=False):
                model.add_row(f"C9.leave[{o},{group.id},{t}]", (), -INFINITY, most, optional=True)


def open_routes(
    model: LinearModel, x: Variables, instance: Instance, routes: Iterable[Route]
) -> dict[Column, float]:
    """O8: add routes; the price of each is its length [km], that of an unknown one the largest.

    Returns
    -------
    The prices of the new columns, without those of staying in one's own municipality.
    """
    row_of = {name: row for row, name in enumerate(model.row_names) if name[0] == "C"}
    prices: dict[Column, float] = {}
    for o, i, g, t in routes:
        column = model.add_column(f"routed[{o},{i},{g},{t}]", whole=True)
        x.routed[o, i, g, t] = column
        rows = [f"C2.arrive[{i},{g},{t}]", f"C2.leave[{o},{g}]"]
        later = instance.periods[instance.periods.index(t) : -1]
        rows += [f"C9.leave[{o},{g},{late}]" for late in later]
        for name in rows:
            model.add_term(row_of[name], column, 1.0)
        if o != i:
            prices[column] = instance.route_km(o, i)
    return prices
