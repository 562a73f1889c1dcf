"""R6: the rules that an explanation names are those that stop one household more.

Recomputed from the problem and the plan by trying: one household is added to each lot of the
municipality that admits the group, and the rules that this would break are noted. A rule binds
when that happens in at least one period; a commitment (C7) when it has nothing to spare.
Source: services/allocator/model/FORMULATION.md, section 8.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator

from shared.contract.problem import Lot
from shared.contract.result import Result
from shared.verify.agreement_rules import pinned
from shared.verify.facts import Facts, Id
from shared.verify.household_rules import ANYWHERE
from shared.verify.plan import Plan
from shared.verify.spare import Spare, spare_of
from shared.verify.violations import Violation, about

Rule = tuple[str, Id]


def explanations_name_what_binds(facts: Facts, plan: Plan, result: Result) -> Iterator[Violation]:
    """R6: each explanation of a group names exactly the rules that bind, each once."""
    spare = spare_of(facts, plan)
    for row in result.explanations:
        host, group = row.municipality, row.group
        if host not in facts.municipalities or group is None or group not in facts.groups:
            continue
        binding = binding_rules(spare, host, group)
        named = Counter((rule.tag, rule.id) for rule in row.rules)
        wrong = {
            "binds and is not named": binding - named.keys(),
            "is named and does not bind": named.keys() - binding,
            "is named more than once": {rule for rule, times in named.items() if times > 1},
        }
        for what, rules in wrong.items():
            for tag, name in sorted(rules):
                message = f"The rule {tag} {name!r} {what}."
                yield Violation("R6", about(host, group), message)


def binding_rules(spare: Spare, host: Id, group: Id) -> set[Rule]:
    """Give the rules that stop one household more of a group at a host, in any period."""
    found = {("C7", row.id) for row in spare.kept.get((host, group), ())}
    lots = spare.lots.get((host, group), {})
    if not lots:
        found.add(("C1", f"{host},{group}"))
    for period, offered in lots.items():
        found |= _no_home(offered, spare, group)
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
        for row in spare.full.get(lot.municipality, ())
        if group in row.groups
        and lot.period in row.periods
        and row.district in (None, lot.district)
    }
    if spare.used.get(lot.id, 0) + spare.facts.size(lot, group) > lot.potential:
        broken.add(("C1", lot.id))
    return broken


def _no_support(spare: Spare, host: Id, group: Id, period: Id) -> set[Rule]:
    order = spare.facts.periods
    since = order.index(period)
    return {
        ("C4", row.id)
        for kind, need in spare.facts.groups[group].support.items()
        for later in order[since : since + need.periods]
        for row in spare.support.get((host, kind, later), ())
        if spare.slots[row.id] < need.slots
    }


def _pinned(spare: Spare, host: Id, group: Id, period: Id) -> set[Rule]:
    pins = spare.pins.get(host, ())
    return {("C6", pin.id) for pin in pins if pinned(pin, host, group, period)}


def _nobody(spare: Spare, host: Id, group: Id, period: Id) -> set[Rule]:
    if group in spare.housed:
        return {("C3", group)}
    waiting = spare.waiting.get((group, period), {})
    able = _able(spare, waiting, host, group)
    found: set[Rule] = set()
    for o in able:
        if not waiting[o]:
            return set()
        found |= {("C9", f"{o},{group},{t}") for t in waiting[o]}
    if len(able) < len(waiting):
        found.add(("C8", f"{host},{group}"))
    return found or {("C3", f"{group},{period}")}


def _able(spare: Spare, waiting: Collection[Id], host: Id, group: Id) -> Collection[Id]:
    """Give those of the waiting whose households may live at a host (C8)."""
    if spare.facts.groups[group].spread in ANYWHERE:
        return waiting
    near = spare.near.get(group, {}).get(host, ())
    return [o for o in (host, *near) if o in waiting]
