"""O1-O9 as expressions to minimise, or as levels to raise."""

from collections.abc import Iterator

from tests.differential.oracle.program import Sum, added
from tests.differential.oracle.region import Region
from tests.differential.oracle.rules import Plan

Part = tuple[str, int | None]
"""The name of a stage in an answer, and its tier where it has one."""
Cell = tuple[str, str | None]


def parts(plan: Plan, objective: str) -> Iterator[tuple[Part, Sum]]:
    """Give the minimisations of one stage that is not leximin, in order."""
    if objective == "waiting":
        for tier in plan.region.tiers:
            yield (objective, tier), waiting(plan, tier)
    elif objective != "shopping":
        yield (objective, None), SIMPLE[objective](plan)
    elif plan.region.rows.get("reachKm") is not None:
        largest, weighed = pulls(plan)
        yield ("shopping.max", None), largest
        yield ("shopping.sum", None), weighed


def shortfall(plan: Plan) -> Sum:
    """O1."""
    return dict.fromkeys(plan.u.values(), 1.0)


def waiting(plan: Plan, tier: int) -> Sum:
    """O2."""
    groups = plan.region.groups
    return {column: 1.0 for (_, g, _), column in plan.w.items() if groups[g]["tier"] == tier}


def pulls(plan: Plan) -> tuple[Sum, Sum]:
    """O3: the largest pull, and all pulls weighed by need."""
    region, program = plan.region, plan.program
    largest, pull = program.column(), {}
    for g, m, n in region.shopped():
        if (m, g) not in pull:
            pull[m, g] = program.column()
            program.row({largest: 1.0, pull[m, g]: -1.0}, lower=0.0)
        there, here = float(region.total_need(n, g)), float(region.total_need(m, g))
        terms = [(pull[m, g], 1.0)]
        terms += [(column, -1.0 / there) for column in plan.served_in_all(n, g)]
        terms += [(column, 1.0 / here) for column in plan.served_in_all(m, g)]
        program.row(added(terms), lower=0.0)
    weighed = {
        column: float(region.total_need(m, g) / region.group_need(g))
        for (m, g), column in pull.items()
    }
    return {largest: 1.0}, weighed


def levels(plan: Plan, objective: str) -> dict[Cell, Sum]:
    """O4 or O5: what each cell carries of its fair share, where that is at least one household."""
    fair = plan.region.fair_shares()
    if objective == "groupFairness":
        return {
            (i, g): {column: float(1 / share) for column in plan.hosted_in_all(i, g)}
            for (i, g), share in fair.items()
            if share >= 1
        }
    return dict(_municipal(plan, plan.region))


def _municipal(plan: Plan, region: Region) -> Iterator[tuple[Cell, Sum]]:
    fair = region.fair_shares()
    burden = {g: group["burden"] for g, group in region.groups.items()}
    for town in region.towns:
        whole = sum(burden[g] * share for (i, g), share in fair.items() if i == town)
        if whole >= 1:
            terms = [
                (column, float(burden[g] / whole))
                for i, g in fair
                if i == town
                for column in plan.hosted_in_all(i, g)
            ]
            yield (town, None), added(terms)


def unsuitability(plan: Plan) -> Sum:
    """O6, as a cost."""
    return added(
        (column, -float(row["value"]))
        for row in plan.region.listed("suitability")
        for column in plan.hosted_in_all(row["municipality"], row["group"])
    )


def extra_capacity(plan: Plan) -> Sum:
    """O7."""
    return dict.fromkeys(plan.e.values(), 1.0)


def distance(plan: Plan) -> Sum:
    """O8."""
    km = plan.region.km
    far = max(km.values(), default=0)
    return {column: float(km.get((o, i), far)) for (o, i, _, _), column in plan.f.items() if o != i}


def changes(plan: Plan) -> Sum:
    """O9, and nothing without an earlier plan."""
    region, program = plan.region, plan.program
    before = region.figures("previous", "municipality", "group", "period", value="households")
    changed = {}
    for i, g, t in plan.w if before else ():
        was, now, change = float(before.get((i, g, t), 0)), plan.hosted(i, g, t), program.column()
        program.row({change: 1.0, **dict.fromkeys(now, -1.0)}, lower=-was)
        program.row({change: 1.0, **now}, lower=was)
        changed[change] = 1.0
    return changed


SIMPLE = {
    "commitments": shortfall,
    "suitability": unsuitability,
    "extraCapacity": extra_capacity,
    "distance": distance,
    "stability": changes,
}
