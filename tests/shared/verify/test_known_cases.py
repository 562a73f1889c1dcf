"""The reference levels of the known cases pass the rules about levels."""

import json
from pathlib import Path

import pytest

from shared.contract.problem import Problem
from shared.contract.reading import read_problem
from shared.contract.result import Level, Result, StageOutcome
from shared.verify.level_rules import (
    both_fairnesses_agree,
    levels_are_in_households,
    levels_cover_what_is_compared,
    steps_are_counted,
)
from shared.verify.verify import ReportRule
from tests.shared.four_municipalities import CASES, RESULT, mistold

PATHS = sorted(CASES.glob("*[0-9].json"))
RULES = (
    levels_cover_what_is_compared,
    levels_are_in_households,
    steps_are_counted,
    both_fairnesses_agree,
)


def reference(path: Path) -> tuple[Problem, Result]:
    """A problem, and a result with only its known levels."""
    known = json.loads(path.with_suffix(".expected.json").read_bytes())
    levels = tuple(Level.model_validate(row) for row in known["levels"])
    steps = tuple(
        StageOutcome.model_validate(row) for row in known["stages"] if row.get("levels") is not None
    )
    result = RESULT.model_copy(update={"levels": levels, "stages": steps})
    return read_problem(path.read_bytes()), result


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_the_known_levels_are_accepted(path: Path, rule: ReportRule) -> None:
    assert mistold(rule, *reference(path)) == []
