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
from services.allocator.problem.outcome import Solved

ROUNDING = 1e-6
"""What counts as a whole number in a reference that a simplex method computed [households]."""


def rounded_up(value: float) -> int:
    """Smallest whole number that is not below a computed value."""
    return ceil(value - ROUNDING)


def stay_near(
    model: LinearModel, name: str, counted: list[Term], target: float
) -> dict[Column, float]:
    """Price |sum - target| for whole sums, less a constant, with corners at whole numbers."""
    return _distance(model, name, counted, target)[0]


def stay_within_one(
    model: LinearModel, name: str, hosted: list[Term], target: float
) -> tuple[dict[Column, float], tuple[Column, Column]]:
    """Price |sum - target| as well, and tell what is more than one household away.

    Returns
    -------
    The price, and the columns that hold what is more than one household above and below.
    """
    near, sides = _distance(model, name, hosted, target)
    if len(near) == len(sides):  # a whole target: the first household on either side is near
        row = len(model.row_names) - 1
        for sign in (-1.0, 1.0):
            first = model.add_column(f"W.first[{name}]", 0, 1)
            model.add_term(row, first, sign)
            near[first] = 1.0
    return near, sides


def ends(target: float) -> tuple[float, float]:
    """Say how far above and below a target its nearest numbers end [households]."""
    part = target - floor(target + ROUNDING)
    return (1 - part, part) if part > ROUNDING else (1.0, 1.0)


def _distance(
    model: LinearModel, name: str, counted: list[Term], target: float
) -> tuple[dict[Column, float], tuple[Column, Column]]:
    below = floor(target + ROUNDING)
    part = target - below if target - below > ROUNDING else 0.0
    up, down = model.add_column(f"W.up[{name}]"), model.add_column(f"W.down[{name}]")
    terms = [*counted, (up, -1.0), (down, 1.0)]
    near = {up: 1.0, down: 1.0}
    if part:
        inside = model.add_column(f"W.inside[{name}]", 0, 1)
        terms.append((inside, -1.0))
        near[inside] = 1 - 2 * part
    model.add_row(f"W.near[{name}]", terms, below, below)
    return near, (up, down)


def grow_dearer(model: LinearModel, name: str, side: Column, most: int) -> list[Column]:
    """Split what a column counts into its first household, its second, and so on."""
    parts = [model.add_column(f"W.part[{name}]", 0, 1) for _ in range(most)]
    parts.append(model.add_column(f"W.part[{name}]"))
    model.add_row(f"W.parts[{name}]", [(side, -1.0), *((part, 1.0) for part in parts)], 0, 0)
    return parts


def hold_softly(model: LinearModel, stage: Solved, objective: dict[Column, float]) -> Column:
    """Limit a stage to its reference rounded up; the column says by how much that is passed."""
    name = f"{stage.name},{stage.tier}"
    excess = model.add_column(f"W.excess[{name}]")
    terms = [*objective.items(), (excess, -1.0)]
    model.add_row(f"W.hold[{name}]", terms, upper=rounded_up(stage.allowed))
    return excess


def hosted_cells(x: Variables, instance: Instance) -> dict[tuple[Code, Code], list[Term]]:
    """List the terms whose sum is X[i,g], per municipality and group."""
    cells: dict[tuple[Code, Code], list[Term]] = {}
    for (i, g, _), terms in x.hosted.items():
        cells.setdefault((i, g), []).extend(terms)
    return cells
