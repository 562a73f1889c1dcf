"""The plan in whole households by integer programs alone, stage by stage.

For problems whose corners are seldom whole, and for those where a plan near the reference could
not be proven to be as good as whole numbers allow.
"""

from services.allocator.model.linear_model import Column
from services.allocator.model.stages import SIMPLE
from services.allocator.model.whole import rounded_up
from services.allocator.problem.instance import Instance
from services.allocator.problem.outcome import Solved, StageKey, Targets, WholePlan
from services.allocator.solve.clock import Clock
from services.allocator.solve.dive import WHOLE
from services.allocator.solve.errors import NoPlanExists
from services.allocator.solve.integer_program import minimise_whole
from services.allocator.solve.whole_pass import (
    LAST,
    WholePass,
    limited,
    open_all_routes,
    plan_of,
    prepare,
)

MARGIN = 1e-5
"""Part of a value that a search may lose of it later: more than its own tolerance."""

SEARCHED = ("commitments", "waiting", "groupFairness", "suitability", *LAST)
"""Stages that are searched themselves; the nearness to the reference stands for the others."""


def needs_search(instance: Instance) -> bool:
    """Whether homes larger than one unit, or suitability alone, make a real integer program."""
    alone = [stage.objective for stage in instance.stages] == ["suitability"]
    sizes = [size for group in instance.groups for size in group.size.values()]
    return alone or any(size not in (0, 1) for size in sizes)


def search(instance: Instance, targets: Targets, solved: list[Solved], clock: Clock) -> WholePlan:
    """Solve the stages as integer programs: each is proven, or says how far it may be off.

    Stages that measure in households are taken in the planner's order, then the nearness to the
    reference stands for the others, and preferences that come after one of those choose last. What
    is proven after the nearness is proven of near plans only, and so it is no bound.

    Raises
    ------
    NoPlanExists
        When no plan in whole households keeps the hard rules.
    OutOfTime
        When the clock ran out first.
    """
    run = prepare(instance, targets)
    open_all_routes(run)
    bounds: dict[StageKey, float] = {}
    proven = True
    values: list[float] = []
    first, last = _in_turn(solved)
    for stage in [*first, Solved("near", None, 0.0), *last]:
        objective = _searched(run, stage)
        if not objective:
            continue
        try:
            found = minimise_whole(run.model, objective, clock)
        except NoPlanExists:
            if not values:
                raise
            # What was found keeps every limit so far: the search lost it in rounding.
            proven = False
            break
        if stage in first:
            bounds[stage.name, stage.tier] = found.bound
        proven = proven and found.objective <= found.bound + WHOLE
        name = f"W.search[{stage.name},{stage.tier}]"
        limit = max(found.objective, rounded_up(stage.allowed) if stage.slack else found.objective)
        margin = MARGIN * max(1.0, abs(limit))
        run.model.add_row(name, objective.items(), upper=limit + margin)
        values = found.values
    return WholePlan(plan_of(run, values, targets), {}, bounds, proven)


def _in_turn(solved: list[Solved]) -> tuple[list[Solved], list[Solved]]:
    """Split the stages into those before the nearness to the reference, and those after it."""
    stood_for = [k for k, stage in enumerate(solved) if stage.name not in SEARCHED]
    start = stood_for[0] if stood_for else len(solved)
    last = [stage for stage in solved[start:] if stage.name in LAST]
    return [stage for stage in solved if stage not in last], last


def _searched(run: WholePass, stage: Solved) -> dict[Column, float]:
    if stage.name == "near":
        return run.near
    if stage.name in (*LAST, "suitability"):
        return SIMPLE[stage.name](run.model, run.x, run.instance)
    return limited(run, stage)
