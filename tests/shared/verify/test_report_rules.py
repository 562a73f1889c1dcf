"""R5 on the four municipalities: what is told of chances and pulls."""

from shared.contract.result import Pull
from shared.verify.report_rules import (
    pulls_cover_what_is_compared,
    pulls_follow_from_the_plan,
)
from tests.shared.four_municipalities import (
    PROBLEM,
    RESULT,
    mistold,
    with_more,
    with_row,
    without_row,
)

A_STATUS, B_STATUS = 0, 1
B_NEEDS_TEN = with_row(PROBLEM, "needs", 1, households=10)
B_IS_PULLED = with_row(RESULT, "pulls", B_STATUS, chance=0.4, pull=0.4, towards="A")


def test_one_row_of_pull_per_cell_is_accepted() -> None:
    assert mistold(pulls_cover_what_is_compared) == []


def test_a_missing_pull_is_refused() -> None:
    shorter = without_row(RESULT, "pulls", A_STATUS)
    assert mistold(pulls_cover_what_is_compared, PROBLEM, shorter) == [("R5", "A, status")]


def test_a_pull_given_twice_is_refused() -> None:
    twice = with_more(RESULT, "pulls", RESULT.pulls[A_STATUS])
    assert mistold(pulls_cover_what_is_compared, PROBLEM, twice) == [("R5", "A, status")]


def test_a_pull_where_need_is_too_small_is_refused() -> None:
    small = Pull(municipality="B", group="youth", chance=1.0, pull=0.0)
    more = with_more(RESULT, "pulls", small)
    assert mistold(pulls_cover_what_is_compared, PROBLEM, more) == [("R5", "B, youth")]
    assert mistold(pulls_follow_from_the_plan, PROBLEM, more) == []


def test_without_reach_pulls_may_be_left_out() -> None:
    nowhere = PROBLEM.model_copy(update={"reach_km": None})
    silent = RESULT.model_copy(update={"pulls": ()})
    assert mistold(pulls_cover_what_is_compared, nowhere, silent) == []
    assert mistold(pulls_follow_from_the_plan, nowhere) == []


def test_pulls_that_follow_from_the_plan_are_accepted() -> None:
    assert mistold(pulls_follow_from_the_plan) == []
    assert mistold(pulls_follow_from_the_plan, B_NEEDS_TEN, B_IS_PULLED) == []


def test_a_wrong_chance_is_refused() -> None:
    wrong = with_row(RESULT, "pulls", A_STATUS, chance=0.9)
    assert mistold(pulls_follow_from_the_plan, PROBLEM, wrong) == [("R5", "A, status")]


def test_a_wrong_pull_is_refused() -> None:
    wrong = with_row(RESULT, "pulls", A_STATUS, pull=0.1)
    assert mistold(pulls_follow_from_the_plan, PROBLEM, wrong) == [("R5", "A, status")]


def test_a_pull_towards_nobody_is_refused() -> None:
    wrong = with_row(B_IS_PULLED, "pulls", B_STATUS, towards=None)
    assert mistold(pulls_follow_from_the_plan, B_NEEDS_TEN, wrong) == [("R5", "B, status")]


def test_a_pull_towards_a_municipality_out_of_reach_is_refused() -> None:
    wrong = with_row(B_IS_PULLED, "pulls", B_STATUS, towards="C")
    assert mistold(pulls_follow_from_the_plan, B_NEEDS_TEN, wrong) == [("R5", "B, status")]


def test_a_pull_towards_a_municipality_without_a_chance_is_refused() -> None:
    wrong = with_row(B_IS_PULLED, "pulls", B_STATUS, towards="D")
    assert mistold(pulls_follow_from_the_plan, B_NEEDS_TEN, wrong) == [("R5", "B, status")]
