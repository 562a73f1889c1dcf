"""The plan as plain dicts: what the result says, and what follows from it by adding up.

Rows that refer to nothing known are left out (R1 reports them); rows that are given twice are
added up (R2 reports them). A missing row is zero.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from shared.contract.result import Result
from shared.verify.facts import Facts, Id
from shared.verify.numbers import Exact, exact
from shared.verify.shopping import Shopping, shopping_of

Key = TypeVar("Key")
Number = TypeVar("Number", int, Exact)


@dataclass(frozen=True)
class Plan:
    """Who is housed where.

    Parameters
    ----------
    placed
        Households per lot and group: `x`.
    moved
        Households per responsible municipality, host, group and period: `f`.
    hosted
        Households per host, group and period, from `placed`.
    hosted_in_all
        Households per host and group over all periods: `X`, from `placed`.
    helped
        Households per responsible municipality, group and period, from `moved`.
    waiting
        Households that wait at the end of each period, from `helped`: need so far minus helped
        so far; below zero when more are helped than need it. Per responsible municipality,
        group and period.
    shopping
        Chances and pulls, from `helped`.
    stated_shortfall, stated_waiting, stated_extra
        What the result says of commitments, waiting and extra capacity.
    """

    placed: Mapping[tuple[Id, Id], int]
    moved: Mapping[tuple[Id, Id, Id, Id], int]
    hosted: Mapping[tuple[Id, Id, Id], int]
    hosted_in_all: Mapping[tuple[Id, Id], int]
    helped: Mapping[tuple[Id, Id, Id], int]
    waiting: Mapping[tuple[Id, Id, Id], int]
    shopping: Shopping
    stated_shortfall: Mapping[Id, int]
    stated_waiting: Mapping[tuple[Id, Id, Id], int]
    stated_extra: Mapping[Id, Exact]


def plan_of(facts: Facts, result: Result) -> Plan:
    """Read the plan of a result into plain dicts."""
    where, who, when = set(facts.municipalities), facts.groups.keys(), set(facts.periods)
    placed = _added(
        ((p.lot, p.group), p.households)
        for p in result.placements
        if p.lot in facts.lots and p.group in who
    )
    moved = _added(
        ((t.responsible, t.host, t.group, t.period), t.households)
        for t in result.trades
        if t.responsible in where and t.host in where and t.group in who and t.period in when
    )
    helped = _added(((o, g, t), n) for (o, _, g, t), n in moved.items())
    located = [(facts.lots[lot], group, count) for (lot, group), count in placed.items()]
    return Plan(
        placed=placed,
        moved=moved,
        hosted=_added(((lot.municipality, g, lot.period), n) for lot, g, n in located),
        hosted_in_all=_added(((lot.municipality, g), n) for lot, g, n in located),
        helped=helped,
        waiting=_still_waiting(facts, helped),
        shopping=shopping_of(facts, helped),
        stated_shortfall=_added((s.commitment, s.households) for s in result.shortfalls),
        stated_waiting=_added(
            ((w.municipality, w.group, w.period), w.households) for w in result.waiting
        ),
        stated_extra=_added((e.lot, exact(e.households)) for e in result.extra_capacity),
    )


def _still_waiting(
    facts: Facts, helped: Mapping[tuple[Id, Id, Id], int]
) -> dict[tuple[Id, Id, Id], int]:
    left: dict[tuple[Id, Id, Id], int] = {}
    for o, g in {(o, g) for o, g, _ in helped} | facts.total_need.keys():
        waiting = 0
        for t in facts.periods:
            waiting += facts.need.get((o, g, t), 0) - helped.get((o, g, t), 0)
            left[o, g, t] = waiting
    return left


def _added(entries: Iterable[tuple[Key, Number]]) -> dict[Key, Number]:
    totals: dict[Key, Number] = defaultdict(int)
    for key, amount in entries:
        totals[key] += amount
    return dict(totals)
