"""Ask the engine, as every test here does: no clock, one thread, the verifier on."""

from functools import cache
from pathlib import Path

from services.allocator.problem.outcome import StageKey
from services.allocator.service import SolveLimits, allocate
from shared.contract.problem import Problem
from shared.contract.reading import read_problem
from shared.contract.result import Result

CASES = Path(__file__).parent.parent / "data" / "cases"


def solve(problem: Problem, *, threads: int = 1, time_limit: float | None = None) -> Result:
    """The answer to a problem; raises when the verifier refuses it."""
    limits = SolveLimits(time_limit=time_limit, threads=threads, seed=0)
    return allocate(problem, limits, lambda progress: None)


def case(name: str) -> Problem:
    """A problem of tests/data/cases."""
    return read_problem((CASES / f"{name}.json").read_bytes())


@cache
def solved_case(name: str) -> Result:
    """The answer to a case, computed once per test session."""
    return solve(case(name))


def references(result: Result) -> dict[StageKey, float]:
    """The optimum per stage without whole households, where a stage has one."""
    return {
        (stage.objective, stage.tier): stage.reference
        for stage in result.stages
        if stage.reference is not None
    }


def values(result: Result) -> dict[StageKey, float | None]:
    """What the plan makes of each stage."""
    return {(stage.objective, stage.tier): stage.value for stage in result.stages}


def levels(result: Result) -> dict[tuple[str, str | None], float]:
    """Levels of both fairness stages per municipality and group (None: all groups)."""
    return {(row.municipality, row.group): row.level for row in result.levels}


def hosted(result: Result) -> dict[tuple[str, str], int]:
    """Households proposed per municipality and group."""
    return {
        (row.municipality, row.group): row.proposed
        for row in result.explanations
        if row.group is not None
    }


def households(result: Result, municipality: str, group: str) -> int:
    """Households of a group that a municipality is asked to host."""
    return hosted(result)[municipality, group]
