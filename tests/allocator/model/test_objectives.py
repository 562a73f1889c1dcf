"""O1 to O9: what each objective is worth at a point, and what the solver makes of a tiny region."""

from dataclasses import replace

import pytest

from services.allocator.model.linear_model import LinearModel
from services.allocator.model.objectives import fairness, housing, preferences, shopping
from services.allocator.model.variables import Variables, decide
from services.allocator.problem.instance import Instance
from services.allocator.translate import instance_of
from shared.contract.problem import Group
from tests.allocator.model.rows import Point, broken, room
from tests.allocator.region import (
    agreed,
    cell,
    group,
    homes,
    km,
    need,
    region,
    shares,
    stages,
    suits,
)
from tests.allocator.solving import households, levels, references, solve, values

A, B, C = (("A", "status", "2027"), ("B", "status", "2027"), ("C", "status", "2027"))


def decided(instance: Instance) -> tuple[LinearModel, Variables]:
    """Only the decisions, without any rule."""
    model = LinearModel()
    return model, decide(model, instance)


def worth(objective: dict[int, float], point: Point) -> float:
    """The value of an objective at a point."""
    return sum(price * point.get(column, 0.0) for column, price in objective.items())


def test_o1_counts_what_every_commitment_lacks() -> None:
    rows = [agreed("A", 5), agreed("B", 2)]
    instance = instance_of(region(commitments=rows))
    model, x = decided(instance)
    objective = housing.shortfall(model, x, instance)
    assert worth(objective, {x.short["row-A"]: 3, x.short["row-B"]: 1}) == 4


def test_o1_keeps_an_agreement_although_fairness_wants_another_host() -> None:
    result = solve(region(commitments=[agreed("B", 3)], shares=shares(A=0.5, C=0.5)))
    assert households(result, "B", "status") == 3


def test_o2_counts_households_of_its_own_tier_at_the_end_of_each_year() -> None:
    groups = [group(), group("youth", tier=2)]
    needs = [need("A", 3), need("B", 2), need("A", 9, group="youth")]
    instance = instance_of(region(groups=groups, needs=needs))
    model, x = decided(instance)
    point = {x.waiting[A]: 3, x.waiting[B]: 2, x.waiting["A", "youth", "2027"]: 9}
    assert worth(housing.waiting(model, x, instance, 1), point) == 5
    assert worth(housing.waiting(model, x, instance, 2), point) == 9


def test_o2_houses_the_first_tier_before_the_second() -> None:
    groups = [group(), group("youth", tier=2)]
    lots = [homes("A", 4, groups=["status", "youth"])]
    needs = [need("A", 3), need("A", 3, group="youth")]
    result = solve(region(groups=groups, supply=lots, needs=needs))
    assert values(result)["waiting", 1] == 0
    assert values(result)["waiting", 2] == 2


def two_neighbours() -> Instance:
    """A with 10 and B with 5 households in need, 5 km apart."""
    problem = region(needs=[need("A", 10), need("B", 5)], distances=[km("A", "B", 5)], reachKm=10)
    return instance_of(problem)


def test_o3_is_the_difference_between_two_chances_within_reach() -> None:
    instance = two_neighbours()
    model, x = decided(instance)
    objective = shopping.largest_pull(model, x, instance)
    (largest,) = objective
    point = {
        x.served[A]: 2,
        x.chance["A", "status"]: 0.2,
        x.served[B]: 4,
        x.chance["B", "status"]: 0.8,
        x.pull["A", "status"]: 0.6,
        largest: 0.6,
    }
    assert broken(model, point) == []
    assert room(model, "O3.pull[A,B,status]", point) == pytest.approx(0)
    assert broken(model, {**point, x.pull["A", "status"]: 0.5}) == ["O3.pull[A,B,status]"]
    assert broken(model, {**point, largest: 0.5}) == ["O3.largest[A,status]"]


def test_o3_weighs_a_pull_by_the_part_of_the_group_that_feels_it() -> None:
    instance = two_neighbours()
    model, x = decided(instance)
    shopping.largest_pull(model, x, instance)
    objective = shopping.weighted_pull(model, x, instance)
    assert worth(objective, {x.pull["A", "status"]: 0.6}) == pytest.approx(0.4)


def test_o3_compares_nobody_beyond_reach_or_with_too_little_need() -> None:
    few = region(needs=[need("A", 10), need("B", 4)], distances=[km("A", "B", 5)], reachKm=10)
    far = region(needs=[need("A", 10), need("B", 5)], distances=[km("A", "B", 11)], reachKm=10)
    assert list(instance_of(few).comparable("status")) == []
    assert list(instance_of(far).comparable("status")) == []


def test_o3_gives_two_neighbours_the_same_chance_when_homes_are_scarce() -> None:
    problem = region(
        supply=[homes("A", 6)],
        needs=[need("A", 10), need("B", 5)],
        distances=[km("A", "B", 5)],
        reachKm=10,
    )
    assert [row.chance for row in solve(problem).pulls] == pytest.approx([0.4, 0.4])


def fair_region() -> Instance:
    """12 status holders (weighing 1) and 4 of youth (weighing 2) to share out."""
    youth = [
        {"municipality": m, "group": "youth", "share": part} for m, part in (("A", 0.5), ("B", 0.5))
    ]
    groups = [group(), group("youth", burden=2, spread="near", maxKm=50)]
    lots = [homes(m, 9, groups=["status", "youth"]) for m in "AB"]
    needs = [need("A", 12), need("A", 4, group="youth")]
    return instance_of(
        region(
            groups=groups,
            supply=lots,
            needs=needs,
            shares=[*shares(A=0.75, B=0.25), *youth],
        )
    )


def test_o4_weighs_groups_by_their_burden() -> None:
    instance = fair_region()
    model, x = decided(instance)
    cells = fairness.municipal_levels(model, x, instance)
    point = {
        x.hosted[A]: 6,
        x.hosted["A", "youth", "2027"]: 1,
        cells.level["A", None]: 8 / 13,
    }
    assert room(model, "O4.share[A]", point) == pytest.approx(0)
    assert sorted(cells.level, key=str) == [("A", None), ("B", None)]


def test_o5_is_the_part_of_a_fair_share_that_is_hosted() -> None:
    instance = fair_region()
    model, x = decided(instance)
    cells = fairness.group_levels(model, x, instance)
    assert (
        room(model, "O5.share[A,status]", {x.hosted[A]: 6, cells.level["A", "status"]: 6 / 9}) == 0
    )
    assert broken(model, {cells.floor: 1})[0] == "O5.above[A,status]"


def test_o5_leaves_out_a_fair_share_of_less_than_one_household() -> None:
    instance = instance_of(region(needs=[need("A", 3)], shares=shares(A=0.7, B=0.3)))
    model, x = decided(instance)
    assert list(fairness.group_levels(model, x, instance).level) == [("A", "status")]


def test_o4_and_o5_leave_out_groups_that_stay_at_home_or_on_sites() -> None:
    problem = region(groups=[group(spread="home")], needs=[need("A", 9)], shares=shares(A=1.0))
    assert solve(problem).levels == ()


def test_fairness_raises_the_lowest_before_the_next() -> None:
    problem = region(
        supply=[homes("A", 1), homes("B", 9), homes("C", 9)],
        needs=[need("A", 9)],
        shares=shares(A=1 / 3, B=1 / 3, C=1 / 3),
    )
    assert levels(solve(problem)) == pytest.approx(
        {
            ("A", None): 1 / 3,
            ("A", "status"): 1 / 3,
            ("B", None): 4 / 3,
            ("B", "status"): 4 / 3,
            ("C", None): 4 / 3,
            ("C", "status"): 4 / 3,
        }
    )


def test_o6_is_the_value_of_the_places_as_a_cost() -> None:
    instance = instance_of(region(suitability=suits(A=2, B=-1)))
    model, x = decided(instance)
    objective = preferences.unsuitability(model, x, instance)
    assert worth(objective, {x.hosted[A]: 3, x.hosted[B]: 1, x.hosted[C]: 9}) == -5


def test_o6_puts_people_where_they_are_best_placed() -> None:
    result = solve(region(suitability=suits(A=-1, B=0.5, C=2)))
    assert households(result, "C", "status") == 3
    assert values(result)["suitability", None] == 6


def test_o7_counts_homes_beyond_what_is_reported() -> None:
    instance = instance_of(region())
    model, x = decided(instance)
    objective = preferences.extra_capacity(model, x, instance)
    assert worth(objective, {x.extra["A-homes"]: 2, x.extra["B-homes"]: 1}) == 3


def test_o7_uses_reported_homes_first() -> None:
    result = solve(region(supply=[homes("A", 1, potential=4), homes("B", 2, potential=4)]))
    assert result.extra_capacity == ()
    assert households(result, "B", "status") == 2


def test_o8_counts_kilometres_and_an_unknown_distance_as_the_furthest() -> None:
    instance = instance_of(region(distances=[km("A", "B", 7)]))
    model, x = decided(instance)
    objective = preferences.distance(model, x, instance)
    point = {
        x.routed["A", "A", "status", "2027"]: 1,
        x.routed["A", "B", "status", "2027"]: 2,
        x.routed["A", "C", "status", "2027"]: 3,
    }
    assert worth(objective, point) == 35


def test_o8_keeps_households_at_home_where_nothing_else_matters() -> None:
    assert households(solve(region(distances=[km("A", "B", 7)])), "A", "status") == 3


def test_o9_counts_every_household_that_is_elsewhere_than_before() -> None:
    problem = region(supply=[homes("A", 4), homes("B", 4)], previous=[cell("A", 3), cell("C", 2)])
    instance = instance_of(problem)
    model, x = decided(instance)
    objective = preferences.changes(model, x, instance)
    names = {name: column for column, name in enumerate(model.column_names)}
    point = {
        x.hosted[A]: 1,
        x.hosted[B]: 2,
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


def test_a_group_is_found_by_its_id() -> None:
    assert instance_of(region()).group["status"] == Group.model_validate(group())
