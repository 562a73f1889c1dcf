"""One problem has one plan: the order of the rows and the number of threads change nothing."""

import pytest
from hypothesis import given, settings

from shared.contract.problem import Problem
from tests.allocator.cases.shuffling import backwards, reordered, shuffled
from tests.allocator.instances import problems
from tests.allocator.solving import case, solve, solved_case

SMALL = ["mini-1", "mini-2", "mini-3", "mini-4", "mini-5"]


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("name", SMALL)
def test_shuffled_rows_give_the_same_plan(name: str, seed: int) -> None:
    again = solve(reordered(case(name), shuffled(seed)))
    assert again.provenance.plan_hash == solved_case(name).provenance.plan_hash


def test_rows_from_last_to_first_give_the_same_plan() -> None:
    again = solve(reordered(case("mini-3"), backwards))
    assert again.provenance.plan_hash == solved_case("mini-3").provenance.plan_hash


@pytest.mark.parametrize("name", SMALL)
def test_two_threads_give_the_same_plan_as_one(name: str) -> None:
    again = solve(case(name), threads=2)
    assert again.provenance.plan_hash == solved_case(name).provenance.plan_hash


def test_the_whole_region_shuffled_and_on_two_threads_gives_the_same_plan() -> None:
    again = solve(reordered(case("mra-1"), shuffled(4)), threads=2)
    assert again.provenance.plan_hash == solved_case("mra-1").provenance.plan_hash


def test_a_shuffled_problem_is_the_same_problem() -> None:
    again = solve(reordered(case("mini-1"), shuffled(1)))
    assert again.provenance.problem_hash == solved_case("mini-1").provenance.problem_hash


@settings(max_examples=40, derandomize=True)
@given(problem=problems())
def test_any_region_shuffled_gives_the_same_plan(problem: Problem) -> None:
    again = solve(reordered(problem, shuffled(5)))
    assert again.provenance.plan_hash == solve(problem).provenance.plan_hash
