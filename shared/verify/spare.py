"""What is left of every limit in a plan, filed under the municipality and group that meet it."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import dataclass
from typing import TypeVar

from shared.contract.problem import Ceiling, Commitment, Lot, Pin, Support
from shared.verify.agreement_rules import hosted_for, placed_below
from shared.verify.capacity_rules import slots_needed, units_used
from shared.verify.facts import Facts, Id
from shared.verify.numbers import Exact
from shared.verify.plan import Plan

Key = TypeVar("Key")
Row = TypeVar("Row")


@dataclass(frozen=True)
class Spare:
    """What is left of every limit.

    Parameters
    ----------
    facts
        What was asked.
    used
        Units in use per lot.
    slots
        What is left of each support row [slots].
    lots
        Lots per municipality and group that they admit, by period.
    full
        Ceilings without room, per municipality.
    support
        Support rows per municipality, type and period.
    pins
        Pins per municipality.
    kept
        Commitments with nothing to spare, per municipality and group.
    waiting
        Who has somebody waiting in this period and all later ones, per group and period; for
        each of them the periods from then on in which its own rules (C9) admit nobody more.
    housed
        Groups of which nobody waits at the end.
    near
        For groups that stay near: who is near enough to whom.
    """

    facts: Facts
    used: Mapping[Id, Exact]
    slots: Mapping[Id, int]
    lots: Mapping[tuple[Id, Id], Mapping[Id, list[Lot]]]
    full: Mapping[Id, list[Ceiling]]
    support: Mapping[tuple[Id, Id, Id], list[Support]]
    pins: Mapping[Id, list[Pin]]
    kept: Mapping[tuple[Id, Id], list[Commitment]]
    waiting: Mapping[tuple[Id, Id], Mapping[Id, tuple[Id, ...]]]
    housed: Set[Id]
    near: Mapping[Id, Mapping[Id, list[Id]]]


def spare_of(facts: Facts, plan: Plan) -> Spare:
    """Compute what is left of every limit."""
    problem, below = facts.problem, placed_below(facts, plan)
    lots = _filed(problem.supply, lambda lot: [(lot.municipality, g) for g in lot.groups])
    full = [row for row in problem.ceilings if below[row.id] >= row.households]
    kept = [row for row in problem.commitments if hosted_for(plan, row) <= row.households]
    last = facts.periods[-1]
    in_need = {group for (_, group, t), count in plan.waiting.items() if t == last and count > 0}
    return Spare(
        facts=facts,
        used=units_used(facts, plan),
        slots={row.id: row.slots - slots_needed(facts, plan, row) for row in problem.support},
        lots={cell: _filed(rows, lambda lot: [lot.period]) for cell, rows in lots.items()},
        full=_filed(full, lambda row: [row.municipality]),
        support=_filed(
            problem.support, lambda row: [(i, row.type, row.period) for i in row.municipalities]
        ),
        pins=_filed(problem.pins, lambda row: [row.municipality]),
        kept=_filed(kept, lambda row: [(row.municipality, g) for g in row.groups]),
        waiting=_waiting(facts, plan.waiting),
        housed=facts.groups.keys() - in_need,
        near={g.id: facts.within(g.max_km) for g in problem.groups if g.spread == "near"},
    )


def _filed(rows: Iterable[Row], keys: Callable[[Row], Iterable[Key]]) -> dict[Key, list[Row]]:
    filed: dict[Key, list[Row]] = defaultdict(list)
    for row in rows:
        for key in keys(row):
            filed[key].append(row)
    return dict(filed)


def _waiting(
    facts: Facts, left: Mapping[tuple[Id, Id, Id], int]
) -> dict[tuple[Id, Id], dict[Id, tuple[Id, ...]]]:
    waiting: dict[tuple[Id, Id], dict[Id, tuple[Id, ...]]] = defaultdict(dict)
    for o, g in facts.total_need:
        refused: tuple[Id, ...] = ()
        closed = _closed(facts, left, o, g)
        for t in reversed(facts.periods):
            if left[o, g, t] <= 0:
                break
            refused = (t, *refused) if t in closed else refused
            waiting[g, t][o] = refused
    return waiting


def _closed(
    facts: Facts, left: Mapping[tuple[Id, Id, Id], int], responsible: Id, group: Id
) -> set[Id]:
    """Give the periods in which a municipality's own rules admit no more than are helped (C9)."""
    rate = facts.rate.get((responsible, group))
    if rate is None:
        return set()
    come, closed = 0, set()
    for t in facts.periods:
        come += facts.need.get((responsible, group, t), 0)
        if come - left[responsible, group, t] + 1 > rate * come:
            closed.add(t)
    return closed
