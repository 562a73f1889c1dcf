"""Hard rules on homes and support: C1 and C4."""

from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction

from shared.contract.problem import Support
from shared.verify.facts import Facts, Id
from shared.verify.numbers import Exact
from shared.verify.plan import Plan
from shared.verify.violations import Violation, about, shown

# Sizes are decimals and a result states floats: this is less than any part of a home.
_ROUNDING = Fraction(1, 10**9)


def units_used(facts: Facts, plan: Plan) -> dict[Id, Exact]:
    """Give the units in use per lot: `sum_g size[g,form] x[lot,g]`."""
    used: dict[Id, Exact] = defaultdict(int)
    for (lot, group), households in plan.placed.items():
        used[lot] += facts.size(facts.lots[lot], group) * households
    return used


def extra_units(facts: Facts, plan: Plan) -> dict[Id, Exact]:
    """Give the units in use beyond what is reported, per lot that has any."""
    beyond = {k: used - facts.lots[k].reported for k, used in units_used(facts, plan).items()}
    return {lot: units for lot, units in beyond.items() if units > 0}


def lots_hold_what_they_can(facts: Facts, plan: Plan) -> Iterator[Violation]:
    """C1: no lot is used beyond its potential, and use beyond what is reported is told exactly."""
    used, extra = units_used(facts, plan), extra_units(facts, plan)
    for lot in facts.lots.values():
        if used.get(lot.id, 0) > lot.potential:
            message = f"{shown(used[lot.id])} units are used and {lot.potential} are possible."
            yield Violation("C1", lot.id, message)
        needed, stated = extra.get(lot.id, 0), plan.stated_extra.get(lot.id, 0)
        if abs(Fraction(needed) - Fraction(stated)) > _ROUNDING:
            message = (
                f"{shown(used.get(lot.id, 0))} units are used and {lot.reported} reported, so"
                f" {shown(needed)} are extra, not {shown(stated)}."
            )
            yield Violation("C1", lot.id, message)


def support_slots_are_enough(facts: Facts, plan: Plan) -> Iterator[Violation]:
    """C4: households that still need support in a period fit in the slots of each row."""
    for row in facts.problem.support:
        needed = slots_needed(facts, plan, row)
        if needed > row.slots:
            message = f"{needed} slots of {row.type!r} are needed and {row.slots} are there."
            yield Violation("C4", about(row.id, row.period), message)


def slots_needed(facts: Facts, plan: Plan, row: Support) -> int:
    """Give the slots in use of a support row, by everybody who still needs support then."""
    now = facts.periods.index(row.period)
    needed = 0
    for group in facts.groups.values():
        support = group.support.get(row.type)
        if support is not None:
            window = facts.periods[max(0, now - support.periods + 1) : now + 1]
            needed += support.slots * sum(
                plan.hosted.get((i, group.id, t), 0) for i in row.municipalities for t in window
            )
    return needed
