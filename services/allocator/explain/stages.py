"""How good the plan is per stage, and what whole households cost."""

import re
from collections.abc import Iterator
from math import ceil

from services.allocator.explain.binding import Room
from services.allocator.explain.report import Marginals
from services.allocator.problem.instance import Instance
from services.allocator.problem.outcome import Solved, StageKey, WholePlan
from services.allocator.problem.plan import Plan
from services.allocator.problem.worth import WORTH, waiting
from shared.contract.result import (
    Dual,
    IntegralityCost,
    Level,
    StageCertificate,
    StageOutcome,
)

_RULE_ROW = re.compile(r"(C\d)\.\w+\[(.*)\]")
_ROUNDING = 1e-6


def stages_asked(instance: Instance) -> list[StageKey]:
    """List every stage of the problem by the name and tier it has in the result."""
    keys: list[StageKey] = []
    for stage in instance.stages:
        if stage.objective == "waiting":
            keys += [("waiting", tier) for tier in instance.tiers]
        elif stage.objective != "shopping":
            keys.append((stage.objective, None))
        elif instance.reach_km is not None:
            keys += [("shopping.max", None), ("shopping.sum", None)]
    return keys


def stage_outcomes(plan: Plan, solved: list[Solved]) -> tuple[StageOutcome, ...]:
    """Put reference and plan side by side, also where time ran out before the reference."""
    done = {(stage.name, stage.tier): stage for stage in solved}
    return tuple(_outcome(plan, key, done.get(key)) for key in stages_asked(plan.instance))


def _outcome(plan: Plan, key: StageKey, stage: Solved | None) -> StageOutcome:
    name, tier = key
    value = worth(plan, key)
    reference = stage.reference if stage is not None else None
    if reference is not None and name == "suitability":
        reference = 0.0 - reference
    gap = None
    if reference is not None and value is not None:
        gap = reference - value if name == "suitability" else value - reference
    return StageOutcome.model_validate(
        {
            "objective": name,
            "tier": tier,
            "reference": reference,
            "levels": stage.distinct if stage is not None else None,
            "value": value,
            "gap": gap,
            "seconds": round(stage.seconds, 3) if stage is not None else 0.0,
        }
    )


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
            households = None if fair is None else level * fair
            rows.append(Level(municipality=i, group=g, level=level, households=households))
    return tuple(rows)


def marginals(solved: list[Solved]) -> Marginals:
    """Price each rule in the first stage where it has one [unit of the stage per unit]."""
    prices: Marginals = {}
    for stage in solved:
        for name, price in _first_prices(stage).items():
            match = _RULE_ROW.fullmatch(name)
            if match and (match[1], match[2]) not in prices:
                prices[match[1], match[2]] = stage.name, price
    return prices


def _first_prices(stage: Solved) -> dict[str, float]:
    return stage.steps[0].prices if stage.steps and stage.reference is not None else {}


def certificate(solved: list[Solved]) -> tuple[StageCertificate, ...]:
    """List the dual values that prove every stage, and every floor of a leximin stage.

    Per stage the rows and columns that earlier stages fixed are fixed (FORMULATION.md, 5.1);
    then the sum of dual values times the sides of their rows, and of reduced costs times the
    bounds of their columns, is `bound`, and no solution is below it.
    """
    return tuple(
        StageCertificate.model_validate(
            {
                "objective": stage.name,
                "tier": stage.tier,
                "level": None if stage.distinct is None else number,
                "bound": step.bound,
                "duals": tuple(
                    Dual(row=row, value=price) for row, price in sorted(step.prices.items())
                ),
            }
        )
        for stage in solved
        for number, step in enumerate(stage.steps, 1)
    )


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
            by_access = found.bounds.get(key, 0.0) > value - 1
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
        off = abs(plan.hosted_in_all.get((i, g), 0) - target)
        if off >= 1 + _ROUNDING:
            rules = room.rules(i, plan.instance.group[g])
            rule = rules[0][0] if rules else "whole households"
            yield IntegralityCost(
                objective="groupFairness", municipality=i, group=g, households=off, rule=rule
            )
