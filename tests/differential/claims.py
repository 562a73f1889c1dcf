"""What a result claims, held against every plan there is."""

from collections.abc import Iterator, Mapping
from math import ceil

from shared.contract.result import Result, StageOutcome
from tests.differential.brute_force import Amounts, Plan, broken
from tests.differential.oracle.region import Number, Region
from tests.differential.worth import Worth, worths

WITHIN = 1e-6
EXACT = 1e-9
"""Within this a whole plan keeps a stage; what it may lose is a part of a household or nothing."""
COUNTED = ("commitments", "waiting")
"""Stages that count households, in which the plan rounds up and loses no more than it must."""
Cell = tuple[str, str | None]
Levels = dict[Cell, float]


def refuted(region: Region, result: Result, plans: list[Plan]) -> list[str]:
    """List the claims of a result that the plans of the region disprove."""
    if result.status == "infeasible":
        return [f"infeasible, and there are {len(plans)} plans"] if plans else []
    ours = plan_of(result)
    if ours not in plans:
        return [f"its plan is not one of the {len(plans)}; it breaks {broken(region, ours)}"]
    outcomes = list(zip(result.stages, worths(region, ours), strict=True))
    wrong = [
        f"{stage.objective} is said to be {stage.value}, and is {_shown(worth)}"
        for stage, (_, _, worth) in outcomes
        if abs(_as_cost(stage, stage.value) - _shown(worth)) > WITHIN
    ]
    others = [[worth for _, _, worth in worths(region, plan)] for plan in plans]
    slacks = [slack for _, (_, slack, _) in outcomes]
    wrong += _first_stage(result, others, float(slacks[0]) if slacks else 0.0)
    wrong += _proven_order(result, [worth for _, (_, _, worth) in outcomes], slacks, others)
    for other in others:
        wrong += _bounds(result, other, slacks)
    return wrong


def plan_of(result: Result) -> Plan:
    """Read the plan of a result."""
    placed: Amounts = {(row.lot, row.group): row.households for row in result.placements}
    moved: Amounts = {
        (row.responsible, row.host, row.group, row.period): row.households for row in result.trades
    }
    return Plan(_not_zero(placed), _not_zero(moved))


def _not_zero(amounts: Amounts) -> Amounts:
    return {key: households for key, households in amounts.items() if households}


def _first_stage(result: Result, others: list[list[Worth]], slack: float) -> Iterator[str]:
    """The first stage is the least there is, where it counts households or is called proven."""
    if not result.stages or isinstance(others[0][0], dict):
        return
    stage = result.stages[0]
    least = min(_shown(worth[0]) for worth in others)
    cost = _as_cost(stage, stage.value)
    if stage.objective in COUNTED and cost > ceil(least + slack - WITHIN):
        yield f"{stage.objective} is {cost}, and a plan has {least}"
    if stage.gap is not None and cost - stage.gap > least + WITHIN:
        yield f"{stage.objective} is {cost} with a gap of {stage.gap}, and a plan has {least}"


def _proven_order(
    result: Result, ours: list[Worth], slacks: list[Number], others: list[list[Worth]]
) -> Iterator[str]:
    """No plan is better in the first stages that are all called proven."""
    proven = 0
    while proven < len(ours) and result.stages[proven].gap == 0 and not slacks[proven]:
        proven += 1
    best = min(([_shown(worth) for worth in other[:proven]] for other in others), default=[])
    for stage, mine, least in zip(result.stages, ours, best, strict=False):
        if abs(_shown(mine) - least) > WITHIN:
            if _shown(mine) > least:
                yield f"{stage.objective} is called proven, and a plan has {least}"
            return


def _bounds(result: Result, other: list[Worth], slacks: list[Number]) -> Iterator[str]:
    """No plan that keeps the earlier stages beats the reference of the next."""
    for stage, worth, slack in zip(result.stages, other, slacks, strict=True):
        if isinstance(worth, dict):
            target = _levels(result, stage)
            if _higher(_sorted(worth), _sorted(target)):
                yield f"{stage.objective} claims {_sorted(target)}, and a plan has {_sorted(worth)}"
            lost = max((level - worth[cell] for cell, level in target.items()), default=0)
        else:
            bound = _as_cost(stage, stage.reference)
            if _shown(worth) < bound - WITHIN:
                yield f"{stage.objective} is bounded by {bound}, and a plan has {_shown(worth)}"
            lost = _shown(worth) - bound
        if lost > float(slack) + EXACT:
            return


def _levels(result: Result, stage: StageOutcome) -> Levels:
    of_groups = stage.objective == "groupFairness"
    return {
        (row.municipality, row.group): row.level
        for row in result.levels
        if (row.group is not None) == of_groups
    }


def _sorted(levels: Mapping[Cell, Number | float]) -> list[float]:
    return sorted(float(level) for level in levels.values())


def _higher(mine: list[float], theirs: list[float]) -> bool:
    """Whether the first level that differs is higher."""
    pairs = zip(mine, theirs, strict=True)
    return next((a > b for a, b in pairs if abs(a - b) > WITHIN), False)


def _as_cost(stage: StageOutcome, value: float | None) -> float:
    return (value or 0.0) * (-1 if stage.objective == "suitability" else 1)


def _shown(worth: Worth) -> float:
    return min(_sorted(worth), default=0.0) if isinstance(worth, dict) else float(worth)
