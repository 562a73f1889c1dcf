"""What a plan is worth in each objective, in the unit of that objective."""

from collections.abc import Callable

from services.allocator.problem.plan import Plan


def waiting(plan: Plan, tier: int) -> float:
    """O2: households waiting at the ends of the periods, groups of one tier."""
    groups = plan.instance.group
    return float(sum(w for (_, g, _), w in plan.waiting.items() if groups[g].tier == tier))


def shopping_max(plan: Plan) -> float:
    """O3a: the largest pull."""
    return max((pull for pull, _ in plan.pull.values()), default=0.0)


def shopping_sum(plan: Plan) -> float:
    """O3b: pulls weighted by the part of the group's need."""
    need, total = plan.instance.total_need, plan.instance.group_need
    return sum(need[m, g] / total[g] * pull for (m, g), (pull, _) in plan.pull.items())


def lowest_municipal_level(plan: Plan) -> float | None:
    """O4: the lowest part of its fair share that a municipality carries."""
    instance, levels = plan.instance, []
    for i, fair in instance.municipal_shares.items():
        groups = instance.spread_groups
        carried = sum(g.burden * plan.hosted_in_all.get((i, g.id), 0) for g in groups)
        levels.append(carried / fair)
    return min(levels, default=None)


def lowest_group_level(plan: Plan) -> float | None:
    """O5: the lowest part of a fair share of one group that a municipality carries."""
    cells = plan.instance.group_shares.items()
    return min((plan.hosted_in_all.get(cell, 0) / fair for cell, fair in cells), default=None)


def suitability(plan: Plan) -> float:
    """O6: the value of the places that households get; more is better."""
    value = plan.instance.suitability
    return sum(value.get(cell, 0.0) * x for cell, x in plan.hosted_in_all.items())


def distance(plan: Plan) -> float:
    """O8: household-kilometres between responsible municipality and host."""
    km = plan.instance.route_km
    return sum(x * km(o, i) for (o, i, _, _), x in plan.routed.items())


def changes(plan: Plan) -> float:
    """O9: households that a previous plan had elsewhere or not; 0 without a previous plan."""
    before = plan.instance.previous
    if not before:
        return 0.0
    cells = set(before) | set(plan.hosted)
    return float(sum(abs(plan.hosted.get(c, 0) - before.get(c, 0)) for c in cells))


WORTH: dict[str, Callable[[Plan], float | None]] = {
    "commitments": lambda plan: float(sum(plan.shortfall.values())),
    "shopping.max": shopping_max,
    "shopping.sum": shopping_sum,
    "municipalFairness": lowest_municipal_level,
    "groupFairness": lowest_group_level,
    "suitability": suitability,
    "extraCapacity": lambda plan: sum(plan.extra.values()),
    "distance": distance,
    "stability": changes,
}
"""What a plan is worth per stage; waiting needs a tier as well."""
