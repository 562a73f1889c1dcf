"""C2, C3, C8 and C9, each built alone: who is housed comes from somewhere, after having come."""

from dataclasses import replace
from fractions import Fraction
from itertools import product
from typing import Any

import pytest
from hypothesis import assume, given, settings

from services.allocator.model.constraints.demand import add_demand, serve, within_demand
from services.allocator.model.linear_model import LinearModel
from services.allocator.model.variables import Variables, decide
from services.allocator.problem.demand import Demand
from services.allocator.problem.instance import Instance
from shared.contract.problem import Group, Spread
from tests.allocator.model.rows import EMPTY, at, broken, lot, room, tags, with_lots
from tests.allocator.one_group import (
    TOWNS,
    YEARS,
    Hosting,
    can_be_routed,
    hostings,
    shortest_flows,
)

A_2027, A_2028 = ("A", "status", "2027"), ("A", "status", "2028")
B_2027, B_2028 = ("B", "status", "2027"), ("B", "status", "2028")
C_2027 = ("C", "status", "2027")
often = settings(max_examples=100, derandomize=True, deadline=None)


def spread_over(spread: Spread, max_km: float | None = None, **changes: Any) -> Instance:
    """A needs 5 homes in 2027, 2 more in 2028; homes in A, in B (5 km) and in C (8 km)."""
    group = Group(id="status", tier=1, burden=1, spread=spread, max_km=max_km)
    lots = (lot("a"), lot("b", "B"), lot("later", "B", period="2028"), lot("c", "C"))
    need = {A_2027: 5, A_2028: 2}
    return replace(with_lots(*lots), groups=(group,), need=need, **changes)


def demanded(instance: Instance) -> tuple[LinearModel, Variables]:
    """The rows about who comes from where, and no others."""
    model = LinearModel()
    x = decide(model, instance)
    within_demand(model, x, instance)
    return model, x


def test_homes_left_empty_keep_c3_with_room() -> None:
    model, x = demanded(spread_over("region"))
    assert tags(model) == {"C2", "C3"}
    assert room(model, "C3.demand[status,2027]", at(x, {A_2027: 2, B_2027: 1})) == 2


def test_all_that_is_held_by_a_period_is_counted_in_c2() -> None:
    model, x = demanded(spread_over("region"))
    point = at(x, {A_2027: 2, B_2027: 1, B_2028: 1})
    assert [point[column] for column in x.held.values()] == [3, 4]
    assert broken(model, point) == []
    point[x.held["status", "2028"]] = 3
    assert broken(model, point) == ["C2.held[status,2028]"]


@pytest.mark.parametrize(
    ("until", "terms"),
    [({"A": 0}, 1), ({"A": 0, "B": 0}, 2), ({"A": 1, "B": 1, "C": 1}, 1), ({"A": 0, "B": 1}, 2)],
)
def test_a_row_of_nearly_all_hosts_is_counted_from_what_all_hold(
    until: dict[str, int], terms: int
) -> None:
    instance = spread_over("region")
    model, x = demanded(instance)
    add_demand(model, x, instance, Demand("status", until), "C8.reach[status,1]")
    assert len(model.row_columns[-1]) == terms


def test_housing_everyone_who_came_keeps_c3_exactly() -> None:
    model, x = demanded(spread_over("region"))
    point = at(x, {A_2027: 2, B_2027: 3, B_2028: 2})
    assert room(model, "C3.demand[status,2027]", point) == 0
    assert room(model, "C3.demand[status,2028]", point) == 0


def test_housing_somebody_before_they_come_breaks_c3() -> None:
    model, x = demanded(spread_over("region"))
    assert broken(model, at(x, {A_2027: 6})) == ["C3.demand[status,2027]"]


def test_who_was_housed_last_year_does_not_need_another_home_in_c3() -> None:
    model, x = demanded(spread_over("region"))
    assert broken(model, at(x, {A_2027: 5, B_2028: 3})) == ["C3.demand[status,2028]"]


def test_a_year_without_homes_has_no_c3() -> None:
    model, _ = demanded(replace(spread_over("region"), lots=(lot("later", period="2028"),)))
    assert [name for name in model.row_names if "2027" in name] == ["C2.held[status,2027]"]


def test_a_group_that_stays_at_home_has_its_own_c3_in_every_municipality() -> None:
    model, x = demanded(spread_over("home"))
    assert room(model, "C3.demand[A,status,2027]", at(x, {A_2027: 5})) == 0
    assert broken(model, at(x, {B_2027: 1})) == [
        "C3.demand[B,status,2027]",
        "C3.demand[B,status,2028]",
    ]


def test_who_admits_four_in_five_leaves_one_of_five_waiting_by_c9() -> None:
    rate = {("A", "status"): Fraction(4, 5)}
    model, x = demanded(spread_over("region", access=rate))
    assert room(model, "C3.demand[status,2027]", at(x, {A_2027: 3})) == 1
    assert room(model, "C3.demand[status,2027]", at(x, {A_2027: 4})) == 0
    assert broken(model, at(x, {A_2027: 5}))[0] == "C3.demand[status,2027]"


@pytest.mark.parametrize(
    ("rate", "admitted"),
    [
        (Fraction("0.8"), 4),
        (Fraction("0.44"), 2),
        (Fraction("0.7999999999999999"), 3),
    ],
)
def test_c9_in_whole_households_rounds_the_exact_number(rate: Fraction, admitted: int) -> None:
    instance = spread_over("region", access={("A", "status"): rate})
    x = decide(LinearModel(), instance, whole=True)
    assert x.admitted["A", "status"][0] == admitted


def test_c9_in_parts_of_households_stays_exact() -> None:
    x = decide(LinearModel(), spread_over("region", access={("A", "status"): Fraction(1, 2)}))
    assert x.admitted["A", "status"] == (2.5, 3.5)


@pytest.mark.parametrize(
    ("max_km", "hosts"), [(4, ["A"]), (5, ["A", "B"]), (7.9, ["A", "B"]), (8, ["A", "B", "C"])]
)
def test_a_group_that_stays_near_moves_as_far_as_that_and_no_further_in_c8(
    max_km: float, hosts: list[str]
) -> None:
    _, x = demanded(spread_over("near", max_km))
    assert [i for _, i, _ in x.moved] == hosts


def near_b() -> tuple[LinearModel, Variables]:
    """Households of A that may go to B, but not to C."""
    return demanded(spread_over("near", 5))


def test_households_that_arrive_as_they_leave_keep_c2_and_c8() -> None:
    model, x = near_b()
    moved = {x.moved["A", "A", "status"]: 3, x.moved["A", "B", "status"]: 4}
    point = {**at(x, {A_2027: 3, B_2027: 2, B_2028: 2}), **moved}
    assert tags(model) == {"C2", "C3"}
    assert broken(model, point) == []
    assert room(model, "C3.leave[A,status]", point) == 0


def test_a_home_that_nobody_moves_to_breaks_c2() -> None:
    model, x = near_b()
    point = {**at(x, {B_2027: 2}), x.moved["A", "B", "status"]: 1}
    assert broken(model, point) == ["C2.arrive[B,status]"]


def test_a_home_out_of_everybodys_reach_breaks_c2() -> None:
    model, x = near_b()
    assert broken(model, at(x, {C_2027: 1})) == ["C2.arrive[C,status]"]


def test_more_that_leave_than_have_come_break_c3() -> None:
    model, x = near_b()
    point = {**at(x, {A_2027: 5, B_2028: 3}), x.moved["A", "A", "status"]: 5}
    point[x.moved["A", "B", "status"]] = 3
    assert broken(model, point) == ["C3.demand[status,2028]", "C3.leave[A,status]"]


def two_sources(*, decided: bool) -> tuple[LinearModel, Variables]:
    """C8 of what B hosts in 2027: A needs 5 and B 1 by then, and C cannot reach it."""
    instance = spread_over("near", 5)
    need = {A_2027: 5, B_2027: 1, B_2028: 6, C_2027: 9}
    instance = replace(instance, need=need, access={("A", "status"): Fraction(4, 5)})
    model = LinearModel()
    x = decide(model, instance)
    serve(model, x, instance)
    add_demand(model, x, instance, Demand("status", {"B": 0}, decided), "C8.reach[status,1]")
    return model, x


def test_a_host_that_all_within_reach_could_fill_keeps_c8() -> None:
    model, x = two_sources(decided=False)
    assert room(model, "C8.reach[status,1]", at(x, {B_2027: 3})) == 2
    assert room(model, "C8.reach[status,1]", at(x, {B_2027: 5, B_2028: 9})) == 0


def test_a_host_that_holds_more_than_are_within_reach_breaks_c8() -> None:
    model, x = two_sources(decided=False)
    assert room(model, "C8.reach[status,1]", at(x, {B_2027: 6})) == -1


def test_who_is_served_less_than_admitted_counts_as_served_in_c8() -> None:
    model, x = two_sources(decided=True)
    left = {x.left["A", "status", "2027"]: 2, x.left["B", "status", "2027"]: 0}
    assert room(model, "C8.reach[status,1]", {**at(x, {B_2027: 3}), **left}) == 0
    assert room(model, "C8.reach[status,1]", {**at(x, {B_2027: 4}), **left}) == -1


def test_as_many_are_left_as_come_beyond_those_who_are_served() -> None:
    model, x = two_sources(decided=True)
    served = {x.served["A", "status"][0][0]: 1}
    row = "C2.left[A,status,2027]"
    assert room(model, row, {x.left["A", "status", "2027"]: 3, **served}) == 0
    assert room(model, row, {x.left["A", "status", "2027"]: 2, **served}) == -1
    assert x.rules[row] == [("C9", "A,status,2027")]


def test_a_row_of_c8_knows_the_distances_and_the_rates_behind_it() -> None:
    _, x = two_sources(decided=False)
    assert x.rules["C8.reach[status,1]"] == [("C8", "B,status"), ("C9", "A,status,2027")]


def all_demands(hosting: Hosting) -> list[Demand]:
    """Every demand row there is: any hosts, any last periods."""
    ends = product(range(-1, len(YEARS)), repeat=len(TOWNS))
    untils = [{i: k for i, k in zip(TOWNS, end, strict=True) if k >= 0} for end in ends]
    return [Demand("status", until, hosting.served is not None) for until in untils]


def all_rows(hosting: Hosting) -> tuple[LinearModel, Variables]:
    """Nothing but every demand row there is."""
    model = LinearModel()
    x = decide(model, hosting.instance)
    if hosting.served is not None:
        serve(model, x, hosting.instance)
        model = replace(model, row_names=[], row_lower=[], row_upper=[])
        model = replace(model, row_columns=[], row_values=[])
    for number, demand in enumerate(all_demands(hosting)):
        add_demand(model, x, hosting.instance, demand, f"C8.reach[status,{number}]")
    return model, x


@often
@given(hosting=hostings())
def test_households_can_be_routed_exactly_when_no_demand_row_is_broken(hosting: Hosting) -> None:
    model, x = all_rows(hosting)
    assert (broken(model, hosting.point(x)) == []) == can_be_routed(hosting)


@often
@given(hosting=hostings(spreads=("region", "sites", "home"), served=False))
def test_the_first_rows_are_all_that_a_group_needs_that_goes_anywhere_or_stays_home(
    hosting: Hosting,
) -> None:
    model, x = demanded(hosting.instance)
    assert (broken(model, hosting.point(x)) == []) == can_be_routed(hosting)


@often
@given(hosting=hostings(spreads=("near",), served=False))
def test_moves_without_a_period_refuse_nothing_that_can_be_routed(hosting: Hosting) -> None:
    model, x = demanded(hosting.instance)
    flows, _ = shortest_flows(hosting) or ({}, 0.0)
    assume(flows)
    moved = {
        column: sum(n for (o, i, _, _), n in flows.items() if (o, i) == key[:2])
        for key, column in x.moved.items()
    }
    assert broken(model, {**hosting.point(x), **moved}) == []


def test_without_lots_there_is_nothing_to_reach() -> None:
    model, x = demanded(replace(EMPTY, need={A_2027: 5}))
    assert (model.row_names, x.placed) == ([], {})
