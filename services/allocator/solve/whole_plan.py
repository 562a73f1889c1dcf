"""From the reference to one plan in whole households.

The pass follows the planner's order once more, in a model whose right-hand sides are whole.
Agreements and waiting may not be worse than the reference rounded up; what a municipality hosts
stays within one household of its target; the rest is as near as can be; then the remaining
preferences choose between plans that are equally near, and the canonical order between plans
that nothing else tells apart. Where a limit cannot hold, the smallest excess is taken.
"""

from copy import deepcopy
from dataclasses import dataclass, field
from math import ceil, floor

from services.allocator.model.build import build
from services.allocator.model.linear_model import INFINITY, Column, LinearModel
from services.allocator.model.objectives import housing, preferences
from services.allocator.model.variables import Variables
from services.allocator.model.whole import (
    hosted_columns,
    round_access,
    rounded_up,
    served_columns,
    stay_near,
)
from services.allocator.problem.instance import Instance
from services.allocator.problem.outcome import Solved, StageKey, Targets, WholePlan
from services.allocator.problem.plan import Plan
from services.allocator.solve.clock import Clock
from services.allocator.solve.dive import WHOLE, settle
from services.allocator.solve.errors import NoPlanExists, SolverFailed
from services.allocator.solve.face import Face
from services.allocator.solve.integer_program import minimise_whole
from services.allocator.solve.stages import SIMPLE

NEIGHBOURHOODS = (1, 3, None)
"""Households by which a number may move while rounding; None is any number."""


@dataclass
class _Pass:
    """One model in whole numbers under way."""

    instance: Instance
    model: LinearModel
    x: Variables
    near: dict[Column, float] = field(default_factory=dict)
    beyond: dict[Column, float] = field(default_factory=dict)
    access_bounds: dict[StageKey, float] = field(default_factory=dict)

    def copy(self) -> "_Pass":
        """Give the same model for narrowing in another way; the instance is shared."""
        return deepcopy(self, {id(self.instance): self.instance})


def targets_of(x: Variables, instance: Instance, values: list[float]) -> Targets:
    """Sum the reference per municipality and group [households]; nothing without a reference."""
    if not values:
        return Targets({}, {})
    return Targets(
        {c: sum(values[k] for k in ks) for c, ks in hosted_columns(x, instance).items()},
        {c: sum(values[k] for k in ks) for c, ks in served_columns(x, instance).items()},
    )


def find_whole_plan(
    instance: Instance, solved: list[Solved], targets: Targets, clock: Clock
) -> WholePlan:
    """Find the plan in whole households that belongs to these reference values.

    Raises
    ------
    NoPlanExists
        When no plan in whole households keeps the hard rules.
    OutOfTime
        When the clock ran out first.
    """
    clock.tell("wholeHouseholds")
    run = _prepare(instance, targets)
    if _needs_search(instance):
        return _search(run, solved, clock)
    untouched = run.copy()
    face = Face(run.model, clock)
    try:
        _keep_stages(run, face, solved)
        limits = run.copy()
        face.minimise(run.near)
    except (NoPlanExists, SolverFailed):
        return _search(untouched, solved, clock)
    near = list(face.values)
    try:
        face.keep(settle(face, run.near, _decisions(run)))
        _prefer(run, face, solved)
    except (NoPlanExists, SolverFailed):
        return _round(limits, near, solved, clock)
    return WholePlan(_plan(run, face.values), run.access_bounds)


def find_any_plan(instance: Instance, clock: Clock) -> Plan:
    """Find any plan in whole households that keeps the hard rules, with few waiting.

    Raises
    ------
    NoPlanExists
        When there is none.
    """
    run = _Pass(instance, *build(instance))
    round_access(run.model, instance)
    wait = dict.fromkeys(run.x.waiting.values(), 1.0)
    values = minimise_whole(run.model, wait, clock).values
    return _route(run, values, [], clock)


def _needs_search(instance: Instance) -> bool:
    """Whether homes larger than one unit, or suitability alone, make a real integer program."""
    alone = [stage.objective for stage in instance.stages] == ["suitability"]
    sizes = [size for group in instance.groups for size in group.size.values()]
    return alone or any(size not in (0, 1) for size in sizes)


def _prepare(instance: Instance, targets: Targets) -> _Pass:
    model, x = build(instance)
    round_access(model, instance)
    run = _Pass(instance, model, x)
    for cell, columns in hosted_columns(x, instance).items():
        name = "hosted," + ",".join(cell)
        near, beyond = stay_near(model, name, columns, targets.hosted[cell])
        run.near |= near
        run.beyond |= beyond if cell in instance.group_shares else {}
    for cell, columns in served_columns(x, instance).items():
        near, _ = stay_near(model, "served," + ",".join(cell), columns, targets.served[cell])
        run.near |= near
    return run


def _stage_objective(run: _Pass, stage: Solved) -> dict[Column, float] | None:
    if stage.name == "commitments":
        return housing.shortfall(run.model, run.x, run.instance)
    if stage.name == "waiting" and stage.tier is not None:
        return housing.waiting(run.model, run.x, run.instance, stage.tier)
    if stage.name == "groupFairness":
        return run.beyond
    return None


def _hold(run: _Pass, stage: Solved, objective: dict[Column, float], best: float) -> None:
    limit = max(rounded_up(stage.allowed), rounded_up(best))
    name = f"W.hold[{stage.name},{stage.tier}]"
    run.model.add_row(name, objective.items(), upper=limit)


def _keep_stages(run: _Pass, face: Face, solved: list[Solved]) -> None:
    for stage in solved:
        objective = _stage_objective(run, stage)
        if objective:
            best = face.minimise(objective).objective
            run.access_bounds[stage.name, stage.tier] = best
            _hold(run, stage, objective, best)


def _prefer(run: _Pass, face: Face, solved: list[Solved]) -> None:
    """Choose between plans that are equally near: other preferences, then the order of ids."""
    wanted = [s.name for s in solved if s.name in SIMPLE and s.name != "commitments"]
    for name in wanted:
        objective = SIMPLE[name](run.model, run.x, run.instance)
        face.keep(settle(face, objective, _decisions(run)))
    if "distance" not in wanted:
        preferences.distance(run.model, run.x, run.instance)
    settle(face, canonical_order(run.x), _decisions(run))


def canonical_order(x: Variables) -> dict[Column, float]:
    """Break ties: lots and routes that come first in the order of their ids are used first."""
    columns = [*x.placed.values(), *x.routed.values()]
    return {column: (k + 1) / len(columns) for k, column in enumerate(columns)}


def _decisions(run: _Pass) -> list[Column]:
    x = run.x
    groups = (x.placed, x.hosted, x.served, x.routed)
    return sorted({column for rows in groups for column in rows.values()})


def _round(run: _Pass, corner: list[float], solved: list[Solved], clock: Clock) -> WholePlan:
    """Change as few numbers of a corner as possible until all are whole.

    The neighbourhood grows until it holds a plan; only an integer program without any
    neighbourhood can say that none exists.
    """
    for radius in NEIGHBOURHOODS:
        trial = run.copy()
        _stay_around(trial.model, corner, radius)
        changes: dict[Column, float] = {}
        for column in (*trial.x.placed.values(), *trial.x.served.values()):
            name = trial.model.column_names[column]
            changes |= stay_near(trial.model, name, [column], corner[column])[0]
        try:
            found = minimise_whole(trial.model, changes, clock)
        except NoPlanExists:
            continue
        return WholePlan(_route(run, found.values, solved, clock), run.access_bounds)
    return _search(_without_holds(run), solved, clock)


def _stay_around(model: LinearModel, corner: list[float], radius: int | None) -> None:
    for column, whole in enumerate(model.whole):
        if whole and radius is not None:
            low, high = floor(corner[column] + WHOLE), ceil(corner[column] - WHOLE)
            model.column_lower[column] = max(model.column_lower[column], low - radius)
            model.column_upper[column] = min(model.column_upper[column], high + radius)


def _without_holds(run: _Pass) -> _Pass:
    free = run.copy()
    for row, name in enumerate(free.model.row_names):
        if name.startswith("W.hold"):
            free.model.row_upper[row] = INFINITY
    return free


def _search(run: _Pass, solved: list[Solved], clock: Clock) -> WholePlan:
    """Solve the stages as integer programs: each is proven, or says how far it may be off.

    Stages that measure in households are taken in the planner's order, then the nearness to the
    reference stands for the others, and the remaining preferences choose last.
    """
    bounds: dict[StageKey, float] = {}
    proven = True
    values: list[float] = []
    last = [Solved("near", None, 0.0), *(s for s in solved if s.name in _LAST)]
    for stage in [*(s for s in solved if s.name not in _LAST), *last]:
        objective = _searched(run, stage)
        if not objective:
            continue
        found = minimise_whole(run.model, objective, clock)
        bounds[stage.name, stage.tier] = found.bound
        proven = proven and found.objective <= found.bound + WHOLE
        name = f"W.search[{stage.name},{stage.tier}]"
        limit = max(found.objective, rounded_up(stage.allowed) if stage.slack else found.objective)
        margin = WHOLE * max(1.0, abs(limit))
        run.model.add_row(name, objective.items(), upper=limit + margin)
        values = found.values
    return WholePlan(_route(run, values, solved, clock), {}, bounds, proven)


_LAST = ("extraCapacity", "stability")


def _searched(run: _Pass, stage: Solved) -> dict[Column, float]:
    if stage.name == "near":
        return run.near
    if stage.name in (*_LAST, "suitability"):
        return SIMPLE[stage.name](run.model, run.x, run.instance)
    return _stage_objective(run, stage) or {}


def _route(run: _Pass, values: list[float], solved: list[Solved], clock: Clock) -> Plan:
    """Find who goes where for a plan whose placements are whole and final."""
    # A new model has the same columns first, and none of the limits that only led to the plan.
    final = _Pass(run.instance, *build(run.instance))
    fixed = (final.x.placed, final.x.served, final.x.hosted)
    for column in (c for rows in fixed for c in rows.values()):
        value = float(round(values[column]))
        final.model.column_lower[column] = final.model.column_upper[column] = value
    face = Face(final.model, clock)
    _prefer(final, face, [s for s in solved if s.name == "distance"])
    return _plan(final, face.values)


def _plan(run: _Pass, values: list[float]) -> Plan:
    placed = {key: round(values[c]) for key, c in run.x.placed.items()}
    routed = {key: round(values[c]) for key, c in run.x.routed.items()}
    for group in run.instance.groups:
        if group.spread == "home":
            for (o, g, t), column in run.x.served.items():
                if g == group.id:
                    routed[o, o, g, t] = round(values[column])
    return Plan(
        run.instance,
        {key: households for key, households in placed.items() if households},
        {key: households for key, households in routed.items() if households},
    )
