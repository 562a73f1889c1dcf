"""Who is helped and who goes where, once it is settled what every municipality hosts.

One flow of least cost per group: first as near as can be to the households that the reference
helps of each municipality, then over the fewest metres. The cost of being off grows with every
household, so that a lack is shared; all costs are whole numbers, and so are the flows.
Source: Ford and Fulkerson 1956, Canadian Journal of Mathematics 8.
"""

from collections.abc import Iterator, Mapping
from math import floor

from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

from services.allocator.model.objectives.distance import Route
from services.allocator.model.variables import Variables
from services.allocator.problem.instance import Code, Instance
from services.allocator.solve.errors import NoPlanExists
from services.allocator.solve.network import metres
from shared.contract.problem import Group

PARTS = 1000
"""Targets are compared in parts of a household."""
LONGER = 10**6
"""More metres than any route has: one part of a household nearer to a target weighs more."""
DEARER = 16
"""From so many households off on, the cost no longer grows."""

Arc = tuple[int, int, int, int]
"""Tail, head, capacity and cost of one household."""


def routes_near(
    x: Variables,
    instance: Instance,
    group: Group,
    hosted: Mapping[tuple[Code, Code, Code], int],
    targets: Mapping[tuple[Code, Code], float],
) -> dict[Route, int]:
    """Say who goes where.

    Parameters
    ----------
    hosted
        Households per (host, group, period).
    targets
        Households that the reference helps per (responsible, group); where none is known, only
        the distance counts.

    Raises
    ------
    NoPlanExists
        When these placements cannot be reached.
    """
    periods = instance.periods
    homes = [
        (i, k, hosted.get((i, group.id, t), 0))
        for i in instance.municipalities
        for k, t in enumerate(periods)
        if hosted.get((i, group.id, t), 0)
    ]
    near = instance.near(group)
    first_home = 1 + len(near) * len(periods)
    sink = first_home + len(homes)
    arcs: list[Arc] = [(first_home + h, sink, n, 0) for h, (_, _, n) in enumerate(homes)]
    routes: list[tuple[int, Route]] = []
    for p, (o, hosts) in enumerate(near.items()):
        node = 1 + p * len(periods)
        admitted = [floor(number) for number in x.admitted[o, group.id]]
        last = node + len(periods) - 1
        target = targets.get((o, group.id))
        arcs += ((0, last, most, cost) for most, cost in _pieces(admitted[-1], target))
        arcs += ((node + k + 1, node + k, most, 0) for k, most in enumerate(admitted[:-1]))
        for h, (i, k, number) in enumerate(homes):
            if i in hosts:
                routes.append((len(arcs), (o, i, group.id, periods[k])))
                arcs.append((node + k, first_home + h, number, metres(instance, o, i)))
    return _cheapest(arcs, routes, sink, sum(number for _, _, number in homes))


def _pieces(most: int, target: float | None) -> Iterator[tuple[int, int]]:
    """Yield households with the cost of helping one of them more, cheapest first."""
    if target is None:
        yield most, 0
        return
    below = min(most, max(0, floor(target) - DEARER))
    yield below, -2 * DEARER * PARTS * LONGER
    last = min(most, floor(target) + DEARER)
    for number in range(below, last):
        # What the square of the distance grows by.
        yield 1, round(PARTS * (2 * (number - target) + 1)) * LONGER
    yield max(0, most - max(below, last)), 2 * DEARER * PARTS * LONGER


def _cheapest(
    arcs: list[Arc], routes: list[tuple[int, Route]], sink: int, total: int
) -> dict[Route, int]:
    flow = SimpleMinCostFlow()
    for tail, head, capacity, cost in arcs:
        flow.add_arc_with_capacity_and_unit_cost(tail, head, capacity, cost)
    flow.set_nodes_supplies([0, sink], [total, -total])
    if flow.solve() != flow.OPTIMAL:
        raise NoPlanExists
    return {route: flow.flow(arc) for arc, route in routes if flow.flow(arc)}
