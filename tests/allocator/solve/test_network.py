"""The network of a group finds what cannot be reached, and the shortest way to what can."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from services.allocator.model.build import build
from services.allocator.model.constraints.demand import add_demand, serve
from services.allocator.model.linear_model import LinearModel
from services.allocator.model.variables import Variables, decide
from services.allocator.problem.demand import Demand
from services.allocator.solve.clock import Clock
from services.allocator.solve.errors import NoPlanExists
from services.allocator.solve.face import Face
from services.allocator.solve.helped import routes_near
from services.allocator.solve.network import Reach
from shared.contract.problem import Group
from tests.allocator.model.rows import EMPTY, lot, room, with_lots
from tests.allocator.one_group import (
    TOWNS,
    YEARS,
    Flows,
    Hosting,
    can_be_routed,
    hostings,
    routed_hostings,
    shortest_flows,
)

often = settings(max_examples=100, derandomize=True, deadline=None)


def network(hosting: Hosting) -> tuple[LinearModel, Variables, Reach]:
    """The network of the only group, with who is served as far as that is said."""
    model = LinearModel()
    x = decide(model, hosting.instance)
    if hosting.served is not None:
        serve(model, x, hosting.instance)
    return model, x, Reach(x, hosting.instance, hosting.group)


def values_at(hosting: Hosting, model: LinearModel, x: Variables) -> NDArray[np.float64]:
    """The point as the solver gives it: a value for every column."""
    point = hosting.point(x)
    return np.array([point.get(column, 0.0) for column in range(len(model.column_names))])


@often
@given(hosting=hostings())
def test_a_broken_row_is_found_exactly_when_households_cannot_be_routed(hosting: Hosting) -> None:
    model, x, reach = network(hosting)
    assert (reach.broken(values_at(hosting, model, x)) == []) == can_be_routed(hosting)


@often
@given(hosting=hostings())
def test_every_row_that_is_found_is_broken(hosting: Hosting) -> None:
    model, x, reach = network(hosting)
    found = reach.broken(values_at(hosting, model, x))
    names = [f"C8.reach[status,{number}]" for number, _ in enumerate(found)]
    for name, demand in zip(names, found, strict=True):
        add_demand(model, x, hosting.instance, demand, name)
    assert [name for name in names if room(model, name, hosting.point(x)) >= 0] == []


@often
@given(hosting=hostings())
def test_what_fits_once_is_still_judged_anew_when_it_changes(hosting: Hosting) -> None:
    model, x, reach = network(hosting)
    reach.broken(np.zeros(len(model.column_names)))
    point = values_at(hosting, model, x)
    assert reach.broken(point) == reach.broken(point)
    assert (reach.broken(point) == []) == can_be_routed(hosting)


def by_host(flows: Flows) -> dict[tuple[str, str], float]:
    """Households per (host, year)."""
    found: dict[tuple[str, str], float] = {}
    for (_, i, _, t), households in flows.items():
        found[i, t] = found.get((i, t), 0) + households
    return found


def leaving(flows: Flows, responsible: str, last: str = "9999") -> float:
    """Households of a municipality that are housed up to a year."""
    return sum(n for (o, _, _, t), n in flows.items() if o == responsible and t <= last)


def kilometres(hosting: Hosting, flows: Flows) -> float:
    """Household-kilometres; an unknown distance counts as the largest known."""
    km = hosting.instance.km
    far = max(km.values(), default=0.0)
    return sum(n * km.get((o, i), far) for (o, i, _, _), n in flows.items() if o != i)


def routed(hosting: Hosting) -> dict[tuple[str, str, str, str], int]:
    """The routes that the network gives."""
    placed = {(i, "status", t): round(n) for (i, t), n in hosting.hosted.items()}
    served = {(o, "status"): float(n) for o, n in (hosting.served or {}).items()}
    (group,) = hosting.instance.groups
    x = decide(LinearModel(), hosting.instance)
    return routes_near(x, hosting.instance, group, placed, served)


@often
@given(hosting=routed_hostings())
def test_routes_fill_every_home_with_whole_households(hosting: Hosting) -> None:
    routes = routed(hosting)
    assert by_host({**routes}) == hosting.hosted
    assert {type(households) for households in routes.values()} <= {int}


@often
@given(hosting=routed_hostings())
def test_routes_serve_whom_they_should_and_nobody_before_they_come(hosting: Hosting) -> None:
    routes: Flows = {**routed(hosting)}
    assert {o: leaving(routes, o) for o in TOWNS} == hosting.served
    early = [
        (o, t) for o, t in product(TOWNS, YEARS) if leaving(routes, o, t) > hosting.admitted(o, t)
    ]
    assert early == []


@often
@given(hosting=routed_hostings())
def test_routes_take_the_fewest_kilometres_there_are_and_go_no_further_than_c8(
    hosting: Hosting,
) -> None:
    routes: Flows = {**routed(hosting)}
    best = shortest_flows(hosting)
    assert best is not None
    assert kilometres(hosting, routes) == pytest.approx(best[1])
    assert [(o, i) for o, i, _, _ in routes if not hosting.may_house(o, i)] == []


@given(hosting=hostings(spreads=("near",), served=False))
@often
def test_households_that_cannot_be_routed_are_given_no_routes(hosting: Hosting) -> None:
    whole = replace(
        hosting,
        hosted={place: round(n) for place, n in hosting.hosted.items()},
        instance=replace(hosting.instance, access={}),
    )
    assume(not can_be_routed(whole))
    with pytest.raises(NoPlanExists):
        routed(whole)


@often
@given(hosting=routed_hostings())
def test_the_first_guess_holds_routes_that_c8_allows_between_a_need_and_a_home(
    hosting: Hosting,
) -> None:
    model, x, reach = network(hosting)
    routes = reach.likely_routes(values_at(hosting, model, x))
    assert {(i, t) for _, i, _, t in routes} == set(hosting.hosted)
    assert [(o, i) for o, i, _, _ in routes if not hosting.may_house(o, i)] == []


def test_empty_homes_need_no_routes() -> None:
    instance = with_lots(lot("a"))
    x = decide(LinearModel(), instance)
    reach = Reach(x, instance, instance.groups[0])
    assert reach.likely_routes(np.zeros(1)) == []
    assert routes_near(x, instance, instance.groups[0], {}, {}) == {}


@settings(max_examples=60, derandomize=True, deadline=None)
@given(hosting=hostings(), prices=st.lists(st.integers(-3, 3), min_size=8, max_size=8))
def test_every_corner_of_the_model_can_be_routed(hosting: Hosting, prices: list[int]) -> None:
    tight = {place: round(2 * households) for place, households in hosting.hosted.items()}
    lots = (lot(f"{i}-{t}", i, period=t, reported=0, potential=n) for (i, t), n in tight.items())
    instance = replace(hosting.instance, lots=tuple(lots))
    model, x = build(instance)
    serve(model, x, instance)
    columns = [*x.placed.values(), *(terms[0][0] for terms in x.served.values())]
    face = Face(model, x, instance, Clock())
    face.minimise({c: float(price) for c, price in zip(columns, prices, strict=False)})
    # A corner is a sum of halves; what is more than that is rounding.
    value = [round(number, 6) for number in face.values]
    hosted = {(i, t): value[x.hosted[i, "status", t][0][0]] for i, t in tight}
    helped = {o: value[terms[0][0]] for (o, _), terms in x.served.items()}
    assert can_be_routed(Hosting(instance, hosted, helped))


def early(homes: dict[str, float], helped: dict[str, float]) -> list[Demand]:
    """What is broken: A needs 3 homes in 2027, B needs 3 in 2028; all may go anywhere."""
    years = {"2027": "A", "2028": "B"}
    need = {(o, "status", t): 3 for t, o in years.items()}
    lots = (lot("now"), lot("later", period="2028"))
    instance = replace(EMPTY, lots=lots, need=need)
    model, x, reach = network(Hosting(instance, {}, helped))
    point = np.zeros(len(model.column_names))
    for name, households in homes.items():
        point[x.placed[name, "status"]] = households
    for o, households in helped.items():
        point[x.served[o, "status"][0][0]] = households
    return reach.broken(point)


EVERYWHERE = ("A", "B", "C", "D")


def test_homes_of_this_year_for_those_who_have_come_break_nothing() -> None:
    assert early({"now": 2, "later": 2}, {"A": 3, "B": 1}) == []
    assert early({"now": 3, "later": 1}, {"A": 3, "B": 1}) == []


def test_homes_of_this_year_for_those_who_come_next_year_break_the_row_of_this_year() -> None:
    rows = early({"now": 2, "later": 2}, {"A": 1, "B": 3})
    assert rows == [Demand("status", dict.fromkeys(EVERYWHERE, 0), decided=True)]


def test_more_homes_than_there_are_households_by_then_break_a_row() -> None:
    rows = early({"now": 4, "later": 0}, {"A": 3, "B": 1})
    assert rows == [Demand("status", dict.fromkeys(EVERYWHERE, 0), decided=True)]


def test_too_many_early_homes_break_a_row_besides_that_of_all_homes() -> None:
    near = Group(id="status", tier=1, burden=1, spread="near", max_km=1)
    lots = (lot("now"), lot("later", period="2028"))
    need = {("A", "status", t): 2 for t in ("2027", "2028")}
    instance = replace(EMPTY, groups=(near,), lots=lots, need=need)
    model, x, reach = network(Hosting(instance, {}, {"A": 4}))
    point = np.zeros(len(model.column_names))
    point[[x.placed["now", "status"], x.placed["later", "status"]]] = 3
    point[x.served["A", "status"][0][0]] = 4
    assert reach.broken(point) == [
        Demand("status", {"A": 0}, decided=True),
        Demand("status", {"A": 1}, decided=True),
    ]
