"""Hard rules from decisions and agreements: C5, C6 and C7."""

from collections import defaultdict
from collections.abc import Iterator

from shared.contract.problem import Ceiling, Commitment, Pin
from shared.verify.facts import Facts, Id
from shared.verify.plan import Plan
from shared.verify.violations import Violation


def shortfalls(facts: Facts, plan: Plan) -> dict[Id, int]:
    """Give what each commitment lacks [households]: never below zero."""
    return {
        row.id: max(0, row.households - hosted_for(plan, row)) for row in facts.problem.commitments
    }


def placed_below(facts: Facts, plan: Plan) -> dict[Id, int]:
    """Give the households placed below each ceiling."""
    placed = _by_district(facts, plan)
    return {row.id: _below_ceiling(placed, row) for row in facts.problem.ceilings}


def ceilings_hold(facts: Facts, plan: Plan) -> Iterator[Violation]:
    """C5: no more households than a ceiling allows."""
    placed = placed_below(facts, plan)
    for row in facts.problem.ceilings:
        found = placed[row.id]
        if found > row.households:
            message = f"{found} households are placed and {row.households} are allowed."
            yield Violation("C5", row.id, message)


def pins_are_exact(facts: Facts, plan: Plan) -> Iterator[Violation]:
    """C6: exactly as many households as the planner pinned."""
    for row in facts.problem.pins:
        groups = facts.groups if row.group is None else (row.group,)
        periods = facts.periods if row.period is None else (row.period,)
        cells = ((row.municipality, g, t) for g in groups for t in periods)
        found = sum(plan.hosted.get(cell, 0) for cell in cells)
        if found != row.households:
            message = f"{found} households are placed and {row.households} are pinned."
            yield Violation("C6", row.id, message)


def shortfalls_are_told(facts: Facts, plan: Plan) -> Iterator[Violation]:
    """C7: what a commitment lacks stands in the result, exactly."""
    for commitment, lacking in shortfalls(facts, plan).items():
        stated = plan.stated_shortfall.get(commitment, 0)
        if stated != lacking:
            message = f"{lacking} households are lacking, and the result says {stated}."
            yield Violation("C7", commitment, message)


def pinned(row: Pin, host: Id, group: Id, period: Id) -> bool:
    """Tell whether a pin counts these households; without a group or period it counts all."""
    return row.municipality == host and row.group in (None, group) and row.period in (None, period)


def hosted_for(plan: Plan, row: Commitment) -> int:
    """Give the households that count for a commitment."""
    return sum(
        plan.hosted.get((row.municipality, g, t), 0) for g in row.groups for t in row.periods
    )


_Place = tuple[str | None, Id, Id]


def _by_district(facts: Facts, plan: Plan) -> dict[Id, dict[_Place, int]]:
    placed: dict[Id, dict[_Place, int]] = defaultdict(lambda: defaultdict(int))
    for (key, group), households in plan.placed.items():
        lot = facts.lots[key]
        placed[lot.municipality][lot.district, group, lot.period] += households
    return placed


def _below_ceiling(placed: dict[Id, dict[_Place, int]], row: Ceiling) -> int:
    return sum(
        households
        for (district, group, period), households in placed.get(row.municipality, {}).items()
        if group in row.groups and period in row.periods and row.district in (None, district)
    )
