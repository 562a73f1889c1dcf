"""O4, O5: raise whoever carries the smallest part of its fair share, then the next."""

from dataclasses import dataclass

from services.allocator.model.linear_model import LinearModel, Row, Term
from services.allocator.model.variables import Variables
from services.allocator.problem.instance import Instance
from services.allocator.problem.outcome import Cell, Levels


@dataclass(frozen=True)
class Cells:
    """What a leximin stage compares.

    `fair` holds the fair share of each cell [households, weighed by burden in O4], and `floor`
    the row `carried >= fair * level` of each. Every plan has every cell below `most`: that would
    be twice as many households as there are.
    """

    fair: dict[Cell, float]
    most: Levels
    floor: dict[Cell, Row]


def municipal_levels(model: LinearModel, x: Variables, instance: Instance) -> Cells:
    """O4: phi[i] = sum_g burden[g] X[i,g] / sum_g burden[g] share[i,g] N[g]."""
    carried: dict[Cell, list[Term]] = {
        (i, None): [
            (column, group.burden)
            for group in instance.spread_groups
            for column, _ in x.hosts(i, group.id, instance.periods)
        ]
        for i in instance.municipal_shares
    }
    everybody = sum(g.burden * instance.group_need[g.id] for g in instance.spread_groups)
    most: Levels = {
        (i, None): 2 * everybody / fair for i, fair in instance.municipal_shares.items()
    }
    fair: dict[Cell, float] = {(i, None): fair for i, fair in instance.municipal_shares.items()}
    return _cells(model, "O4", fair, most, carried)


def group_levels(model: LinearModel, x: Variables, instance: Instance) -> Cells:
    """O5: phi[i,g] = X[i,g] / (share[i,g] N[g])."""
    carried: dict[Cell, list[Term]] = {
        (i, g): x.hosts(i, g, instance.periods) for i, g in instance.group_shares
    }
    fair: dict[Cell, float] = {(i, g): fair for (i, g), fair in instance.group_shares.items()}
    most: Levels = {
        (i, g): 2 * instance.group_need[g] / fair for (i, g), fair in instance.group_shares.items()
    }
    return _cells(model, "O5", fair, most, carried)


def _cells(
    model: LinearModel,
    tag: str,
    fair: dict[Cell, float],
    most: Levels,
    carried: dict[Cell, list[Term]],
) -> Cells:
    floor = {
        cell: model.add_row(f"{tag}.floor[{','.join(part for part in cell if part)}]", terms, 0.0)
        for cell, terms in carried.items()
    }
    return Cells(fair, most, floor)
