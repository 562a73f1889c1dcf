"""A solve that begins where a similar one ended finds what it would have found by itself."""

import json
from contextlib import suppress
from dataclasses import replace
from random import Random
from typing import Any

import pytest

from services.allocator.certificate.check import check
from services.allocator.service import SolveLimits, allocate_again
from services.allocator.solve.linear_program import LinearProgram
from services.allocator.solve.memory import Memory
from services.allocator.solve.memory_json import from_json, to_json
from shared.contract.problem import Problem
from shared.contract.reading import read_problem
from shared.contract.result import Result
from shared.faults import InvalidDocument
from tests.allocator.solve.changes import Row, changed
from tests.allocator.solving import case, levels, references
from tests.differential.regions import region

LIMITS = SolveLimits(time_limit=None, threads=1, seed=0, certificate=True)
SEED = 17
SAME_HOUSEHOLDS, SAME_LEVEL = 1e-5, 1e-6


def solved(problem: Problem, before: Memory | None = None) -> tuple[Result, Memory | None]:
    return allocate_again(problem, LIMITS, lambda progress: None, before)


def remembered(problem: Problem) -> Memory:
    """What a solve leaves behind, after it went through a file."""
    _, memory = solved(problem)
    assert memory is not None
    assert from_json(to_json(memory)) == memory
    return from_json(to_json(memory))


def assert_the_same(found: Result, alone: Result) -> None:
    """The same references, levels and plan; what proves them may be another proof."""
    assert found.status == alone.status
    assert references(found) == pytest.approx(references(alone), SAME_HOUSEHOLDS, SAME_HOUSEHOLDS)
    assert levels(found) == pytest.approx(levels(alone), abs=SAME_LEVEL)
    assert found.provenance.plan_hash == alone.provenance.plan_hash


@pytest.fixture(scope="module")
def region_memory() -> Memory:
    return remembered(case("mra-1"))


def with_homes(lot: str, factor: float) -> Problem:
    """`mra-1` with more or fewer homes in one lot."""
    document = json.loads(case("mra-1").model_dump_json(by_alias=True))
    row = next(row for row in document["supply"] if row["id"] == lot)
    row |= {name: round(factor * row[name]) for name in ("reported", "potential")}
    return read_problem(json.dumps(document).encode())


def with_pin(municipality: str, group: str, households: int) -> Problem:
    """`mra-1` with one number forced."""
    document = json.loads(case("mra-1").model_dump_json(by_alias=True))
    cell = {"municipality": municipality, "group": group, "households": households}
    document["pins"].append({"id": "why-not", "reason": "Why not?", **cell})
    return read_problem(json.dumps(document).encode())


@pytest.mark.parametrize(
    "problem",
    [
        with_homes("GM0995-social_rent-2029", 1.2),
        with_homes("GM0363-flex-2028", 0.8),
        with_pin("GM0385", "labour_migrants", 0),
    ],
    ids=["a little more", "a tenth of all flexible homes less", "forced"],
)
def test_a_change_in_a_whole_region_is_solved_as_if_nothing_was_known(
    problem: Problem, region_memory: Memory
) -> None:
    found, _ = solved(problem, region_memory)
    alone, _ = solved(problem)
    assert_the_same(found, alone)
    assert check(problem, found).violations == ()


@pytest.mark.parametrize("number", range(150, 300))
def test_a_change_in_a_small_region_is_solved_as_if_nothing_was_known(number: int) -> None:
    draw, document = Random(number), region(SEED, number)  # noqa: S311  (repeatable, not secret)
    _, memory = solved(read_problem(json.dumps(document).encode()))
    problem = changed_problem(document, draw)
    found, _ = solved(problem, memory)
    alone, _ = solved(problem)
    assert_the_same(found, alone)
    if found.certificate is not None:
        assert check(problem, found).violations == ()


def changed_problem(document: Row, draw: Random) -> Problem:
    """The first change that leaves a valid problem: some rows are needed by others."""
    while True:
        with suppress(InvalidDocument):
            return read_problem(json.dumps(changed(document, draw)).encode())


def test_what_another_region_left_behind_is_of_no_use_and_no_harm() -> None:
    problem = case("mini-2")
    found, _ = solved(problem, remembered(case("mini-4")))
    alone, _ = solved(problem)
    assert_the_same(found, alone)


@pytest.mark.parametrize("number", range(20))
def test_prices_that_nobody_found_do_no_harm(number: int) -> None:
    draw, problem = Random(number), case("mini-2")  # noqa: S311  (repeatable, not secret)
    memory = remembered(problem)
    others = {
        stage: tuple(
            replace(
                step, prices={row: p * draw.choice((0.5, 1, 3)) for row, p in step.prices.items()}
            )
            for step in steps
        )
        for stage, steps in memory.steps.items()
    }
    assert others != memory.steps
    found, _ = solved(problem, replace(memory, steps=others))
    alone, _ = solved(problem)
    assert_the_same(found, alone)


def test_the_same_problem_again_takes_a_program_a_stage_and_hardly_a_pivot(
    region_memory: Memory, monkeypatch: pytest.MonkeyPatch
) -> None:
    programs: list[tuple[int, int]] = []
    minimise = LinearProgram.minimise

    def counted(program: LinearProgram, **how: Any) -> Any:
        before = program.pivots
        vertex = minimise(program, **how)
        programs.append((len(program.columns), program.pivots - before))
        return vertex

    monkeypatch.setattr(LinearProgram, "minimise", counted)
    problem = case("mra-1")
    again, _ = solved(problem, region_memory)
    stages = len(again.stages)
    of_the_region = [pivots for columns, pivots in programs if columns > 2600]
    assert len(of_the_region) <= 3 * stages
    assert sum(of_the_region[:stages]) < 100
