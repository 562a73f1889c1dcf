"""O1 to O5: what each objective is worth at a point, and what the solver makes of a tiny region."""

import pytest

from services.allocator.model.linear_model import LinearModel
from services.allocator.model.objectives import (
    fairness,
    housing,
    shopping,
)
from services.allocator.problem.instance import Instance
from services.allocator.translate import instance_of
from shared.contract.problem import Group
from tests.allocator.model.rows import Point, at, broken, decided, room, worth
from tests.allocator.region import (
    agreed,
    group,
    homes,
    km,
    need,
    region,
    shares,
    year,
)
from tests.allocator.solving import households, levels, solve, values

A, B, C = (("A", "status", "2027"), ("B", "status", "2027"), ("C", "status", "2027"))


def remaining(model: LinearModel, objective: dict[int, float], point: Point) -> float:
    """The value of an objective at a point where all other columns are as low as they can be."""
    return worth(objective, {**dict(enumerate(model.column_lower)), **point})


def test_o1_counts_what_every_commitment_lacks() -> None:
    rows = [agreed("A", 5), agreed("B", 2)]
    instance = instance_of(region(commitments=rows))
    model, x = decided(instance)
    objective = housing.shortfall(model, x, instance)
    assert worth(objective, {x.short["row-A"]: 3, x.short["row-B"]: 1}) == 4


def test_o1_keeps_an_agreement_although_fairness_wants_another_host() -> None:
    result = solve(region(commitments=[agreed("B", 3)], shares=shares(A=0.5, C=0.5)))
    assert households(result, "B", "status") == 3


def test_o2_counts_the_households_of_its_own_tier_that_are_left() -> None:
    groups = [group(), group("youth", tier=2)]
    lots = [homes(m, 9, groups=["status", "youth"]) for m in "AB"]
    needs = [need("A", 3), need("B", 2), need("A", 9, group="youth")]
    instance = instance_of(region(groups=groups, supply=lots, needs=needs))
    model, x = decided(instance)
    housed = at(x, {A: 1, B: 2, ("A", "youth", "2027"): 4})
    assert remaining(model, housing.waiting(model, x, instance, 1), housed) == 2
    assert remaining(model, housing.waiting(model, x, instance, 2), housed) == 5


def test_o2_counts_every_year_at_the_end_of_which_somebody_waits() -> None:
    lots = [homes("A", 9), homes("B", 9, period="2028")]
    needs = [need("A", 4), need("A", 1, period="2028")]
    years = [year(2027), year(2028)]
    instance = instance_of(region(periods=years, supply=lots, needs=needs))
    model, x = decided(instance)
    objective = housing.waiting(model, x, instance, 1)
    assert remaining(model, objective, {}) == 4 + 5
    assert remaining(model, objective, at(x, {A: 3, ("B", "status", "2028"): 1})) == 1 + 1


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
    (largest,) = shopping.largest_pull(model, x, instance)
    shopping.compare_chances(model, x, instance, ("A", "B", "status"))
    served = {x.served["A", "status"][0][0]: 2, x.served["B", "status"][0][0]: 4}
    point = {**served, x.pull["A", "status"]: 0.6, largest: 0.6}
    assert room(model, "O3.pull[A,B,status]", point) == pytest.approx(0)
    assert room(model, "O3.largest[A,status]", point) == 0
    assert room(model, "O3.pull[A,B,status]", {**point, x.pull["A", "status"]: 0.5}) < 0
    assert room(model, "O3.largest[A,status]", {**point, largest: 0.5}) < 0


def test_o3_has_room_where_the_other_chance_is_the_smaller() -> None:
    instance = two_neighbours()
    model, x = decided(instance)
    shopping.largest_pull(model, x, instance)
    shopping.compare_chances(model, x, instance, ("B", "A", "status"))
    served = {x.served["A", "status"][0][0]: 2, x.served["B", "status"][0][0]: 4}
    assert room(model, "O3.pull[B,A,status]", served) == pytest.approx(3)  # 0.6 of B's 5


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
    model.row_lower[cells.floor["A", None]] = cells.fair["A", None] * 8 / 13
    point = at(x, {A: 6, ("A", "youth", "2027"): 1})
    assert room(model, "O4.floor[A]", point) == pytest.approx(0)
    assert cells.fair == pytest.approx({("A", None): 13, ("B", None): 7})


def test_o5_is_the_part_of_a_fair_share_that_is_hosted() -> None:
    instance = fair_region()
    model, x = decided(instance)
    cells = fairness.group_levels(model, x, instance)
    model.row_lower[cells.floor["A", "status"]] = cells.fair["A", "status"] * 2 / 3
    assert room(model, "O5.floor[A,status]", at(x, {A: 7})) == pytest.approx(1)
    assert room(model, "O5.floor[A,status]", at(x, {A: 6})) == pytest.approx(0)
    assert broken(model, at(x, {A: 5})) == ["O5.floor[A,status]"]


def test_no_plan_has_a_level_of_o4_or_o5_as_high_as_the_most() -> None:
    instance = fair_region()
    model, x = decided(instance)
    all_of_a = fairness.municipal_levels(model, x, instance)
    status_of_a = fairness.group_levels(model, x, instance)
    assert all_of_a.most["A", None] == pytest.approx(2 * 20 / 13)
    assert status_of_a.most["A", "status"] == pytest.approx(2 * 12 / 9)


def test_o5_leaves_out_a_fair_share_of_less_than_one_household() -> None:
    instance = instance_of(region(needs=[need("A", 3)], shares=shares(A=0.7, B=0.3)))
    model, x = decided(instance)
    assert list(fairness.group_levels(model, x, instance).floor) == [("A", "status")]


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


def test_a_group_is_found_by_its_id() -> None:
    assert instance_of(region()).group["status"] == Group.model_validate(group())
