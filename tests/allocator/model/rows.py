"""Check a point against the rows of a linear model, by name; and a tiny instance to build on."""

from collections.abc import Mapping
from dataclasses import replace

from services.allocator.model.linear_model import Column, LinearModel
from services.allocator.model.variables import Variables, decide
from services.allocator.problem.instance import Instance
from services.allocator.translate import instance_of
from shared.contract.problem import Group, Lot, Stage
from tests.shared.four_municipalities import PROBLEM

Point = Mapping[Column, float]
"""Values of columns; a column that is left out is 0."""

EMPTY = replace(
    instance_of(PROBLEM),
    lots=(),
    groups=(Group(id="status", tier=1, burden=1, spread="region"),),
    need={},
    support=(),
    commitments=(),
    ceilings=(),
    pins=(),
    share={},
    access={},
    suitability={},
    previous={},
    stages=(Stage(objective="waiting"),),
)
"""Akkerdam, Beekdorp, Cleefstad and Duinwijk in 2027 and 2028, with one group and no figures."""


def lot(name: str, municipality: str = "A", **changes: object) -> Lot:
    """A lot of 4 homes for status holders in 2027, of which 3 are reported."""
    plain: dict[str, object] = {
        "id": name,
        "municipality": municipality,
        "form": "home",
        "period": "2027",
        "reported": 3,
        "potential": 4,
        "groups": ("status",),
    }
    return Lot.model_validate({**plain, **changes})


def with_lots(*lots: Lot) -> Instance:
    """The empty instance with these lots."""
    return replace(EMPTY, lots=lots)


def hosting(model: LinearModel, *cells: tuple[str, str, str]) -> Variables:
    """One column per (host, group, period), and nothing else decided."""
    return Variables(hosted={cell: [(model.add_column(",".join(cell)), 1.0)] for cell in cells})


def at(x: Variables, cells: Mapping[tuple[str, str, str], float]) -> dict[Column, float]:
    """The point with so many households per (host, group, period), each of one lot."""
    return held(x, {x.hosted[cell][0][0]: households for cell, households in cells.items()})


def held(x: Variables, point: Point) -> dict[Column, float]:
    """The point, with what all municipalities together hold by the end of each period."""
    sums: dict[str, float] = {}
    by_then: dict[Column, float] = {}
    for (g, t), column in x.held.items():
        cells = (
            terms for (_, group, period), terms in x.hosted.items() if (group, period) == (g, t)
        )
        new = sum(value * point.get(c, 0.0) for terms in cells for c, value in terms)
        by_then[column] = sums[g] = sums.get(g, 0.0) + new
    return {**point, **by_then}


def left_side(model: LinearModel, row: int, point: Point) -> float:
    """The sum of a row at a point."""
    terms = zip(model.row_columns[row], model.row_values[row], strict=True)
    return sum(value * point.get(column, 0.0) for column, value in terms)


def room(model: LinearModel, name: str, point: Point) -> float:
    """How far a point is inside a row: 0 is tight, below 0 is violated."""
    row = model.row_names.index(name)
    value = left_side(model, row, point)
    return min(model.row_upper[row] - value, value - model.row_lower[row])


def broken(model: LinearModel, point: Point) -> list[str]:
    """Names of the rows that a point violates."""
    return [name for name in model.row_names if room(model, name, point) < -1e-9]


def tags(model: LinearModel) -> set[str]:
    """The rules that have a row: what stands before the point in the name."""
    return {name.split(".")[0] for name in model.row_names}


def decided(instance: Instance) -> tuple[LinearModel, Variables]:
    """Only the decisions, without any rule."""
    model = LinearModel()
    return model, decide(model, instance)


def worth(objective: dict[int, float], point: Point) -> float:
    """The value of an objective at a point."""
    return sum(price * point.get(column, 0.0) for column, price in objective.items())
