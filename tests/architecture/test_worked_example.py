"""The worked example of the README: a new rule, carried out as it is written there."""

import re
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

from services.allocator.model import build as building
from services.allocator.model.constraints import capacity
from services.allocator.service import SolveLimits, allocate
from shared.verify import capacity_rules
from shared.verify import verify as verifying
from tests.shared.four_municipalities import PROBLEM as WITH_PINS

README = (Path(__file__).parents[2] / "README.md").read_text("utf-8")
CODE = [dedent(block) for block in re.findall(r" +```python\n(.*?)```", README, re.DOTALL)]


def written(code: str, module: Any) -> Any:
    """The function of one block of code, with the names that its module knows."""
    names = dict(vars(module))
    exec("from collections import defaultdict\n" + f"Code = str\n{code}", names)  # noqa: S102
    return names[re.findall(r"def (\w+)", code)[0]]


within_mix, homes_are_mixed = written(CODE[0], capacity), written(CODE[1], capacity_rules)


@pytest.fixture
def with_the_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    """The engine and the verifier with the new rule in its two places."""
    rest = capacity.within_support

    def both(*model: Any) -> None:
        rest(*model)
        within_mix(*model)

    monkeypatch.setattr(building, "within_support", both)
    monkeypatch.setattr(verifying, "PLAN_RULES", (*verifying.PLAN_RULES, homes_are_mixed))


# A planner's decisions would clash with the new rule.
PROBLEM = WITH_PINS.model_copy(update={"pins": ()})
LIMITS = SolveLimits(time_limit=None, threads=1, seed=0)


@pytest.mark.usefixtures("with_the_rule")
def test_the_engine_keeps_the_new_rule_and_the_verifier_agrees() -> None:
    result = allocate(PROBLEM, LIMITS, lambda progress: None)
    assert result.status == "optimal"


def test_without_the_line_in_the_engine_the_new_check_refuses_its_plan(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    result = allocate(PROBLEM, LIMITS, lambda progress: None)
    monkeypatch.setattr(verifying, "PLAN_RULES", (*verifying.PLAN_RULES, homes_are_mixed))
    assert {v.tag for v in verifying.verify(PROBLEM, result)} == {"C10"}


@pytest.mark.usefixtures("with_the_rule")
def test_a_level_that_the_new_rule_stops_names_it() -> None:
    result = allocate(PROBLEM, LIMITS, lambda progress: None)
    stops = {stop.tag for row in result.explanations for stop in row.stopped_by}
    assert "C10" in stops
