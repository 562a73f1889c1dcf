"""C2, C3, C8, C9: every household that is housed comes from somewhere, and waits until then."""

from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction

from services.allocator.model.linear_model import Column, LinearModel
from services.allocator.model.variables import Variables
from services.allocator.problem.instance import Code, Instance
from shared.contract.problem import Group


def balanced(model: LinearModel, x: Variables, instance: Instance) -> None:
    """C2 with C8: what a host's lots hold is what it hosts, and comes over allowed routes.

    A group that may go anywhere needs only equal sums over the region per period: any such sums
    can be routed. A group that stays near needs its routes; a group that stays at home has one
    column for both sides.
    """
    lots = defaultdict(list)
    for lot in instance.lots:
        for g in sorted(set(lot.groups)):
            lots[lot.municipality, g, lot.period].append((x.placed[lot.id, g], 1.0))
    for (i, g, t), column in x.hosted.items():
        model.define(f"C2.hosted[{i},{g},{t}]", column, 1, lots[i, g, t])
    for group in instance.groups:
        if group.spread == "near":
            follow_routes(model, x, group.id)
        elif group.spread == "home":
            _at_home(model, x, group.id)
        else:
            _anywhere(model, x, instance, group)


def follow_routes(model: LinearModel, x: Variables, group: Code) -> None:
    """C2 over C8: hosted and served are the sums of the routed households."""
    arriving: dict[tuple[Code, Code], list[tuple[Column, float]]] = defaultdict(list)
    leaving: dict[tuple[Code, Code], list[tuple[Column, float]]] = defaultdict(list)
    for (o, i, g, t), column in x.routed.items():
        if g == group:
            arriving[i, t].append((column, 1.0))
            leaving[o, t].append((column, 1.0))
    for (i, g, t), column in x.hosted.items():
        if g == group:
            name = f"C2.balance[{i},{g},{t}]"
            model.add_row(name, [(column, -1), *arriving[i, t]], 0, 0)
    for (o, g, t), column in x.served.items():
        if g == group:
            model.add_row(f"C2.served[{o},{g},{t}]", [(column, -1), *leaving[o, t]], 0, 0)


def _at_home(model: LinearModel, x: Variables, group: Code) -> None:
    for (i, g, t), column in x.hosted.items():
        if g == group and (i, g, t) not in x.served:
            model.add_row(f"C2.balance[{i},{g},{t}]", [(column, 1)], 0, 0)


def _anywhere(model: LinearModel, x: Variables, instance: Instance, group: Group) -> None:
    for t in instance.periods:
        hosted = [(c, 1.0) for (_, g, p), c in x.hosted.items() if (g, p) == (group.id, t)]
        served = [(c, -1.0) for (_, g, p), c in x.served.items() if (g, p) == (group.id, t)]
        if hosted or served:
            model.add_row(f"C2.balance[{group.id},{t}]", [*hosted, *served], 0, 0)


def waits(model: LinearModel, x: Variables, instance: Instance) -> None:
    """C3: w[o,g,t] = w[o,g,t-1] + need[o,g,t] - served[o,g,t], never negative."""
    before = dict(zip(instance.periods[1:], instance.periods, strict=False))
    for (o, g, t), column in x.waiting.items():
        terms = [(column, 1.0)]
        if (o, g, t) in x.served:
            terms.append((x.served[o, g, t], 1.0))
        earlier = x.waiting.get((o, g, before.get(t, "")))
        if earlier is not None:
            terms.append((earlier, -1.0))
        come = instance.need.get((o, g, t), 0)
        model.add_row(f"C3.waiting[{o},{g},{t}]", terms, come, come)


def within_access(model: LinearModel, x: Variables, instance: Instance) -> None:
    """C9: served up to t <= rate * need up to t, so the rest is still waiting.

    Served households are whole, so the admitted number is rounded down: with a rate of 0.44
    and a need of 5, two households can be admitted and three wait. Without whole households
    the admitted part may be fractional, and the row keeps the exact number.
    """
    for (o, g, t), refused in refused_households(instance):
        column = x.waiting.get((o, g, t))
        if column is not None:
            model.add_row(access_row(o, g, t), [(column, 1)], lower=float(refused))


def access_row(responsible: Code, group: Code, period: Code) -> str:
    """Name the row of C9 for one responsible municipality, group and period."""
    return f"C9.access[{responsible},{group},{period}]"


def refused_households(
    instance: Instance,
) -> Iterator[tuple[tuple[Code, Code, Code], Fraction]]:
    """(1 - rate) * need up to t, exact, per (responsible, group, period) where rate < 1."""
    for (o, g), rate in sorted(instance.access.items()):
        come = 0
        for t in instance.periods:
            come += instance.need.get((o, g, t), 0)
            if rate < 1:
                yield (o, g, t), come * (1 - rate)
