"""From a plan to the rows of the result: sorted, and without rows that say nothing."""

from services.allocator.explain.binding import Room, Rule
from services.allocator.problem.instance import Code
from services.allocator.problem.plan import Plan
from shared.contract.result import (
    Binding,
    Explanation,
    ExtraCapacity,
    Placement,
    Pull,
    Shortfall,
    Trade,
    Waiting,
)

Marginals = dict[Rule, tuple[str, float]]
"""Per rule the stage in which it has a price, and that price per unit."""


def placements(plan: Plan) -> tuple[Placement, ...]:
    """Households per lot and group."""
    rows = sorted(plan.placed.items())
    return tuple(Placement(lot=lot, group=g, households=x) for (lot, g), x in rows)


def trades(plan: Plan) -> tuple[Trade, ...]:
    """Households per responsible municipality, host, group and period."""
    return tuple(
        Trade(responsible=o, host=i, group=g, period=t, households=x)
        for (o, i, g, t), x in sorted(plan.routed.items())
    )


def shortfalls(plan: Plan) -> tuple[Shortfall, ...]:
    """Commitments that are not kept in full."""
    rows = sorted(plan.shortfall.items())
    return tuple(Shortfall(commitment=k, households=u) for k, u in rows)


def waiting(plan: Plan) -> tuple[Waiting, ...]:
    """Households that wait at the end of a period."""
    return tuple(
        Waiting(municipality=o, group=g, period=t, households=w)
        for (o, g, t), w in sorted(plan.waiting.items())
    )


def extra_capacity(plan: Plan) -> tuple[ExtraCapacity, ...]:
    """Lots that are used beyond what they report."""
    return tuple(ExtraCapacity(lot=lot, households=e) for lot, e in sorted(plan.extra.items()))


def pulls(plan: Plan) -> tuple[Pull, ...]:
    """The chance per municipality and group, and who pulls; none where nobody can shop."""
    if plan.instance.reach_km is None:
        return ()
    return tuple(
        Pull(
            municipality=m,
            group=g,
            chance=plan.chance[m, g],
            pull=pull,
            towards=towards,
        )
        for (m, g), (pull, towards) in sorted(plan.pull.items())
    )


def explanations(
    plan: Plan, targets: dict[tuple[Code, Code], float], marginals: Marginals
) -> tuple[Explanation, ...]:
    """Share, target, number and binding rules, per municipality and group."""
    room = Room(plan)
    instance = plan.instance
    return tuple(
        Explanation(
            municipality=i,
            group=group.id,
            share=instance.share.get((i, group.id), 0.0),
            fair_share=instance.fair_share(i, group.id),
            target=max(0.0, targets.get((i, group.id), 0.0)),
            proposed=plan.hosted_in_all.get((i, group.id), 0),
            rules=tuple(_binding(rule, marginals) for rule in room.rules(i, group)),
        )
        for i in instance.municipalities
        for group in instance.groups
    )


def _binding(rule: Rule, marginals: Marginals) -> Binding:
    objective, value = marginals.get(rule, (None, None))
    return Binding.model_validate(
        {"tag": rule[0], "id": rule[1], "objective": objective, "marginal": value}
    )
