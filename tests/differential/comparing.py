"""Where the engine and the oracle disagree, in words."""

import json
from collections.abc import Iterator
from math import ceil, isclose
from typing import Any

from shared.contract.result import Result, StageOutcome
from tests.differential.asking import Oracle, problem_of, solved
from tests.differential.regions import region

WITHIN = 1e-6
"""Difference between two right programs; relative where numbers are larger than 1."""

Row = dict[str, Any]
StageKey = tuple[str, int | None]


def disagreement(oracle: Oracle, document: Row) -> list[str]:
    """Ask both about a document; an engine that gives no answer at all is a difference too."""
    answer = oracle.answer(document)
    if "failed" in answer:
        return [f"the oracle stops: {answer['failed']}"]
    try:
        result = solved(problem_of(document))
    except Exception as fault:
        return [f"the engine stops: {type(fault).__name__}: {fault}"]
    return differences(result, answer)


def report(oracle: Oracle, seed: int, number: int) -> str:
    """Say where both disagree about a random region, with all it takes to ask them again."""
    document = region(seed, number)
    found = disagreement(oracle, document)
    again = f"python -m tests.differential --seed {seed} --first {number} --problems 1 --shrink"
    return "\n".join([*found, again, json.dumps(document)]) if found else ""


def differences(result: Result, answer: Row) -> list[str]:
    """List every difference between a result and the oracle's answer to the same problem."""
    possible = answer["whole"] is not None
    if (result.status == "infeasible") == possible:
        said = "a plan" if possible else "no plan"
        return [f"the engine says {result.status}, and the oracle finds {said}"]
    if not possible:
        return []
    return [*_status(result), *_stages(result, answer["stages"]), *_whole(result, answer["whole"])]


def _status(result: Result) -> Iterator[str]:
    if result.status != "optimal":
        yield f"the status is {result.status}, with all the time in the world"


def _stages(result: Result, expected: list[Row]) -> Iterator[str]:
    asked = [(row["objective"], row["tier"]) for row in expected]
    told = [_key(stage) for stage in result.stages]
    if asked != told:
        yield f"the stages are {told}, and should be {asked}"
    references = {_key(stage): stage.reference for stage in result.stages}
    for row in expected:
        key = (row["objective"], row["tier"])
        if "reference" in row:
            yield from _differ(str(key), references.get(key), row["reference"])
        else:
            yield from _levels(result, row)


def _levels(result: Result, stage: Row) -> Iterator[str]:
    of_groups = stage["objective"] == "groupFairness"
    told = {
        (row.municipality, row.group): row.level
        for row in result.levels
        if (row.group is not None) == of_groups
    }
    expected = {(row["municipality"], row["group"]): row["level"] for row in stage["levels"]}
    if told.keys() != expected.keys():
        yield f"{stage['objective']} compares {sorted(told)}, and should {sorted(expected)}"
    for cell in sorted(told.keys() & expected.keys()):
        yield from _differ(f"level of {cell}", told[cell], expected[cell])


def _whole(result: Result, best: list[Row]) -> Iterator[str]:
    """Shortfall and waiting in whole households, for the stages that nothing comes before.

    The plan may round a reference up, and where more is lost it takes the least that is
    possible.
    """
    outcome = {_key(stage): stage for stage in result.stages}
    for row in best:
        key = (row["objective"], row["tier"])
        value, reference = outcome[key].value or 0.0, outcome[key].reference or 0.0
        most = max(row["value"], ceil(reference + row["slack"] - WITHIN))
        if key[0] == "suitability":
            yield from _differ("suitability of the plan", value, row["value"])
        elif value > most + WITHIN:
            yield f"{key} of the plan is {value}, and {most} is possible"
        elif row is best[0] and value < row["value"] - WITHIN:
            yield f"{key} of the plan is {value}, better than the best: {row['value']}"


def _differ(what: str, told: float | None, expected: float) -> Iterator[str]:
    if told is None or not isclose(told, expected, rel_tol=WITHIN, abs_tol=WITHIN):
        yield f"{what} is {told}, and the oracle finds {expected}"


def _key(stage: StageOutcome) -> StageKey:
    return stage.objective, stage.tier
