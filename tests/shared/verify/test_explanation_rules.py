"""R6 on the four municipalities: what is told of each number, and of where it stopped."""

from typing import Any

import pytest

from shared.contract.result import Binding, Cell, Marginal, Result, StageMarginal, Stop
from shared.verify.explanation_rules import (
    explanations_cover_everything,
    explanations_follow_from_the_plan,
    explanations_tell_the_levels,
    marginals_are_of_this_problem,
    stops_are_of_this_problem,
    totals_add_up,
)
from shared.verify.verify import verify
from tests.shared.four_municipalities import PROBLEM, RESULT, mistold, with_row, without_row

A_STATUS, D_STATUS, A_TOTAL = 0, 9, 12
D_HOME = Stop(tag="C1", id="D-home", value=0.2)
AGREED_D = Stop(tag="C7", id="agreed-D", value=-0.2)
FEWER_WAIT = StageMarginal(objective="waiting", tier=1, value=-2.0)


def test_one_explanation_per_municipality_and_group_is_accepted() -> None:
    assert mistold(explanations_cover_everything) == []
    assert mistold(explanations_follow_from_the_plan) == []


def test_a_missing_explanation_is_refused() -> None:
    shorter = without_row(RESULT, "explanations", 0)
    assert mistold(explanations_cover_everything, PROBLEM, shorter) == [("R6", "A, status")]


def test_an_explanation_of_an_unknown_municipality_is_refused() -> None:
    odd = with_row(RESULT, "explanations", 0, municipality="Z")
    expected = [("R6", "Z, status"), ("R6", "A, status")]
    assert mistold(explanations_cover_everything, PROBLEM, odd) == expected


def test_an_explanation_with_another_number_than_the_plan_is_refused() -> None:
    for_more = with_row(RESULT, "explanations", 0, proposed=5)
    assert mistold(explanations_follow_from_the_plan, PROBLEM, for_more) == [("R6", "A, status")]


def test_an_explanation_with_another_share_fair_share_or_target_is_refused() -> None:
    wrong = with_row(RESULT, "explanations", 0, share=0.3, fair_share=6.0, target=4.8)
    found = mistold(explanations_follow_from_the_plan, PROBLEM, wrong)
    assert found == [("R6", "A, status")] * 3


def test_a_missing_total_is_refused() -> None:
    shorter = without_row(RESULT, "explanations", A_TOTAL)
    assert mistold(explanations_cover_everything, PROBLEM, shorter) == [("R6", "A")]


def test_totals_that_add_up_are_accepted() -> None:
    assert mistold(totals_add_up) == []


@pytest.mark.parametrize("change", [{"proposed": 9}, {"fair_share": 8.0}, {"target": 9.0}])
def test_a_total_that_is_not_the_sum_of_its_groups_is_refused(change: dict[str, Any]) -> None:
    wrong = with_row(RESULT, "explanations", A_TOTAL, **change)
    assert mistold(totals_add_up, PROBLEM, wrong) == [("R6", "A")]


@pytest.mark.parametrize("change", [{"share": 0.25}, {"rules": (Binding(tag="C1", id="A-home"),)}])
def test_a_total_has_no_share_and_no_binding_rules(change: dict[str, Any]) -> None:
    wrong = with_row(RESULT, "explanations", A_TOTAL, **change)
    assert mistold(totals_add_up, PROBLEM, wrong) == [("R6", "A")]


def test_a_group_without_a_share_is_refused() -> None:
    wrong = with_row(RESULT, "explanations", A_STATUS, share=None)
    assert mistold(explanations_follow_from_the_plan, PROBLEM, wrong) == [("R6", "A, status")]


def test_levels_that_are_those_of_the_list_are_accepted() -> None:
    assert mistold(explanations_tell_the_levels) == []


@pytest.mark.parametrize("level", [0.81, None])
def test_a_level_that_is_not_the_one_in_the_list_is_refused(level: float | None) -> None:
    wrong = with_row(RESULT, "explanations", A_STATUS, level=level)
    assert mistold(explanations_tell_the_levels, PROBLEM, wrong) == [("R6", "A, status")]


def stopped(number: int = D_STATUS, **changes: Any) -> Result:
    """The result with something told of where one level stopped."""
    return with_row(RESULT, "explanations", number, **changes)


def refused(result: Result) -> list[tuple[str, str]]:
    return mistold(stops_are_of_this_problem, PROBLEM, result)


def test_what_stopped_a_level_is_accepted_when_it_is_there_and_would_let_it_rise() -> None:
    told = stopped(
        stopped_by=(D_HOME, AGREED_D), together_with=(Cell(municipality="A", group="status"),)
    )
    assert verify(PROBLEM, told) == ()


@pytest.mark.parametrize(
    "stop",
    [
        D_HOME.model_copy(update={"id": "Z-home"}),
        D_HOME.model_copy(update={"tag": "C2"}),
        D_HOME.model_copy(update={"value": -0.2}),
        AGREED_D.model_copy(update={"value": 0.2}),
    ],
    ids=["unknown lot", "no limit", "a home that lowers it", "an agreement that raises it"],
)
def test_a_rule_that_could_not_have_stopped_a_level_is_refused(stop: Stop) -> None:
    assert refused(stopped(stopped_by=(stop,))) == [("R6", "D, status")]


def test_a_pin_may_have_stopped_a_level_either_way() -> None:
    pin = Stop(tag="C6", id="pin-B", value=-0.2)
    assert refused(stopped(stopped_by=(pin,))) == []


def test_a_rule_that_stopped_a_level_twice_is_refused() -> None:
    assert refused(stopped(stopped_by=(D_HOME, D_HOME))) == [("R6", "D, status")]


def test_where_nothing_is_compared_nothing_stopped() -> None:
    assert refused(stopped(10, stopped_by=(D_HOME,))) == [("R6", "D, youth")]


@pytest.mark.parametrize(
    "cell",
    [
        Cell(municipality="A", group="youth"),
        Cell(municipality="D"),
        Cell(municipality="D", group="youth"),
    ],
    ids=["higher", "of another stage", "not compared"],
)
def test_a_cell_that_did_not_stop_with_this_one_is_refused(cell: Cell) -> None:
    assert refused(stopped(together_with=(cell,))) == [("R6", "D, status")]


def priced(*marginals: Marginal) -> list[tuple[str, str]]:
    told = RESULT.model_copy(update={"marginals": marginals})
    return mistold(marginals_are_of_this_problem, PROBLEM, told)


def test_marginal_values_of_known_rules_and_stages_are_accepted() -> None:
    rule = Marginal(tag="C1", id="D-home", stages=(FEWER_WAIT,))
    assert priced(rule) == []


def test_marginal_values_of_an_unknown_rule_or_twice_are_refused() -> None:
    unknown = Marginal(tag="C1", id="Z-home", stages=(FEWER_WAIT,))
    twice = Marginal(tag="C1", id="D-home", stages=(FEWER_WAIT,))
    assert priced(unknown) == [("R6", "marginals")]
    assert priced(twice, twice) == [("R6", "marginals")]


@pytest.mark.parametrize(
    "stages",
    [
        (FEWER_WAIT, FEWER_WAIT),
        (FEWER_WAIT.model_copy(update={"tier": 7}),),
        (StageMarginal(objective="groupFairness", value=0.2),),
    ],
    ids=["twice", "an unknown tier", "a stage of levels"],
)
def test_a_marginal_value_of_a_stage_that_has_none_is_refused(
    stages: tuple[StageMarginal, ...],
) -> None:
    rule = Marginal(tag="C1", id="D-home", stages=stages)
    assert priced(rule) == [("R6", "marginals: C1, D-home")]
