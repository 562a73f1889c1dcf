"""The verifier as a whole: it accepts the plan found by head and refuses every damaged one."""

import pytest

from shared.verify.verify import verify
from shared.verify.violations import Violation, shown
from tests.shared.four_municipalities import PROBLEM, RESULT, with_row
from tests.shared.mutations import Mutation, mutations

DAMAGED = list(mutations(PROBLEM, RESULT))


def test_the_plan_found_by_head_is_accepted() -> None:
    assert verify(PROBLEM, RESULT) == ()


def test_the_plan_found_by_head_can_be_damaged_in_hundreds_of_ways() -> None:
    assert len(DAMAGED) >= 200


@pytest.mark.parametrize("damaged", DAMAGED, ids=lambda damaged: damaged.name)
def test_a_damaged_result_is_refused(damaged: Mutation) -> None:
    assert verify(PROBLEM, damaged.result) != ()


def test_a_violation_says_what_is_wrong_in_words_with_both_numbers() -> None:
    flattering = with_row(RESULT, "waiting", 0, households=1)
    message = "2 households wait by the plan, and the result says 1."
    assert Violation("C3", "A, status, 2027", message) in verify(PROBLEM, flattering)


def test_numbers_are_shown_as_people_write_them() -> None:
    assert [shown(4.0), shown(0.5), shown(None)] == ["4", "0.5", "nothing"]
