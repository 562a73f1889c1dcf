"""R6: the rules that an explanation names are those that stop one household more.

Recomputed from the problem and the plan by trying: one household is added to each lot of the
municipality that admits the group, and the rules that this would break are noted. A rule binds
when that happens in at least one period; a commitment (C7) when it has nothing to spare.
Source: services/allocator/model/FORMULATION.md, section 8.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from shared.contract.problem import Lot
from shared.contract.result import Result
from shared.verify.agreement_rules import placed_below
from shared.verify.capacity_rules import slots_needed, units_used
from shared.verify.facts import Facts, Id
from shared.verify.household_rules import may_move, still_waiting
from shared.verify.numbers import Exact
from shared.verify.plan import Plan
from shared.verify.violations import Violation, about

Rule = tuple[str, Id]


def explanations_name_what_binds(facts: Facts, plan: Plan, result: Result) -> Iterator[Violation]:
    """R6: each explanation names exactly the rules that bind, each once."""
    spare = _spare(facts, plan)
    for row in result.explanations:
        if row.municipality not in facts.municipalities or row.group not in facts.groups:
            continue
        binding = binding_rules(spare, row.municipality, row.group)
        named = Counter((rule.tag, rule.id) for rule in row.rules)
        wrong = {
            "binds and is not named": binding - named.keys(),
            "is named and does not bind": named.keys() - binding,
            "is named more than once": {rule for rule, times in named.items() if times > 1},
        }
        for what, rules in wrong.items():
            for tag, name in sorted(rules):
                message = f"The rule {tag} {name!r} {what}."
                yield Violation("R6", about(row.municipality, row.group), message)


@dataclass(frozen=True)
class Spare:
    """What is left of every limit.

    Parameters
    ----------
    facts, plan
        What was asked, and who is housed where.
    used
        Units in use per lot.
    slots
        What is left of each support row [slots].
    ceilings
        What is left of each ceiling [households].
    waiting
        Households that wait at the end of each period, per responsible municipality and group.
    """

    facts: Facts
    plan: Plan
    used: dict[Id, Exact]
    slots: dict[Id, int]
    ceilings: dict[Id, int]
    waiting: dict[tuple[Id, Id, Id], int]


def _spare(facts: Facts, plan: Plan) -> Spare:
    problem = facts.problem
    below = placed_below(facts, plan)
    return Spare(
        facts=facts,
        plan=plan,
        used=units_used(facts, plan),
        slots={row.id: row.slots - slots_needed(facts, plan, row) for row in problem.support},
        ceilings={row.id: row.households - below[row.id] for row in problem.ceilings},
        waiting=still_waiting(facts, plan),
    )


def binding_rules(spare: Spare, host: Id, group: Id) -> set[Rule]:
    """Give the rules that stop one household more of a group at a host, in any period."""
    found = set(_no_surplus(spare, host, group))
    lots = [lot for lot in spare.facts.problem.supply if lot.municipality == host]
    lots = [lot for lot in lots if group in lot.groups]
    if not lots:
        found.add(("C1", f"{host},{group}"))
    for period in {lot.period for lot in lots}:
        found |= _no_home((lot for lot in lots if lot.period == period), spare, group)
        found |= _no_support(spare, host, group, period)
        found |= _pinned(spare, host, group, period)
        found |= _nobody(spare, host, group, period)
    return found


def _no_home(lots: Iterable[Lot], spare: Spare, group: Id) -> set[Rule]:
    broken = [_broken_in(lot, spare, group) for lot in lots]
    return set().union(*broken) if all(broken) else set()


def _broken_in(lot: Lot, spare: Spare, group: Id) -> set[Rule]:
    broken = {
        ("C5", row.id)
        for row in spare.facts.problem.ceilings
        if row.municipality == lot.municipality
        and group in row.groups
        and lot.period in row.periods
        and row.district in (None, lot.district)
        and spare.ceilings[row.id] <= 0
    }
    if spare.used.get(lot.id, 0) + spare.facts.size(lot, group) > lot.potential:
        broken.add(("C1", lot.id))
    return broken


def _no_support(spare: Spare, host: Id, group: Id, period: Id) -> set[Rule]:
    order = spare.facts.periods
    since = order.index(period)
    needs = spare.facts.groups[group].support
    return {
        ("C4", row.id)
        for row in spare.facts.problem.support
        if host in row.municipalities
        and row.type in needs
        and 0 <= order.index(row.period) - since < needs[row.type].periods
        and spare.slots[row.id] < needs[row.type].slots
    }


def _pinned(spare: Spare, host: Id, group: Id, period: Id) -> set[Rule]:
    return {
        ("C6", pin.id)
        for pin in spare.facts.problem.pins
        if (pin.municipality, pin.group, pin.period) == (host, group, period)
    }


def _nobody(spare: Spare, host: Id, group: Id, period: Id) -> set[Rule]:
    facts = spare.facts
    last = facts.periods[-1]
    if all(spare.waiting.get((o, group, last), 0) <= 0 for o in facts.municipalities):
        return {("C3", group)}
    rest = facts.periods[facts.periods.index(period) :]
    found: set[Rule] = set()
    for o in facts.municipalities:
        if min(spare.waiting.get((o, group, t), 0) for t in rest) <= 0:
            continue
        stopped = _refused(spare, o, group, rest)
        if not may_move(facts, facts.groups[group], o, host):
            stopped = {("C8", f"{host},{group}")}
        if not stopped:
            return set()
        found |= stopped
    return found or {("C3", f"{group},{period}")}


def _refused(spare: Spare, responsible: Id, group: Id, rest: tuple[Id, ...]) -> set[Rule]:
    rate = spare.facts.rate.get((responsible, group))
    if rate is None:
        return set()
    come, found = 0, set()
    for t in spare.facts.periods:
        come += spare.facts.need.get((responsible, group, t), 0)
        helped = come - spare.waiting.get((responsible, group, t), 0)
        if t in rest and helped + 1 > rate * come:
            found.add(("C9", f"{responsible},{group},{t}"))
    return found


def _no_surplus(spare: Spare, host: Id, group: Id) -> Iterator[Rule]:
    for row in spare.facts.problem.commitments:
        if row.municipality == host and group in row.groups:
            cells = ((host, g, t) for g in row.groups for t in row.periods)
            if sum(spare.plan.hosted.get(cell, 0) for cell in cells) <= row.households:
                yield "C7", row.id
