"""From a corner of the model to a plan in parts of households that anyone can add up."""

import numpy as np

from services.allocator.model.objectives.distance import moving
from services.allocator.model.variables import Variables
from services.allocator.problem.instance import Instance
from services.allocator.problem.outcome import Solved, SplitPlan, StageKey
from services.allocator.solve.network import Reach

_NOTHING = 1e-9
"""Fewer households than this are rounding of the simplex method."""


def split_plans(
    x: Variables, instance: Instance, stages: list[Solved]
) -> dict[StageKey, SplitPlan]:
    """Give the plans that reach what is proven: of the last stage, and of those with a slack."""
    wanted = [s for s in stages if (s.slack > 0 and s.steps) or s is stages[-1]]
    return {(s.name, s.tier): _split_plan(x, instance, s.corner) for s in wanted}


def _split_plan(x: Variables, instance: Instance, corner: tuple[float, ...]) -> SplitPlan:
    placed = {key: corner[column] for key, column in x.placed.items()}
    routed = {key: corner[c] for key, c in x.routed.items() if c < len(corner)}
    values = np.array(corner)
    decided = bool(x.served) and all(c < len(corner) for row in x.served.values() for c, _ in row)
    by_distance = {group.id for group in moving(instance)} if routed else set()
    for group in instance.groups:
        if group.id not in by_distance and any(g == group.id for _, g in placed):
            routed |= Reach(x, instance, group).split_routes(values, decided=decided)
    return SplitPlan(
        {key: n for key, n in placed.items() if n > _NOTHING},
        {key: n for key, n in routed.items() if n > _NOTHING},
    )
