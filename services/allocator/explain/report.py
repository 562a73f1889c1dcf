"""From a plan to the rows of the result: sorted, and without rows that say nothing."""

from collections.abc import Iterator
from itertools import chain, groupby
from operator import attrgetter
from typing import TypedDict

from services.allocator.explain.binding import Room, Rule
from services.allocator.explain.prices import Worth
from services.allocator.problem.instance import Code
from services.allocator.problem.plan import Plan
from shared.contract.result import (
    Binding,
    Cell,
    Explanation,
    ExtraCapacity,
    Marginal,
    Placement,
    Pull,
    Shortfall,
    StageMarginal,
    Stop,
    Trade,
    Waiting,
)

LEXIMIN = ("municipalFairness", "groupFairness")
DIGITS = 9
"""Decimals that a reader is shown: what the simplex method adds beyond them is noise."""


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
    plan: Plan, targets: dict[tuple[Code, Code], float], worth: Worth
) -> tuple[Explanation, ...]:
    """Share, target, number, binding rules and what stopped it: per group, then in total."""
    room = Room(plan)
    instance = plan.instance
    cells = [(i, group) for i in instance.municipalities for group in instance.groups]
    rules = [room.rules(i, group) for i, group in cells]
    told = {rule: _binding(rule, worth) for rule in set(chain.from_iterable(rules))}
    rows = [
        Explanation(
            municipality=i,
            group=group.id,
            share=instance.share.get((i, group.id), 0.0),
            fair_share=instance.fair_share(i, group.id),
            target=max(0.0, targets.get((i, group.id), 0.0)),
            proposed=plan.hosted_in_all.get((i, group.id), 0),
            rules=tuple(told[rule] for rule in binding),
            **_stopped(worth, (i, group.id)),
        )
        for (i, group), binding in zip(cells, rules, strict=True)
    ]
    return (*rows, *_totals(rows, worth))


def _totals(rows: list[Explanation], worth: Worth) -> Iterator[Explanation]:
    for i, own in groupby(rows, key=attrgetter("municipality")):
        groups = list(own)
        yield Explanation(
            municipality=i,
            fair_share=sum(row.fair_share for row in groups),
            target=sum(row.target for row in groups),
            proposed=sum(row.proposed for row in groups),
            **_stopped(worth, (i, None)),
        )


def marginals(worth: Worth) -> tuple[Marginal, ...]:
    """What one unit more of each rule does to the stages that have one value."""
    rows = []
    for (tag, name), stages in sorted(worth.stages.items()):
        values = tuple(
            StageMarginal.model_validate(
                {"objective": key[0], "tier": key[1], "value": round(value, DIGITS)}
            )
            for key, value in stages.items()
            if key[0] not in LEXIMIN
        )
        if values:
            rows.append(Marginal(tag=tag, id=name, stages=values))
    return tuple(rows)


class _Why(TypedDict):
    level: float | None
    stopped_by: tuple[Stop, ...]
    together_with: tuple[Cell, ...]


def _stopped(worth: Worth, cell: tuple[Code, Code | None]) -> _Why:
    stop = worth.levels.get(cell)
    if stop is None:
        return _Why(level=None, stopped_by=(), together_with=())
    return _Why(
        level=stop.level + 0.0,
        stopped_by=tuple(
            Stop(tag=tag, id=name, value=round(value, DIGITS))
            for (tag, name), value in stop.rules.items()
        ),
        together_with=tuple(Cell(municipality=i, group=g) for i, g in stop.together_with),
    )


def _binding(rule: Rule, worth: Worth) -> Binding:
    (objective, _), value = next(iter(worth.stages.get(rule, {}).items()), ((None, None), None))
    rounded = None if value is None else round(value, DIGITS)
    return Binding.model_validate(
        {"tag": rule[0], "id": rule[1], "objective": objective, "marginal": rounded}
    )
