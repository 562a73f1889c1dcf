"""R1, R2, R8 and R9: a result about this problem, that does not contradict itself."""

from shared.contract.repairs import ConflictingRule
from shared.contract.result import Result
from shared.verify.document_rules import (
    conflict_comes_without_plan,
    hashes_are_right,
    plan_comes_without_conflict,
    rows_are_given_once,
    rows_refer_to_the_problem,
)
from shared.verify.verify import verify
from tests.shared.four_municipalities import (
    PROBLEM,
    RESULT,
    mistold,
    sealed,
    with_more,
    with_row,
)

PIN = ConflictingRule(tag="C6", id="pin-B")
INFEASIBLE = Result(
    status="infeasible",
    conflict=(PIN, ConflictingRule(tag="C8", id="youth")),
    provenance=RESULT.provenance.model_copy(update={"plan_hash": None}),
)


def test_rows_about_this_problem_are_accepted() -> None:
    assert mistold(rows_refer_to_the_problem) == []
    assert mistold(rows_are_given_once) == []


def test_an_unknown_lot_is_refused_and_the_rest_is_still_checked() -> None:
    lost = with_row(RESULT, "placements", 0, lot="Z-home")
    assert mistold(rows_refer_to_the_problem, PROBLEM, lost) == [
        ("R1", "placements: Z-home, status")
    ]
    assert {v.tag for v in verify(PROBLEM, sealed(lost))} >= {"R1", "C2", "R6"}


def test_an_unknown_municipality_group_period_or_commitment_is_refused() -> None:
    lost = with_row(RESULT, "trades", 0, host="Z")
    lost = with_row(lost, "placements", 1, group="nobody")
    lost = with_row(lost, "waiting", 0, period="1900")
    lost = with_row(lost, "shortfalls", 0, commitment="none")
    lost = with_row(lost, "extra_capacity", 0, lot="Z-care")
    assert sorted(mistold(rows_refer_to_the_problem, PROBLEM, lost)) == [
        ("R1", "extraCapacity: Z-care"),
        ("R1", "placements: B-home, nobody"),
        ("R1", "placements: B-home, nobody"),
        ("R1", "shortfalls: none"),
        ("R1", "trades: A, Z, status, 2027"),
        ("R1", "waiting: A, status, 1900"),
    ]


def test_a_group_in_a_lot_that_does_not_admit_it_is_refused() -> None:
    misplaced = with_row(RESULT, "placements", 0, group="youth")
    expected = [("R1", "placements: A-home, youth")]
    assert mistold(rows_refer_to_the_problem, PROBLEM, misplaced) == expected


def test_a_row_given_twice_is_refused_and_counts_twice() -> None:
    twice = with_more(RESULT, "placements", RESULT.placements[0])
    assert mistold(rows_are_given_once, PROBLEM, twice) == [("R2", "placements: A-home, status")]
    assert {v.tag for v in verify(PROBLEM, twice)} >= {"C1", "C2", "R2", "R8"}


def test_the_hashes_of_this_problem_and_this_plan_are_accepted() -> None:
    assert mistold(hashes_are_right) == []


def test_the_result_of_another_problem_is_refused() -> None:
    other = with_row(PROBLEM, "needs", 0, households=11)
    assert mistold(hashes_are_right, other) == [("R8", "problemHash")]


def test_a_plan_changed_after_it_was_sealed_is_refused() -> None:
    changed = with_row(RESULT, "placements", 0, households=3)
    assert mistold(hashes_are_right, PROBLEM, changed) == [("R8", "planHash")]


def test_a_plan_without_a_hash_is_refused() -> None:
    provenance = RESULT.provenance.model_copy(update={"plan_hash": None})
    unsealed = RESULT.model_copy(update={"provenance": provenance})
    assert mistold(hashes_are_right, PROBLEM, unsealed) == [("R8", "planHash")]


def test_a_plan_with_rules_that_conflict_is_refused() -> None:
    torn = RESULT.model_copy(update={"conflict": (PIN,)})
    assert mistold(plan_comes_without_conflict) == []
    assert mistold(plan_comes_without_conflict, PROBLEM, torn) == [("R9", "conflict")]


def test_no_plan_with_the_rules_that_conflict_is_accepted() -> None:
    assert verify(PROBLEM, INFEASIBLE) == ()


def test_no_plan_with_a_plan_is_refused() -> None:
    torn = INFEASIBLE.model_copy(update={"placements": RESULT.placements})
    assert mistold(conflict_comes_without_plan, PROBLEM, torn) == [("R9", "placements")]
