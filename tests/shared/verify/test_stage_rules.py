"""The values of O1 to O9 on the four municipalities, and what a result says of its stages."""

import pytest

from shared.contract.problem import Distance, Problem, Stage
from shared.contract.result import IntegralityCost, StageOutcome
from shared.verify.facts import facts_of
from shared.verify.numbers import Exact
from shared.verify.objectives import stage_value, stages_asked
from shared.verify.plan import plan_of
from shared.verify.stage_rules import (
    no_stage_beats_its_bound,
    stage_values_follow_from_the_plan,
    stages_are_those_asked,
    whole_households_cost_little,
)
from tests.shared.four_municipalities import PROBLEM, RESULT, mistold, with_row, without_row

TAGS_IN_ORDER = ("O1", "O2", "O2", "O3", "O3", "O4", "O5", "O6", "O7", "O8", "O9")
SHORTFALL, WAITING_1, WAITING_2, PULL, MUNICIPAL, SUITABILITY, DISTANCE = 0, 1, 2, 3, 5, 7, 9


def values(problem: Problem) -> dict[str, Exact | None]:
    facts = facts_of(problem)
    plan = plan_of(facts, RESULT)
    return {str(stage): stage_value(facts, plan, stage) for stage in stages_asked(facts)}


def test_every_objective_has_the_value_found_by_head() -> None:
    assert {name: float(value or 0) for name, value in values(PROBLEM).items()} == {
        "commitments": 1,
        "waiting, tier 1": 14,
        "waiting, tier 2": 2,
        "shopping.max": 0,
        "shopping.sum": 0,
        "municipalFairness": 0.8,
        "groupFairness": 0.8,
        "suitability": -3,
        "extraCapacity": 1,
        "distance": 96,
        "stability": 1,
    }


def test_a_worse_chance_at_home_than_next_door_is_a_pull() -> None:
    needy = with_row(PROBLEM, "needs", 1, households=10)  # B now has 4 homes for 10
    assert values(needy)["shopping.max"] == pytest.approx(0.4)
    assert values(needy)["shopping.sum"] == pytest.approx(0.4 * 10 / 25)


def test_a_need_below_the_smallest_that_counts_pulls_nobody() -> None:
    needy = with_row(PROBLEM, "needs", 1, households=10).model_copy(update={"min_need": 11})
    assert values(needy)["shopping.max"] == 0


def test_a_group_that_nobody_needs_has_no_chance_to_compare() -> None:
    nobody = with_row(PROBLEM, "needs", 3, households=0).model_copy(update={"min_need": 0})
    assert values(nobody)["shopping.max"] == 0


def test_without_reach_there_is_no_shopping_stage() -> None:
    assert "shopping.max" not in values(PROBLEM.model_copy(update={"reach_km": None}))


def test_without_shares_there_is_no_fairness_to_compare() -> None:
    nothing = PROBLEM.model_copy(update={"shares": ()})
    assert values(nothing)["municipalFairness"] is None
    assert values(nothing)["groupFairness"] is None


def test_without_distances_nobody_travels_any() -> None:
    assert values(PROBLEM.model_copy(update={"distances": ()}))["distance"] == 0


def test_a_pair_without_a_distance_counts_as_the_furthest() -> None:
    far = (*PROBLEM.distances, Distance(from_="B", to="D", km=30.0))
    assert values(PROBLEM.model_copy(update={"distances": far}))["distance"] == 4 * 30 + 2 * 8


def test_without_a_previous_plan_nothing_changes() -> None:
    assert values(PROBLEM.model_copy(update={"previous": ()}))["stability"] == 0


def test_a_placement_that_the_previous_plan_did_not_have_is_a_change() -> None:
    assert values(without_row(PROBLEM, "previous", 0))["stability"] == 1 + 4


def test_the_stages_of_the_result_are_accepted() -> None:
    assert mistold(stages_are_those_asked) == []
    assert mistold(stage_values_follow_from_the_plan) == []


def test_a_missing_stage_is_refused() -> None:
    shorter = without_row(RESULT, "stages", DISTANCE)
    assert mistold(stages_are_those_asked, PROBLEM, shorter) == [("R3", "stages")]


def test_stages_in_another_order_than_the_planner_asked_are_refused() -> None:
    fair_first = PROBLEM.model_copy(
        update={"stages": (Stage(objective="groupFairness"), Stage(objective="waiting"))}
    )
    assert mistold(stages_are_those_asked, fair_first) == [("R3", "stages")]


def test_a_leximin_stage_with_a_reference_is_refused() -> None:
    confused = with_row(RESULT, "stages", MUNICIPAL, reference=0.8)
    assert mistold(stages_are_those_asked, PROBLEM, confused) == [("R3", "municipalFairness")]


@pytest.mark.parametrize(("stage", "tag"), list(enumerate(TAGS_IN_ORDER)))
def test_a_value_that_does_not_follow_from_the_plan_is_refused(stage: int, tag: str) -> None:
    flattering = with_row(RESULT, "stages", stage, value=-50.0)
    found = mistold(stage_values_follow_from_the_plan, PROBLEM, flattering)
    assert {t for t, _ in found} == {tag}


def test_a_value_left_out_is_refused() -> None:
    silent = with_row(RESULT, "stages", DISTANCE, value=None, gap=None)
    assert mistold(stage_values_follow_from_the_plan, PROBLEM, silent) == [("O8", "distance")]


def test_a_gap_that_does_not_follow_is_refused() -> None:
    modest = with_row(RESULT, "stages", DISTANCE, gap=5.0)
    assert mistold(stage_values_follow_from_the_plan, PROBLEM, modest) == [("O8", "distance")]


def test_a_gap_between_nothing_and_the_distance_to_the_reference_is_accepted() -> None:
    nearer = with_row(RESULT, "stages", DISTANCE, reference=90.0, gap=4.0)
    assert mistold(stage_values_follow_from_the_plan, PROBLEM, nearer) == []


def test_a_missing_or_negative_gap_is_refused() -> None:
    silent = with_row(RESULT, "stages", DISTANCE, gap=None)
    boast = with_row(RESULT, "stages", DISTANCE, reference=90.0, gap=-1.0)
    assert mistold(stage_values_follow_from_the_plan, PROBLEM, silent) == [("O8", "distance")]
    assert mistold(stage_values_follow_from_the_plan, PROBLEM, boast) == [("O8", "distance")]


def test_the_gap_of_suitability_is_what_it_lacks() -> None:
    lacking = with_row(RESULT, "stages", SUITABILITY, reference=-1.0, gap=2.0)
    assert mistold(stage_values_follow_from_the_plan, PROBLEM, lacking) == []


def test_an_optimal_result_without_a_bound_is_refused() -> None:
    unbounded = with_row(RESULT, "stages", DISTANCE, reference=None, gap=None)
    assert mistold(stage_values_follow_from_the_plan, PROBLEM, unbounded) == [("O8", "distance")]


def test_a_result_at_the_time_limit_may_lack_a_bound() -> None:
    unbounded = with_row(RESULT, "stages", DISTANCE, reference=None, gap=None)
    stopped = unbounded.model_copy(update={"status": "feasible"})
    assert mistold(stage_values_follow_from_the_plan, PROBLEM, stopped) == []


def test_a_plan_at_its_bounds_is_accepted() -> None:
    assert mistold(no_stage_beats_its_bound) == []


def test_a_plan_better_than_its_first_bound_is_refused() -> None:
    wrong = with_row(RESULT, "stages", SHORTFALL, reference=2.0)
    assert mistold(no_stage_beats_its_bound, PROBLEM, wrong) == [("O1", "commitments")]


def test_a_plan_that_keeps_waiting_cannot_beat_the_bound_on_pull() -> None:
    wrong = with_row(RESULT, "stages", PULL, reference=0.5)
    assert mistold(no_stage_beats_its_bound, PROBLEM, wrong) == [("O3", "shopping.max")]


def test_a_plan_that_gave_up_some_waiting_may_beat_a_later_bound() -> None:
    rounded = with_row(RESULT, "stages", WAITING_1, reference=13.5)
    better = with_row(rounded, "stages", WAITING_2, reference=2.5)
    assert mistold(no_stage_beats_its_bound, PROBLEM, better) == []


def test_a_plan_that_used_the_slack_of_waiting_still_keeps_it() -> None:
    slack = (Stage(objective="waiting", slack=1.0), Stage(objective="suitability"))
    used = with_row(RESULT, "stages", WAITING_1, reference=13.0)
    wrong = with_row(used, "stages", SUITABILITY, reference=-4.0)
    problem = PROBLEM.model_copy(update={"stages": slack})
    assert mistold(no_stage_beats_its_bound, problem, wrong) == [("O6", "suitability")]


def test_a_bound_that_was_not_reached_in_time_compares_nothing() -> None:
    stopped = with_row(RESULT, "stages", SHORTFALL, reference=None)
    wrong = with_row(stopped, "stages", WAITING_1, reference=20.0)
    assert mistold(no_stage_beats_its_bound, PROBLEM, wrong) == []


def test_only_whole_household_stages_have_nothing_more_to_compare() -> None:
    waiting = PROBLEM.model_copy(update={"stages": (Stage(objective="waiting"),)})
    assert mistold(no_stage_beats_its_bound, waiting) == []


def test_waiting_rounded_up_to_a_whole_household_is_accepted() -> None:
    rounded = with_row(RESULT, "stages", WAITING_1, reference=13.2)
    assert mistold(whole_households_cost_little, PROBLEM, rounded) == []


def test_waiting_a_whole_household_above_its_bound_is_refused() -> None:
    lazy = with_row(RESULT, "stages", WAITING_1, reference=12.9)
    assert mistold(whole_households_cost_little, PROBLEM, lazy) == [("O2", "waiting, tier 1")]


def test_waiting_above_its_bound_is_accepted_when_the_rule_that_forces_it_is_named() -> None:
    lazy = with_row(RESULT, "stages", WAITING_1, reference=12.9)
    cost = IntegralityCost(objective="waiting", tier=1, households=1.1, rule="C1 A-home")
    told = lazy.model_copy(update={"integrality_cost": (cost,)})
    assert mistold(whole_households_cost_little, PROBLEM, told) == []


def test_a_stage_without_an_entry_is_not_compared() -> None:
    none = RESULT.model_copy(update={"stages": ()})
    assert mistold(stage_values_follow_from_the_plan, PROBLEM, none) == []


def test_an_entry_that_nobody_asked_for_is_refused() -> None:
    more = (*RESULT.stages, StageOutcome(objective="waiting", tier=3, seconds=0.0))
    result = RESULT.model_copy(update={"stages": more})
    assert mistold(stages_are_those_asked, PROBLEM, result) == [("R3", "stages")]
