"""Whole households: the rows that keep an integer plan next to the reference.

All of them have whole numbers on the right-hand side, and the nearness has its corners at whole
numbers. The corners of the model are then nearly always whole by themselves, and the simplex
method finds the integer plan without a search. Source: Hoffman and Kruskal 1956 for the
network part; the rest is checked afterwards, never assumed.
"""

from math import ceil, floor

from services.allocator.model.linear_model import Column, LinearModel, Term
from services.allocator.model.variables import Variables
from services.allocator.problem.instance import Code, Instance

ROUNDING = 1e-6
"""What counts as a whole number in a reference that a simplex method computed [households]."""


def rounded_up(value: float) -> int:
    """Smallest whole number that is not below a computed value."""
    return ceil(value - ROUNDING)


def stay_near(
    model: LinearModel, name: str, hosted: list[Term], target: float
) -> tuple[dict[Column, float], dict[Column, float]]:
    """Measure how far a sum of households is from its target, with corners at whole numbers.

    Returns
    -------
    The price of the distance |sum - target| at whole sums, less a constant, and the price of
    what is more than one household away.
    """
    below = floor(target + ROUNDING)
    part = target - below if target - below > ROUNDING else 0.0
    up, down = model.add_column(f"W.up[{name}]"), model.add_column(f"W.down[{name}]")
    terms = [*hosted, (up, -1.0), (down, 1.0)]
    near = {up: 1.0, down: 1.0}
    if part:
        inside = model.add_column(f"W.inside[{name}]", 0, 1)
        terms.append((inside, -1.0))
        near[inside] = 1 - 2 * part
    model.add_row(f"W.near[{name}]", terms, below, below)
    return near, {up: 1.0, down: 1.0} if part else _beyond_one(model, name, up, down)


def _beyond_one(model: LinearModel, name: str, up: Column, down: Column) -> dict[Column, float]:
    beyond = {}
    for side in (up, down):
        column = model.add_column(f"W.beyond[{name}]")
        model.add_row(f"W.beyond[{name}]", [(column, 1), (side, -1)], lower=-1)
        beyond[column] = 1.0
    return beyond


def hosted_cells(x: Variables, instance: Instance) -> dict[tuple[Code, Code], list[Term]]:
    """List the terms whose sum is X[i,g], per municipality and group."""
    cells: dict[tuple[Code, Code], list[Term]] = {}
    for (i, g, _), terms in x.hosted.items():
        cells.setdefault((i, g), []).extend(terms)
    return cells
