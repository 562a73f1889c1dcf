"""Hard rules on households: C2, C3, C8 and C9."""

from collections.abc import Iterator
from fractions import Fraction

from shared.contract.problem import Group
from shared.verify.facts import Facts, Id
from shared.verify.numbers import exact
from shared.verify.plan import Plan
from shared.verify.violations import Violation, about, shown

ANYWHERE = ("region", "sites")


def every_home_has_its_household(facts: Facts, plan: Plan) -> Iterator[Violation]:
    """C2: per host, group and period, households placed in lots are households in trades."""
    arrived: dict[tuple[Id, Id, Id], int] = {}
    for (_, i, g, t), households in plan.moved.items():
        arrived[i, g, t] = arrived.get((i, g, t), 0) + households
    for key in sorted(arrived.keys() | plan.hosted.keys()):
        placed, traded = plan.hosted.get(key, 0), arrived.get(key, 0)
        if placed != traded:
            message = f"{placed} households are placed in lots and {traded} stand in trades."
            yield Violation("C2", about(*key), message)


def waiting_follows_from_the_plan(facts: Facts, plan: Plan) -> Iterator[Violation]:
    """C3: waiting is need so far minus helped so far, never below zero, and told as it is."""
    for key in sorted(plan.waiting.keys() | plan.stated_waiting.keys()):
        waiting, stated = plan.waiting.get(key, 0), plan.stated_waiting.get(key, 0)
        if waiting < 0:
            message = f"{-waiting} households more are helped than have come so far."
            yield Violation("C3", about(*key), message)
        elif waiting != stated:
            message = f"{waiting} households wait by the plan, and the result says {stated}."
            yield Violation("C3", about(*key), message)


def households_move_where_they_may(facts: Facts, plan: Plan) -> Iterator[Violation]:
    """C8: home stays, near goes as far as maxKm, region and sites go anywhere."""
    for (o, i, g, t), households in plan.moved.items():
        if households > 0 and not may_move(facts, facts.groups[g], o, i):
            spread = facts.groups[g].spread
            message = f"{households} households may not move so far: their spread is {spread!r}."
            yield Violation("C8", about(o, i, g, t), message)


def access_is_respected(facts: Facts, plan: Plan) -> Iterator[Violation]:
    """C9: of the need so far, no more is helped than the municipality's own rules admit."""
    for (o, g), rate in facts.rate.items():
        helped = come = 0
        for t in facts.periods:
            helped += plan.helped.get((o, g, t), 0)
            come += facts.need.get((o, g, t), 0)
            if helped > rate * come:
                message = (
                    f"{helped} households are helped so far, and {shown(Fraction(rate * come))}"
                    f" of the {come} that came are admitted."
                )
                yield Violation("C9", about(o, g, t), message)


def may_move(facts: Facts, group: Group, responsible: Id, host: Id) -> bool:
    """Tell whether C8 lets a household of a responsible municipality live at a host."""
    if responsible == host or group.spread in ANYWHERE:
        return True
    km = facts.km.get((responsible, host))
    if group.spread == "home" or group.max_km is None or km is None:
        return False
    return km <= exact(group.max_km)
