"""The four municipalities that everyone knows (tests/data/SOURCES.md), and variants."""

from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel

from shared.contract.canonical import plan_hash
from shared.contract.problem import Problem
from shared.contract.reading import read_problem, read_result
from shared.contract.result import Result
from shared.verify.facts import facts_of
from shared.verify.plan import plan_of
from shared.verify.verify import PlanRule, ReportRule

DATA = Path(__file__).parent.parent / "data"
CASES = DATA / "cases"
PROBLEM_BYTES = (DATA / "four-municipalities.problem.json").read_bytes()
RESULT_BYTES = (DATA / "four-municipalities.result.json").read_bytes()
PROBLEM = read_problem(PROBLEM_BYTES)
RESULT = read_result(RESULT_BYTES)

Document = TypeVar("Document", bound=BaseModel)


def with_row(document: Document, rows: str, number: int, **changes: Any) -> Document:
    """The document with one row of one list changed."""
    listed = list(getattr(document, rows))
    listed[number] = listed[number].model_copy(update=changes)
    return document.model_copy(update={rows: tuple(listed)})


def without_row(document: Document, rows: str, number: int) -> Document:
    """The document without one row of one list."""
    listed = list(getattr(document, rows))
    del listed[number]
    return document.model_copy(update={rows: tuple(listed)})


def with_more(document: Document, rows: str, *more: BaseModel) -> Document:
    """The document with rows added to one list."""
    return document.model_copy(update={rows: (*getattr(document, rows), *more)})


def sealed(result: Result) -> Result:
    """The result with the hash of the plan that it has now."""
    provenance = result.provenance.model_copy(update={"plan_hash": plan_hash(result)})
    return result.model_copy(update={"provenance": provenance})


def broken(
    rule: PlanRule, problem: Problem = PROBLEM, result: Result = RESULT
) -> list[tuple[str, str]]:
    """Tag and subject of what one rule about the plan finds."""
    facts = facts_of(problem)
    return [(v.tag, v.subject) for v in rule(facts, plan_of(facts, result))]


def mistold(
    rule: ReportRule, problem: Problem = PROBLEM, result: Result = RESULT
) -> list[tuple[str, str]]:
    """Tag and subject of what one rule about the whole result finds."""
    facts = facts_of(problem)
    return [(v.tag, v.subject) for v in rule(facts, plan_of(facts, result), result)]
