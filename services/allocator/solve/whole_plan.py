"""From the reference to one plan in whole households.

The pass follows the planner's order once more, in a model whose right-hand sides are whole.
Agreements and waiting may not be worse than the reference rounded up; what a municipality hosts
stays within one household of its target; the rest is as near as can be; then the remaining
preferences choose between plans that are equally near, and the canonical order between plans
that nothing else tells apart. Where a limit cannot hold, the smallest excess is taken. Who goes
where is routed at the end, over the fewest kilometres.
"""

from math import ceil, floor

import numpy as np

from services.allocator.model.build import build
from services.allocator.model.linear_model import INFINITY, Column, LinearModel
from services.allocator.model.objectives import housing
from services.allocator.model.stages import SIMPLE
from services.allocator.model.variables import Variables
from services.allocator.model.whole import rounded_up, stay_near
from services.allocator.problem.instance import Instance
from services.allocator.problem.outcome import Reference, Solved, StageKey, Targets, WholePlan
from services.allocator.problem.plan import Plan
from services.allocator.solve.clock import Clock
from services.allocator.solve.dive import WHOLE, settle
from services.allocator.solve.errors import NoPlanExists, SolverFailed
from services.allocator.solve.face import Face
from services.allocator.solve.integer_program import WholeSolution, minimise_whole
from services.allocator.solve.separation import Separation
from services.allocator.solve.whole_pass import (
    WholePass,
    open_all_routes,
    plan_of,
    prepare,
    serve_near,
)

NEIGHBOURHOODS = (1, 3, None)
"""Households by which a number may move while rounding; None is any number."""

MARGIN = 1e-5
"""Part of a value that a search may lose of it later: more than its own tolerance."""

LAST = ("extraCapacity", "stability")
"""What a search in whole numbers settles after the nearness to the reference."""


def find_whole_plan(instance: Instance, reference: Reference, clock: Clock) -> WholePlan:
    """Find the plan in whole households that belongs to a reference.

    Raises
    ------
    NoPlanExists
        When no plan in whole households keeps the hard rules.
    OutOfTime
        When the clock ran out first.
    """
    clock.tell("wholeHouseholds")
    solved, targets = reference.stages, reference.targets
    run = prepare(instance, targets)
    if _needs_search(instance):
        return _search(run, targets, solved, clock)
    face = Face(run.model, run.x, instance, clock)
    try:
        _keep_stages(run, face, solved)
        serve_near(run, targets)
        for demand in reference.demands:
            face.separation.add(demand)
        limits = run.model.bounds()
        face.minimise(run.near)
    except (NoPlanExists, SolverFailed):
        return _search(prepare(instance, targets), targets, solved, clock)
    near = list(face.values)
    try:
        face.keep(settle(face, run.near, _decisions(run)))
        return WholePlan(plan_of(run, _prefer(run, face, solved)), run.access_bounds)
    except (NoPlanExists, SolverFailed):
        run.model.restore(limits)
        return _round(run, targets, near, solved, clock)


def find_any_plan(instance: Instance, clock: Clock) -> Plan:
    """Find any plan in whole households that keeps the hard rules, with few waiting.

    Raises
    ------
    NoPlanExists
        When there is none.
    """
    run = WholePass(instance, *build(instance, whole=True))
    open_all_routes(run)
    fewest = {c: p for tier in instance.tiers for c, p in _waiting(run, tier).items()}
    return plan_of(run, minimise_whole(run.model, fewest, clock).values)


def _waiting(run: WholePass, tier: int) -> dict[Column, float]:
    return housing.waiting(run.model, run.x, run.instance, tier)


def _needs_search(instance: Instance) -> bool:
    """Whether homes larger than one unit, or suitability alone, make a real integer program."""
    alone = [stage.objective for stage in instance.stages] == ["suitability"]
    sizes = [size for group in instance.groups for size in group.size.values()]
    return alone or any(size not in (0, 1) for size in sizes)


def _stage_objective(run: WholePass, stage: Solved) -> dict[Column, float] | None:
    if stage.name == "commitments":
        return housing.shortfall(run.model, run.x, run.instance)
    if stage.name == "waiting" and stage.tier is not None:
        return _waiting(run, stage.tier)
    if stage.name == "groupFairness":
        return run.beyond
    return None


def _hold(run: WholePass, stage: Solved, objective: dict[Column, float], best: float) -> None:
    limit = max(rounded_up(stage.allowed), rounded_up(best))
    name = f"W.hold[{stage.name},{stage.tier}]"
    run.model.add_row(name, objective.items(), upper=limit)


def _keep_stages(run: WholePass, face: Face, solved: list[Solved]) -> None:
    for stage in solved:
        objective = _stage_objective(run, stage)
        if objective:
            best = face.minimise(objective).objective
            run.access_bounds[stage.name, stage.tier] = best
            _hold(run, stage, objective, best)


def _prefer(run: WholePass, face: Face, solved: list[Solved]) -> list[float]:
    """Choose between plans that are equally near: other preferences, then the order of ids.

    Who is helped is settled by then. A preference that leaves nothing whole is passed over.
    """
    best = list(face.values)
    run.model.fix({column: float(round(best[column])) for column in _helped(run)}, {})
    wanted = [s.name for s in solved if s.name in SIMPLE and s.name != "commitments"]
    objectives = [SIMPLE[name](run.model, run.x, run.instance) for name in wanted]
    for objective in filter(None, [*objectives, canonical_order(run.x)]):
        before, basis = run.model.bounds(), face.basis
        try:
            face.keep(settle(face, objective, _decisions(run)))
        except (NoPlanExists, SolverFailed):
            run.model.restore(before)
            face.basis = basis
        else:
            best = list(face.values)
    return best


def canonical_order(x: Variables) -> dict[Column, float]:
    """Break ties: lots that come first in the order of their ids are used first."""
    return {column: (k + 1) / len(x.placed) for k, column in enumerate(x.placed.values())}


def _decisions(run: WholePass) -> list[Column]:
    return sorted({*run.x.placed.values(), *_helped(run)})


def _helped(run: WholePass) -> set[Column]:
    """Columns that say who is helped."""
    return {column for terms in run.x.served.values() for column, _ in terms}


def _round(
    run: WholePass, targets: Targets, corner: list[float], solved: list[Solved], clock: Clock
) -> WholePlan:
    """Change as few numbers of a corner as possible until all are whole.

    The neighbourhood grows until it holds a plan; only an integer program without any
    neighbourhood can say that none exists.
    """
    for radius in NEIGHBOURHOODS:
        trial = run.copy()
        changes: dict[Column, float] = {}
        for column in _decisions(trial):
            _stay_around(trial.model, column, corner[column], radius)
            name = trial.model.column_names[column]
            changes |= stay_near(trial.model, name, [(column, 1.0)], corner[column])[0]
        try:
            found = _routable(trial, changes, clock)
        except NoPlanExists:
            continue
        return WholePlan(plan_of(run, found.values), run.access_bounds)
    for row, name in enumerate(run.model.row_names):
        if name.startswith("W.hold"):
            run.model.row_upper[row] = INFINITY
    return _search(run, targets, solved, clock)


def _routable(run: WholePass, objective: dict[Column, float], clock: Clock) -> WholeSolution:
    """Search the best whole numbers, with all the rows that they need to be routed."""
    separation = Separation(run.model, run.x, run.instance)
    while True:
        found = minimise_whole(run.model, objective, clock)
        if not separation.add_broken(np.array(found.values)):
            return found


def _stay_around(model: LinearModel, column: Column, value: float, radius: int | None) -> None:
    if radius is not None:
        low, high = floor(value + WHOLE) - radius, ceil(value - WHOLE) + radius
        model.column_lower[column] = max(model.column_lower[column], low)
        model.column_upper[column] = min(model.column_upper[column], high)


def _search(run: WholePass, targets: Targets, solved: list[Solved], clock: Clock) -> WholePlan:
    """Solve the stages as integer programs: each is proven, or says how far it may be off.

    Stages that measure in households are taken in the planner's order, then the nearness to the
    reference stands for the others, and the remaining preferences choose last.
    """
    if not run.x.served:
        serve_near(run, targets)
    open_all_routes(run)
    bounds: dict[StageKey, float] = {}
    proven = True
    values: list[float] = []
    last = [Solved("near", None, 0.0), *(s for s in solved if s.name in LAST)]
    for stage in [*(s for s in solved if s.name not in LAST), *last]:
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
        bounds[stage.name, stage.tier] = found.bound
        proven = proven and found.objective <= found.bound + WHOLE
        name = f"W.search[{stage.name},{stage.tier}]"
        limit = max(found.objective, rounded_up(stage.allowed) if stage.slack else found.objective)
        margin = MARGIN * max(1.0, abs(limit))
        run.model.add_row(name, objective.items(), upper=limit + margin)
        values = found.values
    return WholePlan(plan_of(run, values), {}, bounds, proven)


def _searched(run: WholePass, stage: Solved) -> dict[Column, float]:
    if stage.name == "near":
        return run.near
    if stage.name in (*LAST, "suitability"):
        return SIMPLE[stage.name](run.model, run.x, run.instance)
    return _stage_objective(run, stage) or {}
