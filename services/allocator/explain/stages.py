"""How good the plan is per stage, and what whole households cost."""

from collections.abc import Iterator
from math import ceil

from services.allocator.explain.binding import Room
from services.allocator.explain.report import DIGITS
from services.allocator.problem.instance import Code, Instance
from services.allocator.problem.outcome import Solved, StageKey, WholePlan
from services.allocator.problem.plan import Plan
from services.allocator.problem.worth import WORTH, waiting
from shared.contract.problem import Stage
from shared.contract.result import (
    IntegralityCost,
    Level,
    StageOutcome,
)

_ROUNDING = 1e-6


def stages_asked(instance: Instance) -> list[StageKey]:
    """List every stage of the problem by the name and tier it has in the result."""
    return [key for stage in instance.stages for key in keys_of(stage, instance)]


def keys_of(stage: Stage, instance: Instance) -> list[StageKey]:
    """List what a stage of the planner is in the result: waiting per tier, shopping in two."""
    if stage.objective == "waiting":
        return [("waiting", tier) for tier in instance.tiers]
    if stage.objective != "shopping":
        return [(stage.objective, None)]
    if instance.reach_km is None:
        return []
    return [("shopping.max", None), ("shopping.sum", None)]


def stage_outcomes(found: WholePlan, solved: list[Solved]) -> tuple[StageOutcome, ...]:
    """Put reference and plan side by side, also where time ran out before the reference."""
    done = {(stage.name, stage.tier): stage for stage in solved}
    return tuple(_outcome(found, key, done.get(key)) for key in stages_asked(found.plan.instance))


def _outcome(found: WholePlan, key: StageKey, stage: Solved | None) -> StageOutcome:
    value = worth(found.plan, key)
    reference = stage.reference if stage is not None else None
    sign = -1.0 if key[0] == "suitability" else 1.0
    return StageOutcome.model_validate(
        {
            "objective": key[0],
            "tier": key[1],
            "reference": None if reference is None else round(sign * reference, DIGITS) + 0.0,
            "levels": stage.distinct if stage is not None else None,
            "value": None if value is None else round(value, DIGITS) + 0.0,
            "gap": _gap(found, key, reference, None if value is None else sign * value),
            "seconds": round(stage.seconds, 3) if stage is not None else 0.0,
        }
    )


def _gap(
    found: WholePlan, key: StageKey, reference: float | None, value: float | None
) -> float | None:
    """How much worse a minimised value is than the best bound that is known for it."""
    if reference is None or value is None:
        return None
    if value <= reference:
        return round(value - reference, DIGITS) + 0.0
    return round(max(0.0, value - max(reference, found.bound(key))), DIGITS)


def worth(plan: Plan, key: StageKey) -> float | None:
    """Value of a plan in one stage; None where a leximin stage compares nobody."""
    name, tier = key
    return waiting(plan, tier) if tier is not None else WORTH[name](plan)


def levels(instance: Instance, solved: list[Solved]) -> tuple[Level, ...]:
    """List the targets of both fairness stages, lowest first."""
    rows = []
    for stage in solved:
        ordered = sorted(stage.levels.items(), key=lambda row: (row[1], row[0][0], row[0][1] or ""))
        for (i, g), level in ordered:
            fair = None if g is None else instance.fair_share(i, g)
            households = None if fair is None else level * fair + 0.0
            rows.append(Level(municipality=i, group=g, level=level + 0.0, households=households))
    return tuple(rows)


def cell_targets(
    instance: Instance, solved: list[Solved], hosted: dict[tuple[Code, Code], float]
) -> dict[tuple[Code, Code], float]:
    """Households that the reference gives per municipality and group.

    Where the cell has a level of O5, that is the target: with a slack, later stages may have
    moved away from it, but what was aimed at did not change.
    """
    targets = dict(hosted)
    for stage in solved:
        for (i, g), level in stage.levels.items():
            if g is not None:
                targets[i, g] = level * instance.fair_share(i, g)
    return targets


def integrality_costs(found: WholePlan, solved: list[Solved]) -> tuple[IntegralityCost, ...]:
    """List what whole households cost beyond rounding up, and the rule that forces it."""
    rows = [*_stage_costs(found, solved), *_cell_costs(found.plan, solved)]
    return tuple(rows)


def _stage_costs(found: WholePlan, solved: list[Solved]) -> Iterator[IntegralityCost]:
    for stage in solved:
        if stage.name not in ("commitments", "waiting"):
            continue
        key = (stage.name, stage.tier)
        allowed = ceil(stage.allowed - _ROUNDING)
        value = worth(found.plan, key) or 0.0
        if value > allowed:
            # With access in whole households and all else in parts, this much is already lost.
            by_access = found.access_bounds.get(key, 0.0) > value - 1
            rule = "C9" if by_access else "whole households"
            yield IntegralityCost.model_validate(
                {
                    "objective": stage.name,
                    "tier": stage.tier,
                    "households": value - allowed,
                    "rule": rule,
                }
            )


def _cell_costs(plan: Plan, solved: list[Solved]) -> Iterator[IntegralityCost]:
    room = Room(plan)
    cells = [
        (i, g, level * plan.instance.fair_share(i, g))
        for stage in solved
        for (i, g), level in stage.levels.items()
        if g is not None
    ]
    for i, g, target in sorted(cells):
        proposed = plan.hosted_in_all.get((i, g), 0)
        off = abs(proposed - target)
        if off >= 1 + _ROUNDING:
            rules = room.rules(i, plan.instance.group[g]) if proposed < target else []
            rule = rules[0][0] if rules else "whole households"
            yield IntegralityCost(
                objective="groupFairness", municipality=i, group=g, households=off, rule=rule
            )
