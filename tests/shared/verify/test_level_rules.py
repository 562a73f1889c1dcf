"""R4 and the whole-household rule of O5 on the four municipalities."""

from shared.contract.problem import Problem, Stage
from shared.contract.result import IntegralityCost, Level
from shared.verify.level_rules import (
    both_fairnesses_agree,
    levels_are_in_households,
    levels_cover_what_is_compared,
    plan_is_near_its_target,
    steps_are_counted,
)
from tests.shared.four_municipalities import (
    PROBLEM,
    RESULT,
    mistold,
    with_more,
    with_row,
    without_row,
)

A, D, A_STATUS, MUNICIPAL = 0, 3, 4, 5


def slack_on_fairness(slack: float) -> Problem:
    stages = (Stage(objective="municipalFairness"), Stage(objective="groupFairness", slack=slack))
    return PROBLEM.model_copy(update={"stages": stages})


def test_one_level_per_cell_is_accepted() -> None:
    assert mistold(levels_cover_what_is_compared) == []


def test_a_missing_level_is_refused() -> None:
    shorter = without_row(RESULT, "levels", A_STATUS)
    assert mistold(levels_cover_what_is_compared, PROBLEM, shorter) == [("R4", "A, status")]


def test_a_result_at_the_time_limit_may_lack_levels() -> None:
    stopped = RESULT.model_copy(update={"levels": (), "status": "feasible"})
    assert mistold(levels_cover_what_is_compared, PROBLEM, stopped) == []
    assert mistold(plan_is_near_its_target, PROBLEM, stopped) == []


def test_a_level_of_less_than_one_household_is_refused() -> None:
    nothing = Level(municipality="D", group="youth", level=1.0, households=0.0)
    more = with_more(RESULT, "levels", nothing)
    assert mistold(levels_cover_what_is_compared, PROBLEM, more) == [("R4", "D, youth")]


def test_a_level_given_twice_is_refused() -> None:
    twice = with_more(RESULT, "levels", RESULT.levels[A])
    assert mistold(levels_cover_what_is_compared, PROBLEM, twice) == [("R4", "A")]


def test_levels_of_a_stage_that_was_not_asked_are_refused() -> None:
    waiting = PROBLEM.model_copy(update={"stages": (Stage(objective="waiting"),)})
    assert len(mistold(levels_cover_what_is_compared, waiting)) == len(RESULT.levels)
    assert mistold(plan_is_near_its_target, waiting) == []


def test_households_that_are_the_level_of_the_fair_share_are_accepted() -> None:
    assert mistold(levels_are_in_households) == []


def test_households_that_are_not_the_level_of_the_fair_share_are_refused() -> None:
    wrong = with_row(RESULT, "levels", A_STATUS, households=4.5)
    assert mistold(levels_are_in_households, PROBLEM, wrong) == [("R4", "A, status")]


def test_a_group_level_without_households_is_refused() -> None:
    bare = with_row(RESULT, "levels", A_STATUS, households=None)
    assert mistold(levels_are_in_households, PROBLEM, bare) == [("R4", "A, status")]
    assert mistold(plan_is_near_its_target, PROBLEM, bare) == []


def test_a_level_of_an_unknown_cell_is_only_refused_as_unknown() -> None:
    unknown = with_row(RESULT, "levels", A_STATUS, municipality="Z")
    assert mistold(levels_are_in_households, PROBLEM, unknown) == []
    assert mistold(plan_is_near_its_target, PROBLEM, unknown) == []


def test_a_level_below_zero_is_refused() -> None:
    negative = with_row(RESULT, "levels", D, level=-0.1)
    assert mistold(levels_are_in_households, PROBLEM, negative) == [("R4", "D")]


def test_the_number_of_distinct_levels_is_accepted() -> None:
    assert mistold(steps_are_counted) == []


def test_a_wrong_number_of_levels_is_refused() -> None:
    wrong = with_row(RESULT, "stages", MUNICIPAL, levels=4)
    assert mistold(steps_are_counted, PROBLEM, wrong) == [("R4", "municipalFairness")]


def test_levels_of_groups_add_up_to_that_of_their_municipality() -> None:
    assert mistold(both_fairnesses_agree) == []


def test_a_municipal_level_above_that_of_its_groups_is_refused() -> None:
    wrong = with_row(RESULT, "levels", A, level=0.99)
    assert mistold(both_fairnesses_agree, PROBLEM, wrong) == [("R4", "A")]


def test_a_municipal_level_below_that_of_its_groups_is_refused() -> None:
    wrong = with_row(RESULT, "levels", D, level=0.7)
    assert mistold(both_fairnesses_agree, PROBLEM, wrong) == [("R4", "D")]


def test_groups_too_small_to_compare_may_come_on_top() -> None:
    more = with_row(RESULT, "levels", D, level=0.9)  # D has no cell for youth
    assert mistold(both_fairnesses_agree, PROBLEM, more) == []


def test_levels_that_are_not_all_there_are_not_added_up() -> None:
    shorter = without_row(without_row(RESULT, "levels", A_STATUS), "levels", D)
    assert mistold(both_fairnesses_agree, PROBLEM, shorter) == []


def test_with_slack_on_fairness_levels_need_not_add_up() -> None:
    wrong = with_row(RESULT, "levels", A, level=0.99)
    assert mistold(both_fairnesses_agree, slack_on_fairness(0.1), wrong) == []


def test_a_plan_at_its_target_is_accepted() -> None:
    assert mistold(plan_is_near_its_target) == []


def test_a_plan_just_one_household_from_its_target_is_accepted() -> None:
    near = with_row(RESULT, "levels", A_STATUS, households=5.0)
    assert mistold(plan_is_near_its_target, PROBLEM, near) == []


def test_a_plan_further_than_one_household_from_its_target_is_refused() -> None:
    far = with_row(RESULT, "levels", A_STATUS, households=5.1)
    assert mistold(plan_is_near_its_target, PROBLEM, far) == [("O5", "A, status")]


def test_a_plan_far_from_its_target_is_accepted_when_the_rule_is_named() -> None:
    far = with_row(RESULT, "levels", A_STATUS, households=5.1)
    cost = IntegralityCost(
        objective="groupFairness", municipality="A", group="status", households=1.1, rule="C1"
    )
    told = far.model_copy(update={"integrality_cost": (cost,)})
    assert mistold(plan_is_near_its_target, PROBLEM, told) == []


def test_slack_on_group_fairness_widens_the_room_by_that_part_of_the_fair_share() -> None:
    far = with_row(RESULT, "levels", A_STATUS, households=5.4)
    assert mistold(plan_is_near_its_target, slack_on_fairness(0.1), far) == []
    assert mistold(plan_is_near_its_target, slack_on_fairness(0.05), far) == [("O5", "A, status")]
