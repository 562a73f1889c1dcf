"""Who can reach which homes: one network per group, for cuts and for likely routes.

Where not every placement can be reached by a household, the minimum cut of a maximum flow names
hosts that hold more than may reach them.
Sources: Ford and Fulkerson 1956, Canadian Journal of Mathematics 8; Gale 1957, Pacific Journal of
Mathematics 7.
"""

from collections.abc import Iterator, Mapping
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from ortools.graph.python.max_flow import SimpleMaxFlow
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

from services.allocator.model.objectives.distance import Route
from services.allocator.model.variables import Variables
from services.allocator.problem.demand import Demand
from services.allocator.problem.instance import Code, Instance
from services.allocator.solve.errors import NoPlanExists
from services.allocator.solve.model_proto import TOLERANCE
from shared.contract.problem import Group

NOISE = 100 * TOLERANCE
"""Households: what breaks a row by less is rounding."""
DIGITS = 2e-10
"""Part of a sum that rounding may take."""
UNITS = 2.0**50
"""Flows are whole numbers: all placements of a group together count as this many units."""
LIKELY = 2.0**30
"""The same for routes that only are a first guess."""
UNLIMITED = 2**60
METRES = 1000
"""Metres in a kilometre: routes are compared in whole metres."""

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


def noise(total: float) -> float:
    """Say what is rounding next to a sum [households]."""
    return max(NOISE, DIGITS * total)


def metres(instance: Instance, responsible: Code, host: Code) -> int:
    """O8: how far a household goes [m]."""
    return round(METRES * instance.route_km(responsible, host))


class Reach:
    """Which households of one group can reach which homes, and when.

    Node 0 is the source. One node per responsible municipality and period follows, then one per
    host and period with homes, then the sink. Households flow from the last period of a
    municipality to its earlier ones, since who was admitted by then is part of who is admitted
    in all.
    """

    def __init__(self, x: Variables, instance: Instance, group: Group) -> None:
        self._x, self._instance, self._group = x, instance, group
        near = instance.near(group)
        self._people = list(near)
        self._hosts = [
            (i, k)
            for i in instance.municipalities
            for k, t in enumerate(instance.periods)
            if (i, group.id, t) in x.hosted
        ]
        self._admitted = np.array([x.admitted[o, group.id] for o in self._people])
        self._admitted = self._admitted.reshape(len(self._people), len(instance.periods))
        self._when = np.array([k for _, k in self._hosts], dtype=np.int64)
        self._near = np.array(
            [[i in near[o] for i, _ in self._hosts] for o in self._people], dtype=bool
        ).reshape(len(self._people), len(self._hosts))
        keys = ((i, group.id, instance.periods[k]) for i, k in self._hosts)
        homes = [(column, h) for h, key in enumerate(keys) for column, _ in x.hosted[key]]
        self._columns = np.array([column for column, _ in homes], dtype=np.int64)
        self._home_of = np.array([h for _, h in homes], dtype=np.int64)
        self._fits: tuple[Floats, Floats] | None = None

    @property
    def group(self) -> Code:
        """The group."""
        return self._group.id

    def broken(self, values: Floats) -> list[Demand]:
        """Name the demand rows that these values break."""
        placed = self._placed(values)
        if placed.sum() <= NOISE:
            return []
        served = self._served(values)
        if self._known_to_fit(placed, served):
            return []
        if self._group.spread != "near":
            demands = list(self._too_early(placed, served))
            self._fits = None if demands else (placed, served)
            return demands
        if not self._cuts(placed, served):
            self._fits = (placed, served)
            return []
        found: list[Demand] = []
        for last in range(len(self._instance.periods)):
            early = np.where(self._when <= last, placed, 0.0)
            for left in self._cuts(early, served):
                demand = self._demand(left & (self._when <= last))
                if demand not in found and self._breaks(demand, placed, served):
                    found.append(demand)
        return found

    def _cuts(self, placed: Floats, served: Floats) -> list[NDArray[np.bool_]]:
        """Give the smallest and the largest set of hosts that hold most more than may be there."""
        most = max(1.0, float(placed.sum()))
        flow = self._flow(placed, served, UNITS / most)
        if placed.sum() - flow.optimal_flow() * most / UNITS <= noise(most):
            return []
        from_source = np.ones(self._sink + 1, dtype=bool)
        from_source[flow.get_source_side_min_cut()] = False
        to_sink = np.zeros(self._sink + 1, dtype=bool)
        to_sink[flow.get_sink_side_min_cut()] = True
        return [left[self._first_host : self._sink] for left in (from_source, to_sink)]

    def likely_routes(self, values: Floats) -> list[Route]:
        """Name the routes that are shortest for the placements of a corner."""
        placed = self._placed(values)
        capacities = self._capacities(placed, self._served(values), LIKELY / max(1.0, placed.sum()))
        # Rounding may leave some units without a route; they matter to nobody here.
        total = self._flow_through(capacities).optimal_flow()
        flow = SimpleMinCostFlow()
        arcs = flow.add_arcs_with_capacity_and_unit_cost(*self._arcs, capacities, self._metres)
        flow.set_nodes_supplies([0, self._sink], [total, -total])
        if flow.solve() != flow.OPTIMAL:
            raise NoPlanExists
        routes = arcs[len(self._chain[0]) : len(arcs) - len(self._hosts)]
        used = flow.flows(routes).nonzero()[0].tolist()
        return [self._route(*self._pairs[k]) for k in used]

    def split_routes(self, values: Floats, *, decided: bool) -> dict[Route, float]:
        """Say who goes where at a corner, in parts of households; any way that is possible.

        Parameters
        ----------
        decided
            Whether the corner says how many each municipality has served.
        """
        placed = self._placed(values)
        served = self._served(values) if decided else self._admitted[:, -1]
        most = max(1.0, float(placed.sum()))
        flow = self._flow(placed, served, UNITS / most)
        first = len(self._chain[0])
        flows = flow.flows(np.arange(first, first + len(self._pairs), dtype=np.int32))
        return {
            self._route(p, h): units * most / UNITS
            for (p, h), units in zip(self._pairs, flows.tolist(), strict=True)
            if units
        }

    def _route(self, people: int, home: int) -> Route:
        host, when = self._hosts[home]
        return self._people[people], host, self.group, self._instance.periods[when]

    @cached_property
    def _metres(self) -> Integers:
        """Length per arc [m]; 0 within one's own municipality and where no route is."""
        hosts = list(dict.fromkeys(i for i, _ in self._hosts))
        table = [[metres(self._instance, o, i) for i in hosts] for o in self._people]
        number = {i: n for n, i in enumerate(hosts)}
        column = np.array([number[i] for i, _ in self._hosts], dtype=np.int64)
        people, homes = self._near.nonzero()
        lengths = np.array(table).reshape(len(self._people), len(hosts))[people, column[homes]]
        start, end = np.zeros(len(self._chain[0])), np.zeros(len(self._hosts))
        return np.concatenate([start, lengths, end]).astype(np.int64)

    def _known_to_fit(self, placed: Floats, served: Floats) -> bool:
        # From one floor to the next most groups do not move at all, but for rounding.
        if self._fits is None:
            return False
        more = np.maximum(placed - self._fits[0], 0.0).sum()
        fewer = np.maximum(self._fits[1] - served, 0.0).sum()
        return bool(more + fewer <= TOLERANCE)

    def _placed(self, values: Floats) -> Floats:
        placed = np.bincount(self._home_of, values[self._columns], len(self._hosts))
        return placed.astype(np.float64)

    def _served(self, values: Floats) -> Floats:
        if not self._x.served:
            return self._admitted[:, -1]
        terms = self._served_terms
        parts = values[terms["column"]] * terms["value"]
        return np.bincount(terms["people"], parts, len(self._people)).astype(np.float64)

    @cached_property
    def _served_terms(self) -> NDArray[np.void]:
        """Who is served, as a sum: position of the municipality, column and value."""
        kind = [("people", np.int64), ("column", np.int64), ("value", np.float64)]
        served = enumerate(self._x.served[o, self.group] for o in self._people)
        return np.array([(p, *term) for p, terms in served for term in terms], dtype=kind)

    def _too_early(self, placed: Floats, served: Floats) -> Iterator[Demand]:
        """Yield the periods by which more is placed than has come of those who are served."""
        for last in range(len(self._instance.periods)):
            come = np.minimum(served, self._admitted[:, last]).sum()
            held = placed[self._when <= last].sum()
            if held - come > noise(held):
                until = dict.fromkeys(self._instance.municipalities, last)
                yield Demand(self.group, until, bool(self._x.served))

    @cached_property
    def _chain(self) -> tuple[Integers, Integers]:
        """Arcs from the source through the periods of each municipality, last one first."""
        people, periods = self._admitted.shape
        node = 1 + np.arange(people * periods).reshape(people, periods)
        later = np.concatenate([node[:, 1:], np.zeros((people, 1), dtype=np.int64)], axis=1)
        return later.ravel(), node.ravel()

    @cached_property
    def _pairs(self) -> list[tuple[int, int]]:
        """Positions of responsible municipality and host, for every route."""
        people, hosts = self._near.nonzero()
        return list(zip(people.tolist(), hosts.tolist(), strict=True))

    @cached_property
    def _first_host(self) -> int:
        return 1 + self._admitted.size

    @cached_property
    def _sink(self) -> int:
        return self._first_host + len(self._hosts)

    @cached_property
    def _arcs(self) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """Tails and heads of all arcs: the chain, the routes, and the homes."""
        people, hosts = self._near.nonzero()
        tails = 1 + people * self._admitted.shape[1] + self._when[hosts]
        each = self._first_host + np.arange(len(self._hosts))
        sink = np.full(len(self._hosts), self._sink)
        return (
            np.concatenate([self._chain[0], tails, each]).astype(np.int32),
            np.concatenate([self._chain[1], self._first_host + hosts, sink]).astype(np.int32),
        )

    def _capacities(
        self, placed: Floats | Integers, served: Floats | Integers, scale: float
    ) -> Integers:
        chain = self._admitted.copy()
        chain[:, -1] = np.clip(served, 0.0, chain[:, -1])
        routes = np.full(np.count_nonzero(self._near), float(UNLIMITED))
        amounts = [np.minimum(part * scale, UNLIMITED) for part in (chain.ravel(), placed)]
        units: Integers = np.rint(np.concatenate([amounts[0], routes, amounts[1]])).astype(np.int64)
        return units

    def _flow(self, placed: Floats, served: Floats, scale: float) -> SimpleMaxFlow:
        return self._flow_through(self._capacities(placed, served, scale))

    def _flow_through(self, capacities: Integers) -> SimpleMaxFlow:
        flow = SimpleMaxFlow()
        flow.add_arcs_with_capacity(*self._arcs, capacities)
        flow.solve(0, self._sink)
        return flow

    def _demand(self, left: NDArray[np.bool_]) -> Demand:
        until: dict[Code, int] = {}
        for h in left.nonzero()[0].tolist():
            i, k = self._hosts[h]
            until[i] = max(k, until.get(i, 0))
        return Demand(self.group, until, bool(self._x.served))

    def _sources(
        self, until: Mapping[Code, int], served: Floats
    ) -> Iterator[tuple[Code, int, float, float]]:
        """Yield who reaches these hosts: with the last period, who is served, and admitted."""
        ends = np.array([until.get(i, -1) for i, _ in self._hosts], dtype=np.int64)
        last = np.where(self._near, ends, -1).max(axis=1, initial=-1)
        for p in (last >= 0).nonzero()[0].tolist():
            k = int(last[p])
            yield self._people[p], k, float(served[p]), float(self._admitted[p, k])

    def _breaks(self, demand: Demand, placed: Floats, served: Floats) -> bool:
        ends = np.array([demand.until.get(i, -1) for i, _ in self._hosts], dtype=np.int64)
        held = float(placed[self._when <= ends].sum())
        come = (min(number, most) for _, _, number, most in self._sources(demand.until, served))
        return held - sum(come) > noise(held)
