"""Two programs that share no code find the same optimum: one fast, one plain."""

from math import ceil

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from shared.contract.problem import Problem, Stage
from tests.allocator.instances import problems
from tests.allocator.solving import levels, references, solve, values
from tests.allocator.textbook import reference
from tests.allocator.whole_book import whole_optimum

UNITS = (0, 0.5, 1, 1.5, 2, 3)


def agree(problem: Problem) -> None:
    """Compare references within 1e-4 and levels within 1e-5."""
    result, book = solve(problem), reference(problem)
    assert references(result) == pytest.approx(book.values, abs=1e-4, rel=0)
    assert levels(result) == pytest.approx(
        {cell: level for (_, cell), level in book.levels.items()}, abs=1e-5, rel=0
    )


def asks(problem: Problem, *names: str) -> Problem:
    """The problem with these stages only."""
    rows = [{"objective": name} for name in names]
    return problem.model_copy(update={"stages": tuple(map(Stage.model_validate, rows))})


def somebody_needs_a_home(problem: Problem) -> bool:
    """Whether there is anything to decide."""
    return any(row.households for row in problem.needs)


@settings(max_examples=60, derandomize=True)
@given(problem=problems())
def test_every_stage_and_level_is_that_of_the_plain_program(problem: Problem) -> None:
    agree(problem)


@settings(max_examples=60, derandomize=True)
@given(problem=problems(sizes=UNITS))
def test_homes_of_any_size_give_the_same_references(problem: Problem) -> None:
    agree(problem)


@settings(max_examples=60, derandomize=True)
@given(problem=problems(stages=True))
def test_any_order_of_stages_with_slack_gives_the_same_references(problem: Problem) -> None:
    agree(problem)


@settings(max_examples=60, derandomize=True)
@given(problem=problems())
def test_shortfall_and_waiting_are_no_more_than_whole_households_need(problem: Problem) -> None:
    assume(somebody_needs_a_home(problem))
    asked = asks(problem, "commitments", "waiting")
    result, best = solve(asked), whole_optimum(asked) or {}
    most = {key: max(ceil(ref - 1e-6), best[key]) for key, ref in references(result).items()}
    found = {key: value for key, value in values(result).items() if value is not None}
    assert found["commitments", None] == best["commitments", None]
    assert [key for key, value in found.items() if value > most[key] + 1e-6] == []


@settings(max_examples=60, derandomize=True)
@given(problem=problems(sizes=UNITS))
def test_suitability_alone_is_the_optimum_in_whole_households(problem: Problem) -> None:
    assume(somebody_needs_a_home(problem))
    asked = asks(problem, "suitability")
    result = solve(asked)
    assert values(result) == pytest.approx(whole_optimum(asked))
    assert result.status == "optimal"


@settings(max_examples=60, derandomize=True)
@given(problem=problems(sizes=UNITS, pins=True), order=st.permutations(["commitments", "waiting"]))
def test_infeasible_means_that_no_plan_in_whole_households_exists(
    problem: Problem, order: list[str]
) -> None:
    asked = asks(problem, *order)
    assert (solve(asked).status == "infeasible") == (whole_optimum(asked) is None)
