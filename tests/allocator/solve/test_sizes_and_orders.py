"""Unusual regions and unusual priorities: sizes, orders, slack, and lists that are empty."""

import pytest

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
    year,
)
from tests.allocator.solving import households, levels, references, solve, values


def test_a_household_that_takes_two_units_fills_two() -> None:
    groups = [group(size={"home": 2})]
    result = solve(region(groups=groups, supply=[homes("A", 5)], needs=[need("A", 4)]))
    assert households(result, "A", "status") == 2
    assert references(result)["waiting", 1] == pytest.approx(1.5)
    assert values(result)["waiting", 1] == 2


def test_two_households_share_a_home_of_which_each_takes_half() -> None:
    groups = [group(size={"home": 0.5})]
    result = solve(region(groups=groups, supply=[homes("A", 2)], needs=[need("A", 9)]))
    assert households(result, "A", "status") == 4


def test_a_group_that_takes_no_homes_is_limited_by_its_need_alone() -> None:
    groups = [group(size={"home": 0})]
    result = solve(region(groups=groups, supply=[homes("A", 0)], needs=[need("A", 9)]))
    assert households(result, "A", "status") == 9


def test_three_tenths_of_a_home_ten_times_fit_three_homes_exactly() -> None:
    groups = [group(size={"home": 0.3})]
    result = solve(region(groups=groups, supply=[homes("A", 3)], needs=[need("A", 12)]))
    assert households(result, "A", "status") == 10


def test_large_households_alone_go_where_they_are_best_placed() -> None:
    problem = region(
        groups=[group(size={"home": 2})],
        supply=[homes("A", 3), homes("B", 3)],
        needs=[need("A", 3)],
        suitability=suits(A=0.3, B=0.2),
        stages=stages("suitability"),
    )
    result = solve(problem)
    assert references(result)["suitability", None] == pytest.approx(0.75)
    assert values(result)["suitability", None] == pytest.approx(0.5)
    assert result.status == "optimal"


def test_fairness_before_waiting_lets_people_wait_for_the_sake_of_balance() -> None:
    problem = region(
        supply=[homes("A", 9), homes("B", 1)],
        needs=[need("A", 8)],
        shares=shares(A=0.5, B=0.5),
        previous=[cell("A", 1), cell("B", 1)],
        stages=stages("groupFairness", "stability", "waiting"),
    )
    result = solve(problem)
    assert levels(result)["B", "status"] == pytest.approx(0.25)
    assert households(result, "A", "status") == 7


def test_fairness_alone_still_raises_everyone_as_far_as_it_can() -> None:
    problem = region(
        supply=[homes("A", 9), homes("B", 1)],
        needs=[need("A", 8)],
        shares=shares(A=0.5, B=0.5),
        stages=stages("groupFairness"),
    )
    found = levels(solve(problem))
    assert found == pytest.approx({("A", "status"): 7 / 4, ("B", "status"): 1 / 4})


def test_slack_on_waiting_gives_fairness_room() -> None:
    problem = region(
        supply=[homes("A", 9), homes("B", 1)],
        needs=[need("A", 8)],
        suitability=suits(A=-1),
        stages=stages("waiting", "suitability", waiting=2),
    )
    result = solve(problem)
    assert references(result)["waiting", 1] == 0
    assert values(result)["waiting", 1] == 2
    assert values(result)["suitability", None] == -5


def test_slack_on_the_balance_between_municipalities_is_used_by_later_stages() -> None:
    problem = region(
        supply=[homes("A", 9), homes("B", 9)],
        needs=[need("A", 8)],
        shares=shares(A=0.5, B=0.5),
        suitability=suits(A=1),
        stages=stages("waiting", "municipalFairness", "suitability", municipalFairness=0.5),
    )
    result = solve(problem)
    assert levels(result) == pytest.approx({("A", None): 1, ("B", None): 1})
    assert households(result, "A", "status") == 6


def test_slack_on_the_balance_per_group_is_used_and_the_target_stays_the_level() -> None:
    problem = region(
        supply=[homes("A", 9), homes("B", 9)],
        needs=[need("A", 8)],
        shares=shares(A=0.5, B=0.5),
        suitability=suits(A=1),
        stages=stages("waiting", "groupFairness", "suitability", groupFairness=0.5),
    )
    result = solve(problem)
    assert references(result)["suitability", None] == pytest.approx(6)
    targets = [row.target for row in result.explanations if row.group is not None]
    assert targets == pytest.approx([4, 4, 0])


def test_a_previous_plan_decides_between_equal_hosts() -> None:
    problem = region(previous=[cell("B", 2), cell("C", 1)], stages=stages("waiting", "stability"))
    result = solve(problem)
    assert [households(result, m, "status") for m in "ABC"] == [0, 2, 1]


def test_a_place_that_no_lot_offers_any_more_is_a_certain_change() -> None:
    problem = region(supply=[homes("A", 4)], previous=[cell("B", 2)])
    result = solve(problem)
    assert references(result)["stability", None] == 5
    assert values(result)["stability", None] == 5


def test_when_nobody_needs_a_home_nobody_is_placed() -> None:
    result = solve(region(needs=[need("A", 0)]))
    assert (result.status, result.placements, result.trades) == ("optimal", (), ())


def test_when_there_are_no_homes_everybody_waits() -> None:
    result = solve(region(supply=[], shares=shares(A=1.0)))
    assert values(result)["waiting", 1] == 3
    assert levels(result) == {("A", None): 0, ("A", "status"): 0}


def test_a_municipality_without_lots_reaches_nothing_of_its_share() -> None:
    result = solve(
        region(supply=[homes("A", 4)], needs=[need("A", 4)], shares=shares(A=0.5, B=0.5))
    )
    assert levels(result)["B", "status"] == 0
    assert households(result, "A", "status") == 4


def test_a_group_without_shares_is_housed_and_has_no_level() -> None:
    result = solve(region())
    assert result.levels == ()
    assert values(result)["waiting", 1] == 0
    assert values(result)["groupFairness", None] is None


def test_without_a_reach_there_is_no_stage_for_shopping() -> None:
    result = solve(region(distances=[km("A", "B", 5)]))
    assert [s.objective for s in result.stages if s.objective.startswith("shopping")] == []
    assert result.pulls == ()


def test_a_home_of_last_year_does_not_house_who_comes_this_year() -> None:
    problem = region(
        periods=[year(2027), year(2028)],
        supply=[homes("A", 4)],
        needs=[need("A", 3, period="2028")],
    )
    assert values(solve(problem))["waiting", 1] == 3


def test_a_third_of_three_households_is_compared_alike_by_engine_and_verifier() -> None:
    third = 1 / 3
    result = solve(region(needs=[need("A", 3)], shares=shares(A=third, B=third, C=third)))
    assert result.status == "optimal"


def test_two_thirds_as_a_decimal_admit_one_of_three_households() -> None:
    rates = [{"municipality": "A", "group": "status", "rate": 2 / 3}]
    result = solve(region(needs=[need("A", 3)], access=rates))
    assert values(result)["waiting", 1] == 2
    assert [(row.objective, row.rule) for row in result.integrality_cost] == [("waiting", "C9")]


def test_an_agreement_in_a_year_without_homes_is_told_as_a_shortfall() -> None:
    result = solve(region(supply=[homes("A", 4)], commitments=[agreed("B", 2)]))
    assert [(row.commitment, row.households) for row in result.shortfalls] == [("row-B", 2)]


def test_a_region_of_a_million_households_is_solved() -> None:
    result = solve(
        region(
            supply=[homes(m, 400_000) for m in "ABC"],
            needs=[need("A", 1_000_000)],
            shares=shares(A=0.2, B=0.3, C=0.5),
        )
    )
    assert households(result, "C", "status") == 400_000
    assert levels(result)["A", "status"] == pytest.approx(257_142.857 / 200_000, abs=2)
