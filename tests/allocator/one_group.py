"""One group, its homes and its people: what is hosted where, and who could be housed there.

Written out with every flow explicit, as an independent answer to what the demand rows and the
networks of the engine say in short.
"""

from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import product
from typing import Any

from hypothesis import strategies as st
from ortools.linear_solver import pywraplp

from services.allocator.model.linear_model import Column
from services.allocator.model.variables import Variables
from services.allocator.problem.instance import Instance
from shared.contract.problem import Group, Spread
from tests.allocator.model.rows import EMPTY, held, lot

TOWNS = ("A", "B", "C")
YEARS = ("2027", "2028", "2029")
MAX_KM = 10
WELCOME: tuple[Spread, ...] = ("region", "near", "sites")
"""The spreads in which somebody can be housed elsewhere."""

Flows = dict[tuple[str, str, str, str], float]
"""Households per (responsible, host, group, period)."""

halves = st.integers(0, 8).map(lambda n: n / 2)


@dataclass(frozen=True)
class Hosting:
    """Households of one group that are hosted per (host, year), and served per municipality.

    Without `served` anybody who has come may be served.
    """

    instance: Instance
    hosted: dict[tuple[str, str], float]
    served: dict[str, float] | None

    @property
    def group(self) -> Group:
        """The only group."""
        return self.instance.groups[0]

    def point(self, x: Variables) -> dict[Column, float]:
        """The columns with these values."""
        placed = {x.placed[f"{i}-{t}", "status"]: n for (i, t), n in self.hosted.items()}
        served = self.served or {}
        helped = {x.served[o, "status"][0][0]: served[o] for o, _ in x.served}
        left = {c: max(0.0, self.admitted(o, t) - served[o]) for (o, _, t), c in x.left.items()}
        return held(x, placed | helped | left)

    def may_house(self, responsible: str, host: str) -> bool:
        """C8, from the distances alone."""
        near = self.instance.km.get((responsible, host), MAX_KM + 1) <= MAX_KM
        spread = self.group.spread
        return responsible == host or spread in ("region", "sites") or (spread == "near" and near)

    def admitted(self, responsible: str, last: str) -> float:
        """C9, from the need and the rate."""
        come = sum(self.instance.need[responsible, "status", t] for t in YEARS if t <= last)
        return float(self.instance.access.get((responsible, "status"), 1) * come)


def shortest_flows(hosting: Hosting) -> tuple[Flows, float] | None:
    """Route everybody over the fewest kilometres, with every flow explicit.

    Returns
    -------
    The flows and their household-kilometres, or None when somebody cannot be routed.
    """
    solver = pywraplp.Solver.CreateSolver("GLOP")
    keys = [
        (o, i, "status", t)
        for o, i, t in product(TOWNS, TOWNS, YEARS)
        if hosting.may_house(o, i) and (i, t) in hosting.hosted
    ]
    flow = {key: solver.NumVar(0, solver.infinity(), "") for key in keys}
    for (i, t), households in hosting.hosted.items():
        solver.Add(_sum(solver, flow, lambda key, i=i, t=t: key[1::2] == (i, t)) == households)
    for o, last in product(TOWNS, YEARS):
        leave = _sum(solver, flow, lambda key, o=o, last=last: key[0] == o and key[3] <= last)
        solver.Add(leave <= hosting.admitted(o, last))
    for o, households in (hosting.served or {}).items():
        solver.Add(_sum(solver, flow, lambda key, o=o: key[0] == o) <= households)
    far = max(hosting.instance.km.values(), default=0.0)
    lengths = [0.0 if o == i else hosting.instance.km.get((o, i), far) for o, i, _, _ in keys]
    prices = zip(lengths, flow.values(), strict=True)
    solver.Minimize(solver.Sum([length * column for length, column in prices]))
    if solver.Solve() != pywraplp.Solver.OPTIMAL:
        return None
    found = {key: column.solution_value() for key, column in flow.items()}
    return found, solver.Objective().Value()


def _sum(solver: Any, flow: dict[tuple[str, str, str, str], Any], here: Any) -> Any:
    return solver.Sum([column for key, column in flow.items() if here(key)])


def can_be_routed(hosting: Hosting) -> bool:
    """Whether everybody who is hosted can have come from somewhere, in time."""
    return shortest_flows(hosting) is not None


@st.composite
def hostings(
    draw: st.DrawFn, *, spreads: tuple[Spread, ...] = WELCOME, served: bool | None = None
) -> Hosting:
    """Draw what is hosted, in halves of households: about as often possible as not.

    Parameters
    ----------
    draw
        Given by hypothesis.
    spreads
        The spreads that the group may have.
    served
        Whether it is said how many each municipality has served; drawn when None.
    """
    instance = replace(_people(draw, draw(st.sampled_from(spreads))), access=_rates(draw))
    places = draw(st.lists(st.sampled_from(_PLACES), unique=True, max_size=5))
    hosted = {place: draw(halves) for place in places}
    known = draw(st.booleans()) if served is None else served
    totals = {o: draw(halves) + draw(halves) for o in TOWNS} if known else None
    return Hosting(_with_homes(instance, hosted), hosted, totals)


_PLACES = list(product(TOWNS, YEARS))


@st.composite
def routed_hostings(draw: st.DrawFn) -> Hosting:
    """Draw whole households that can be routed, with how many each municipality has served."""
    instance = _people(draw, draw(st.sampled_from(WELCOME)))
    anybody = Hosting(instance, {}, None)
    routes = [r for r in product(TOWNS, TOWNS, YEARS) if anybody.may_house(r[0], r[1])]
    moved = draw(st.lists(st.tuples(st.sampled_from(routes), st.integers(1, 4)), max_size=6))
    hosted: dict[tuple[str, str], float] = {}
    served = dict.fromkeys(TOWNS, 0.0)
    need = dict(instance.need)
    for (o, i, t), households in moved:
        hosted[i, t] = hosted.get((i, t), 0) + households
        served[o] += households
        need[o, "status", t] += households
    return Hosting(_with_homes(replace(instance, need=need), hosted), hosted, served)


def _people(draw: st.DrawFn, spread: Spread) -> Instance:
    near = MAX_KM if spread == "near" else None
    group = Group(id="status", tier=1, burden=1, spread=spread, max_km=near)
    pairs = [("A", "B"), ("A", "C"), ("B", "C")]
    lengths = {pair: draw(st.sampled_from([5, 10, 12.5, 40, None])) for pair in pairs}
    known = {pair: float(km) for pair, km in lengths.items() if km is not None}
    return replace(
        EMPTY,
        periods=YEARS,
        municipalities=TOWNS,
        groups=(group,),
        need={(o, "status", t): draw(st.integers(0, 3)) for o, t in product(TOWNS, YEARS)},
        km=known | {(end, start): km for (start, end), km in known.items()},
    )


def _rates(draw: st.DrawFn) -> dict[tuple[str, str], Fraction]:
    rates = {(o, "status"): draw(st.sampled_from([None, 0, 0.5, 1])) for o in TOWNS}
    return {key: Fraction(rate) for key, rate in rates.items() if rate is not None}


def _with_homes(instance: Instance, hosted: dict[tuple[str, str], float]) -> Instance:
    lots = (lot(f"{i}-{t}", i, period=t, reported=0, potential=99) for i, t in sorted(hosted))
    return replace(instance, lots=tuple(lots))
