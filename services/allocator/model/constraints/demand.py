"""C2, C3, C8, C9: every household that is housed comes from somewhere, after it has come.

Who goes where is not decided here. The sums of placements can be routed exactly when every
*demand row* holds (Gale 1957; Hoffman 1960): however some hosts and their last periods are
chosen, they hold no more households than may reach them by then. FORMULATION.md, section 4.1.
"""

from collections import defaultdict
from collections.abc import Iterator
from itertools import accumulate

from services.allocator.model.linear_model import LinearModel, Row, Term
from services.allocator.model.variables import Variables
from services.allocator.problem.demand import Demand
from services.allocator.problem.instance import Code, Instance
from shared.contract.problem import Group


def within_demand(model: LinearModel, x: Variables, instance: Instance) -> None:
    """C2, C3, C8, C9: the demand rows that are always there.

    A group that may go anywhere needs one row per period and a group that stays at home one per
    municipality and period. A group that stays near starts with the first kind; the rows that it
    needs besides are found while solving.
    """
    for group in instance.groups:
        _add_up(model, x, instance, group)
        if group.spread == "home":
            for i in instance.municipalities:
                _each_period(model, x, instance, group, f"{i},{group.id}", (i,))
        else:
            _each_period(model, x, instance, group, group.id, instance.municipalities)
        if group.spread == "near":
            _follow_moves(model, x, instance, group)


def _follow_moves(model: LinearModel, x: Variables, instance: Instance, group: Group) -> None:
    """C2, C8: all that a host holds comes from near, and all that leave have come."""
    leaving: dict[Code, list[Term]] = defaultdict(list)
    arriving: dict[Code, list[Term]] = defaultdict(list)
    for (o, i, g), column in x.moved.items():
        if g == group.id:
            leaving[o].append((column, 1.0))
            arriving[i].append((column, -1.0))
    for i in instance.municipalities:
        hosted = x.hosts(i, group.id, instance.periods)
        if hosted:
            model.add_row(f"C2.arrive[{i},{group.id}]", [*hosted, *arriving[i]], 0, 0)
    for o, terms in leaving.items():
        most = x.admitted[o, group.id][-1]
        model.add_row(f"C3.leave[{o},{group.id}]", terms, upper=most, optional=True)


def _add_up(model: LinearModel, x: Variables, instance: Instance, group: Group) -> None:
    """C2: H[g,t] = H[g,t-1] + sum of X[i,g,t], for demand rows of nearly all hosts."""
    before: list[Term] = []
    for t in instance.periods:
        if (group.id, t) in x.held:
            new = [term for i in instance.municipalities for term in x.hosts(i, group.id, (t,))]
            column = x.held[group.id, t]
            model.add_row(f"C2.held[{group.id},{t}]", [(column, -1.0), *before, *new], 0, 0)
            before = [(column, 1.0)]


def _hosted(x: Variables, instance: Instance, demand: Demand) -> list[Term]:
    """Sum what these hosts hold, counted from what all hosts hold where that is shorter."""
    g, periods = demand.group, instance.periods
    if (g, periods[0]) not in x.held:
        until = demand.until.items()
        return [term for i, last in until for term in x.hosts(i, g, periods[: last + 1])]
    columns: dict[Code, list[int]] = {
        i: [0, *accumulate(len(x.hosted.get((i, g, t), ())) for t in periods)]
        for i in instance.municipalities
    }
    last = {i: demand.until.get(i, -1) + 1 for i in columns}
    base = min(
        range(len(periods) + 1),
        key=lambda base: sum(abs(n[last[i]] - n[base]) for i, n in columns.items()),
    )
    terms = [(x.held[g, periods[base - 1]], 1.0)] if base else []
    for i, end in last.items():
        terms += x.hosts(i, g, periods[base:end])
        terms += [(c, -v) for c, v in x.hosts(i, g, periods[end:base])]
    return terms


def _each_period(
    model: LinearModel,
    x: Variables,
    instance: Instance,
    group: Group,
    name: str,
    hosts: tuple[Code, ...],
) -> None:
    for last, t in enumerate(instance.periods):
        if any((i, group.id, t) in x.hosted for i in hosts):
            demand = Demand(group.id, dict.fromkeys(hosts, last))
            add_demand(model, x, instance, demand, f"C3.demand[{name},{t}]")


def add_demand(
    model: LinearModel,
    x: Variables,
    instance: Instance,
    demand: Demand,
    name: str,
) -> Row:
    """Add sum of X[i,g,<= until i] + sum of L[o,g,until o] <= sum of A[o,g,until o].

    Nobody is left out (L) before it is decided who is served.
    """
    admitted, g = 0.0, demand.group
    terms: list[Term] = []
    rules = [("C8", f"{i},{g}") for i in demand.until] if name.startswith("C8") else []
    terms += _hosted(x, instance, demand)
    for o, last in _sources(instance, demand):
        admitted += x.admitted[o, g][last]
        if (o, g) in instance.access:
            rules.append(("C9", f"{o},{g},{instance.periods[last]}"))
        key = (o, g, instance.periods[last])
        if demand.decided and key in x.left:
            count_left(model, x, instance, key)
            terms.append((x.left[key], 1.0))
    x.rules[name] = rules
    return model.add_row(name, terms, upper=admitted, optional=True)


def left_row(key: tuple[Code, Code, Code]) -> str:
    """Name the row that counts who is left: responsible, group and period."""
    return f"C2.left[{','.join(key)}]"


def count_left(
    model: LinearModel, x: Variables, instance: Instance, key: tuple[Code, Code, Code]
) -> None:
    """C2: L[o,g,t] >= A[o,g,t] - S[o,g], for a demand row that counts only those served.

    Without L, each way to take the smaller of A and S for each municipality would be a row.
    """
    if key not in x.counted:
        x.counted.add(key)
        o, g, t = key
        x.rules[left_row(key)] = [("C9", f"{o},{g},{t}")] if (o, g) in instance.access else []
        terms = [(x.left[key], 1.0), *x.served[o, g]]
        most = x.admitted[o, g][instance.periods.index(t)]
        model.add_row(left_row(key), terms, lower=most, optional=True)


def _sources(instance: Instance, demand: Demand) -> Iterator[tuple[Code, int]]:
    """Yield who may house in any of these hosts, with the last period of those."""
    group, until = instance.group[demand.group], demand.until
    near = instance.near(group)
    if group.spread == "home":
        yield from ((i, last) for i, last in until.items() if i in near)
    elif group.spread == "near":
        for o, hosts in near.items():
            reached = [last for i, last in until.items() if i in hosts]
            if reached:
                yield o, max(reached)
    elif until:
        yield from dict.fromkeys(near, max(until.values())).items()


def serve(model: LinearModel, x: Variables, instance: Instance) -> None:
    """C2: decide S[o,g], so that as many households are served as are hosted, once."""
    if x.served:
        return
    for group in instance.groups:
        people = [o for o in instance.municipalities if (o, group.id) in x.admitted]
        if group.spread == "home":
            for i in people:
                x.served[i, group.id] = x.hosts(i, group.id, instance.periods)
        else:
            _serve_group(model, x, instance, group, people)


def _serve_group(
    model: LinearModel, x: Variables, instance: Instance, group: Group, people: list[Code]
) -> None:
    balance: list[Term] = []
    for o in people:
        most = x.admitted[o, group.id][-1]
        column = model.add_column(f"served[{o},{group.id}]", 0, most, whole=True)
        x.served[o, group.id] = [(column, 1.0)]
        balance.append((column, 1.0))
        for t, by_then in zip(instance.periods, x.admitted[o, group.id], strict=True):
            if by_then > 0:
                key = (o, group.id, t)
                x.left[key] = model.add_column(f"left[{','.join(key)}]", 0, by_then)
        if group.spread == "near":
            _count_moves(model, x, instance, group, o)
    last = (group.id, instance.periods[-1])
    if last in x.held:
        balance.append((x.held[last], -1.0))
    if balance:
        model.add_row(f"C2.balance[{group.id}]", balance, 0, 0)


def _count_moves(
    model: LinearModel, x: Variables, instance: Instance, group: Group, responsible: Code
) -> None:
    keys = ((responsible, i, group.id) for i in instance.municipalities)
    moves = [(x.moved[key], -1.0) for key in keys if key in x.moved]
    name = f"C2.served[{responsible},{group.id}]"
    model.add_row(name, [*x.served[responsible, group.id], *moves], 0, 0)
