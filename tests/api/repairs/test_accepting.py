"""The API takes no answer about repairs that it has not checked itself."""

import pytest

from services.api.jobs.work import RefusedAnswer
from services.api.repairs.service import accepted
from shared.contract.canonical import problem_hash
from shared.contract.repairs import ConflictingRule, RepairAnswer
from tests.shared.four_municipalities import PROBLEM

QUESTION = PROBLEM.model_dump_json().encode()
ANSWER = RepairAnswer(
    problem_hash=problem_hash(PROBLEM), conflict=(ConflictingRule(tag="C7", id="agreed-D"),)
)


def test_an_answer_that_adds_up_is_accepted() -> None:
    assert accepted(QUESTION, ANSWER.model_dump_json().encode()) == ANSWER


def test_an_answer_to_another_question_is_refused() -> None:
    other = ANSWER.model_copy(update={"problem_hash": "sha256:0"})
    with pytest.raises(RefusedAnswer, match="breaks rules: R8 problemHash"):
        accepted(QUESTION, other.model_dump_json().encode())


@pytest.mark.parametrize("raw", [b"", b"{}", b'{"colour": "red"}'])
def test_what_is_no_answer_is_refused(raw: bytes) -> None:
    with pytest.raises(RefusedAnswer, match="cannot be read"):
        accepted(QUESTION, raw)
