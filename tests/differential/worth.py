"""What a plan in whole households is worth in every stage, exactly."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import product

from tests.differential.brute_force import Plan
from tests.differential.oracle.region import Number, Region

Worth = Number | dict[tuple[str, str | None], Number]
"""A figure to keep small, or the level of each cell of a leximin stage."""
StageKey = tuple[str, int | None]


def worths(region: Region, plan: Plan) -> list[tuple[StageKey, Number, Worth]]:
    """Give name and tier, slack and worth of each stage, in the planner's order."""
    return [
        (key, slack, worth)
        for objective, slack in region.stages
        for key, worth in _stage(region, plan, objective)
    ]


def _stage(region: Region, plan: Plan, objective: str) -> Iterator[tuple[StageKey, Worth]]:
    if objective == "waiting":
        wait = plan.waiting(region)
        for tier in region.tiers:
            groups = [g for g, group in region.groups.items() if group["tier"] == tier]
            yield (objective, tier), sum(n for (_, g, _), n in wait.items() if g in groups)
    elif objective != "shopping":
        yield (objective, None), _WORTH[objective](region, plan)
    elif region.rows.get("reachKm") is not None:
        pulls = _pulls(region, plan)
        yield ("shopping.max", None), max(pulls.values(), default=0)
        yield (
            ("shopping.sum", None),
            sum(
                Fraction(region.total_need(m, g)) / region.group_need(g) * pull
                for (m, g), pull in pulls.items()
            ),
        )


def _pulls(region: Region, plan: Plan) -> dict[tuple[str, str], Number]:
    served = plan.served()

    def chance(town: str, group: str) -> Fraction:
        helped = sum(served.get((town, group, t), 0) for t in region.years)
        return Fraction(helped) / region.total_need(town, group)

    pulls: dict[tuple[str, str], Number] = {}
    for g, m, n in region.shopped():
        pulls[m, g] = max(pulls.get((m, g), 0), chance(n, g) - chance(m, g))
    return pulls


def _in_all(region: Region, plan: Plan, town: str, group: str) -> int:
    hosted = plan.hosted(region)
    return sum(hosted.get((town, group, t), 0) for t in region.years)


def _group_levels(region: Region, plan: Plan) -> Worth:
    return {
        (i, g): Fraction(_in_all(region, plan, i, g)) / share
        for (i, g), share in region.fair_shares().items()
        if share >= 1
    }


def _municipal_levels(region: Region, plan: Plan) -> Worth:
    levels: dict[tuple[str, str | None], Number] = {}
    fair = region.fair_shares()
    for town in region.towns:
        burdens = {g: Fraction(region.groups[g]["burden"]) for i, g in fair if i == town}
        whole = sum((burden * fair[town, g] for g, burden in burdens.items()), Fraction(0))
        if whole >= 1:
            carried = (b * _in_all(region, plan, town, g) for g, b in burdens.items())
            levels[town, None] = sum(carried, Fraction(0)) / whole
    return levels


def _shortfall(region: Region, plan: Plan) -> Worth:
    return sum(plan.shortfall(region).values())


def _unsuitability(region: Region, plan: Plan) -> Worth:
    value = region.figures("suitability", "municipality", "group", value="value")
    return -sum(value[i, g] * _in_all(region, plan, i, g) for i, g in value)


def _extra(region: Region, plan: Plan) -> Worth:
    used = plan.units(region)
    reported: dict[str, int] = {lot["id"]: lot["reported"] for lot in region.lots}
    return sum(max(0, used[lot] - reported[lot]) for lot in used)


def _distance(region: Region, plan: Plan) -> Worth:
    far = max(region.km.values(), default=0)
    return sum(
        region.km.get((o, i), far) * households
        for (o, i, _, _), households in plan.moved.items()
        if o != i
    )


def _changes(region: Region, plan: Plan) -> Worth:
    before = region.figures("previous", "municipality", "group", "period", value="households")
    hosted = plan.hosted(region)
    towns = region.towns if before else []
    changes: list[Number] = [
        before.get((i, g, t), 0) - hosted.get((i, g, t), 0)
        for i, g, t in product(towns, region.groups, region.years)
    ]
    return sum(max(change, -change) for change in changes)


_WORTH = {
    "commitments": _shortfall,
    "municipalFairness": _municipal_levels,
    "groupFairness": _group_levels,
    "suitability": _unsuitability,
    "extraCapacity": _extra,
    "distance": _distance,
    "stability": _changes,
}
