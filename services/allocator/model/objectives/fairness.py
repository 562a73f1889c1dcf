"""O4, O5: raise whoever carries the smallest part of its fair share, then the next."""

from dataclasses import dataclass

from services.allocator.model.linear_model import INFINITY, Column, LinearModel, Row
from services.allocator.model.variables import Variables
from services.allocator.problem.instance import Code, Instance
from services.allocator.problem.outcome import Cell


@dataclass(frozen=True)
class Cells:
    """What a leximin stage compares.

    `level` holds the column phi of each cell, `floor` the column z below which no free cell
    may be, and `above_floor` the row phi >= z of each cell.
    """

    level: dict[Cell, Column]
    floor: Column
    above_floor: dict[Cell, Row]


def municipal_levels(model: LinearModel, x: Variables, instance: Instance) -> Cells:
    """O4: phi[i] = sum_g burden[g] X[i,g] / sum_g burden[g] share[i,g] N[g]."""
    levels: dict[Cell, tuple[float, list[tuple[Column, float]]]] = {}
    for i, fair in instance.municipal_shares.items():
        levels[i, None] = (
            fair,
            [
                (column, group.burden)
                for group in instance.spread_groups
                for column in _hosted(x, instance, i, group.id)
            ],
        )
    return _cells(model, "O4", levels)


def group_levels(model: LinearModel, x: Variables, instance: Instance) -> Cells:
    """O5: phi[i,g] = X[i,g] / (share[i,g] N[g])."""
    levels: dict[Cell, tuple[float, list[tuple[Column, float]]]] = {}
    for (i, g), fair in instance.group_shares.items():
        levels[i, g] = fair, [(column, 1.0) for column in _hosted(x, instance, i, g)]
    return _cells(model, "O5", levels)


def _hosted(x: Variables, instance: Instance, municipality: Code, group: Code) -> list[Column]:
    keys = ((municipality, group, t) for t in instance.periods)
    return [x.hosted[key] for key in keys if key in x.hosted]


def _cells(
    model: LinearModel,
    tag: str,
    levels: dict[Cell, tuple[float, list[tuple[Column, float]]]],
) -> Cells:
    # The floor starts at 0, where every plan is: levels are never negative.
    cells = Cells({}, model.add_column(f"{tag}.floor"), {})
    for cell, (fair, hosted) in levels.items():
        name = ",".join(part for part in cell if part)
        column = model.add_column(f"{tag}.level[{name}]", 0, INFINITY)
        model.define(f"{tag}.share[{name}]", column, fair, hosted)
        cells.level[cell] = column
        cells.above_floor[cell] = model.add_row(
            f"{tag}.above[{name}]", [(column, 1), (cells.floor, -1)], lower=0
        )
    return cells
