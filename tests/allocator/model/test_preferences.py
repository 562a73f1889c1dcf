"""O6 to O9: what each preference is worth at a point, and what the solver makes of it."""

from dataclasses import replace

import pytest

from services.allocator.model.linear_model import LinearModel
from services.allocator.model.objectives import distance, preferences
from services.allocator.model.variables import Variables
from services.allocator.translate import instance_of
from tests.allocator.model.rows import at, broken, decided, room, worth
from tests.allocator.region import (
    cell,
    group,
    homes,
    km,
    need,
    region,
    stages,
    suits,
    year,
)
from tests.allocator.solving import households, references, solve, values

A, B, C = (("A", "status", "2027"), ("B", "status", "2027"), ("C", "status", "2027"))


def test_o6_is_the_value_of_the_places_as_a_cost() -> None:
    instance = instance_of(region(suitability=suits(A=2, B=-1)))
    model, x = decided(instance)
    objective = preferences.unsuitability(model, x, instance)
    assert worth(objective, at(x, {A: 3, B: 1, C: 9})) == -5


def test_o6_puts_people_where_they_are_best_placed() -> None:
    result = solve(region(suitability=suits(A=-1, B=0.5, C=2)))
    assert households(result, "C", "status") == 3
    assert values(result)["suitability", None] == 6


def extra_homes() -> tuple[LinearModel, int, int]:
    """O7 of A with 3 homes and B with 4, both with room for 2 more."""
    lots = [homes("A", 3, potential=5), homes("B", 4, potential=6), homes("C", 4)]
    model, x = decided(instance := instance_of(region(supply=lots)))
    objective = preferences.extra_capacity(model, x, instance)
    assert objective == {x.extra["A-homes"]: 1, x.extra["B-homes"]: 1}
    return model, x.hosted[A][0][0], x.extra["A-homes"]


def test_homes_that_are_reported_leave_o7_room() -> None:
    model, hosted, _ = extra_homes()
    assert model.row_names == ["O7.extra[A-homes]", "O7.extra[B-homes]"]
    assert room(model, "O7.extra[A-homes]", {hosted: 2}) == 1


def test_homes_beyond_what_is_reported_are_counted_exactly_in_o7() -> None:
    model, hosted, extra = extra_homes()
    assert room(model, "O7.extra[A-homes]", {hosted: 5, extra: 2}) == 0
    assert model.column_upper[extra] == 2


def test_homes_beyond_what_is_reported_that_are_not_counted_break_o7() -> None:
    model, hosted, extra = extra_homes()
    assert broken(model, {hosted: 5, extra: 1}) == ["O7.extra[A-homes]"]


def test_o7_is_asked_twice_and_counts_once() -> None:
    instance = instance_of(region(supply=[homes("A", 3, potential=5)]))
    model, x = decided(instance)
    first = preferences.extra_capacity(model, x, instance)
    assert preferences.extra_capacity(model, x, instance) == first
    assert model.row_names == ["O7.extra[A-homes]"]


def test_o7_uses_reported_homes_first() -> None:
    result = solve(region(supply=[homes("A", 1, potential=4), homes("B", 2, potential=4)]))
    assert result.extra_capacity == ()
    assert households(result, "B", "status") == 2


def open_routes(**changes: object) -> tuple[LinearModel, Variables, dict[int, float]]:
    """O8 of 5 households of A, of whom 2 come in 2028; 7 km to B, and C is further than known."""
    plain = {
        "periods": [year(2027), year(2028)],
        "needs": [need("A", 3), need("A", 2, period="2028")],
        "distances": [km("A", "B", 7)],
    }
    instance = instance_of(region(**{**plain, **changes}))
    model, x = decided(instance)
    distance.prepare_routes(model, x, instance)
    routes = distance.possible_routes(x, instance)
    return model, x, distance.open_routes(model, x, instance, routes)


def test_o8_counts_kilometres_and_an_unknown_distance_as_the_furthest() -> None:
    _, x, objective = open_routes()
    point = {
        x.routed["A", "A", "status", "2027"]: 1,
        x.routed["A", "B", "status", "2027"]: 2,
        x.routed["A", "C", "status", "2027"]: 3,
    }
    assert worth(objective, point) == 35


def test_o8_has_routes_only_where_c8_allows_them() -> None:
    _, x, _ = open_routes(groups=[group(spread="near", maxKm=7)])
    assert [(o, i) for o, i, _, _ in x.routed] == [("A", "A"), ("A", "B")]


def test_o8_has_no_routes_for_who_stays_at_home() -> None:
    model, x, objective = open_routes(groups=[group(spread="home")])
    assert (x.routed, objective, model.row_names) == ({}, {}, [])


def test_households_that_leave_and_arrive_keep_the_routes_of_o8() -> None:
    model, x, _ = open_routes()
    point = {**at(x, {B: 3}), x.served["A", "status"][0][0]: 3}
    point[x.routed["A", "B", "status", "2027"]] = 3
    assert broken(model, point) == []
    assert room(model, "C9.leave[A,status,2027]", point) == 0


@pytest.mark.parametrize(
    ("hosted", "served", "lost"),
    [(4, 3, "C2.arrive[B,status,2027]"), (3, 4, "C2.leave[A,status]")],
)
def test_households_that_get_lost_on_a_route_break_c2(hosted: int, served: int, lost: str) -> None:
    model, x, _ = open_routes()
    point = {**at(x, {B: hosted}), x.served["A", "status"][0][0]: served}
    point[x.routed["A", "B", "status", "2027"]] = 3
    assert broken(model, point) == ["C2.balance[status]", lost]


def test_a_route_taken_before_somebody_comes_breaks_c9() -> None:
    model, x, _ = open_routes()
    point = {**at(x, {B: 4}), x.served["A", "status"][0][0]: 4}
    point[x.routed["A", "B", "status", "2027"]] = 4
    assert broken(model, point) == ["C9.leave[A,status,2027]"]


def test_o8_keeps_households_at_home_where_nothing_else_matters() -> None:
    assert households(solve(region(distances=[km("A", "B", 7)])), "A", "status") == 3


def test_o9_counts_every_household_that_is_elsewhere_than_before() -> None:
    problem = region(supply=[homes("A", 4), homes("B", 4)], previous=[cell("A", 3), cell("C", 2)])
    instance = instance_of(problem)
    model, x = decided(instance)
    objective = preferences.changes(model, x, instance)
    names = {name: column for column, name in enumerate(model.column_names)}
    point = {
        **at(x, {A: 1, B: 2}),
        names["change[A,status,2027]"]: 2,
        names["change[B,status,2027]"]: 2,
        names["change[C,status,2027]"]: 2,
    }
    assert broken(model, point) == []
    assert worth(objective, point) == 6
    assert broken(model, {**point, names["change[A,status,2027]"]: 1}) == ["O9.less[A,status,2027]"]


def test_o9_stays_with_the_plan_of_last_year() -> None:
    problem = region(previous=[cell("B", 3)], stages=stages("waiting", "stability"))
    result = solve(problem)
    assert households(result, "B", "status") == 3
    assert references(result)["stability", None] == 0


def test_without_an_earlier_plan_o9_has_nothing_to_count() -> None:
    model, x = decided(instance_of(region()))
    assert preferences.changes(model, x, replace(instance_of(region()), previous={})) == {}
