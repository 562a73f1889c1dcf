"""Those the engine is compared with solve the same problem: they find the known answers."""

from copy import deepcopy
from functools import cache
from pathlib import Path

import pytest

from services.allocator.translate import instance_of
from tests.allocator.solving import case
from tests.bench.answers import CASES, Difference, difference
from tests.bench.plain_model import PlainModel
from tests.bench.plain_program import PlainProgram
from tests.bench.plain_stages import solve_plainly
from tests.bench.process import Line, run_python

MINI = "mini-2"


@cache
def told() -> list[Line]:
    return [
        {
            "objective": stage.objective,
            "tier": stage.tier,
            "reference": stage.reference,
            "levels": [
                {"municipality": i, "group": g, "level": level}
                for (i, g), level in stage.levels.items()
            ],
        }
        for stage in solve_plainly(PlainModel(instance_of(case(MINI))))
    ]


def test_the_straightforward_program_finds_the_known_optimum_of_every_stage() -> None:
    assert len(told()) == 11
    assert str(difference(MINI, told())) == "as known"


def test_the_peer_finds_the_known_levels(tmp_path: Path) -> None:
    problem, plans = str(CASES / f"{MINI}.json"), str(tmp_path / "plans.npz")
    run_python("tests.bench.peer_polytope", problem, plans, most_seconds=300)
    run = run_python("tests.bench.peer", plans, "ordered_outcomes", most_seconds=300)

    assert [len(line["levels"]) for line in run.lines] == [4]
    assert str(difference(MINI, run.lines)) == "as known"


def test_a_wrong_level_is_told() -> None:
    wrong = deepcopy(told())
    wrong[5]["levels"][0]["level"] += 0.25

    assert difference(MINI, wrong).level == pytest.approx(0.25)


def test_a_wrong_value_is_told() -> None:
    assert str(Difference(value=2.0, level=0.0)) == "off by 2, levels by 0"


def test_a_program_without_a_plan_is_refused() -> None:
    program = PlainProgram()
    program.at_most({program.number(lower=2.0): 1.0}, 1.0)

    with pytest.raises(ArithmeticError, match="no optimum"):
        program.minimise({0: 1.0})
