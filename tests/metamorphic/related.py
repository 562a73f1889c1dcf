"""What the relations share: how many regions they try, and how two answers are compared.

The answer to a problem without whole households is a list of numbers in the planner's order: the
optimum of each stage and, for a leximin stage, the levels from low to high. That list is the
lexicographic optimum over all plans, so it is a property of the problem and not of the road the
solver took. Most relations are about this list; a plan in whole households is one of several
that are as near to it as can be, and only relations that say so are about the plan.
"""

import os
from collections.abc import Sequence
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st

from shared.contract.problem import Problem
from shared.contract.reading import problem_from
from shared.contract.result import Result
from tests.allocator.instances import DEFAULT_ORDER

Tree = dict[str, Any]

EXAMPLES = 1_000 if os.environ.get("EVENWICHT_LONG") == "1" else 30
"""Regions per relation; together the relations of a long run try more than 10,000."""
regions = settings(max_examples=EXAMPLES, derandomize=True, deadline=None)

SAME = 1e-6
"""Numbers of the simplex method that differ less, relative above 1, are the same number."""


@st.composite
def orders(draw: st.DrawFn, first: str | None = None) -> list[Tree]:
    """Draw stages without slack: slack lets a stage get worse, which is its purpose."""
    names = draw(st.permutations(DEFAULT_ORDER))[: draw(st.integers(3, len(DEFAULT_ORDER)))]
    rest = [name for name in names if name != first]
    return [{"objective": name} for name in ([first] if first else []) + rest]


def tree_of(problem: Problem, **rows: Any) -> Tree:
    """The problem as plain rows that a test may change, with some lists replaced."""
    return {**problem.model_dump(mode="json", by_alias=True), **rows}


def rewritten(problem: Problem, **rows: Any) -> Problem:
    """The problem with some lists replaced, read again as a whole."""
    return problem_from(tree_of(problem, **rows))


def costs(result: Result) -> list[float]:
    """The optimum without whole households as one list, in which lower is better.

    A level is good when it is high, and the lowest comes first, as leximin compares them.
    """
    told: list[float] = []
    for stage in result.stages:
        if stage.objective in ("municipalFairness", "groupFairness"):
            of_groups = stage.objective == "groupFairness"
            rows = [row for row in result.levels if (row.group is not None) == of_groups]
            told += sorted((-row.level for row in rows), reverse=True)
        elif stage.reference is not None:
            told.append(_cost(stage.objective, stage.reference))
    return told


def plan_costs(problem: Problem, result: Result) -> list[float]:
    """The same list for the plan in whole households."""
    told: list[float] = []
    for stage in result.stages:
        if stage.objective == "municipalFairness":
            told += sorted((-level for level in _municipal(problem, result)), reverse=True)
        elif stage.objective == "groupFairness":
            told += sorted((-level for level in _of_groups(problem, result)), reverse=True)
        elif stage.value is not None:
            told.append(_cost(stage.objective, stage.value))
    return told


def hosted(problem: Problem, result: Result) -> dict[tuple[str, str], int]:
    """Households of the plan per municipality and group."""
    number = {(town.id, group.id): 0 for town in problem.municipalities for group in problem.groups}
    for row in result.trades:
        number[row.host, row.group] += row.households
    return number


def first_change(before: Sequence[float], after: Sequence[float]) -> float:
    """The first number in the planner's order that differs: by how much it is worse now.

    0 when none differs; below 0 when it is better, and then what comes after it may be worse.
    """
    changes = (
        now - then
        for then, now in zip(before, after, strict=True)
        if abs(now - then) > SAME * max(1, abs(then))
    )
    return next(changes, 0.0)


def _cost(objective: str, value: float) -> float:
    return -value if objective == "suitability" else value


def _fair_shares(problem: Problem) -> dict[tuple[str, str], float]:
    need = {group.id: 0 for group in problem.groups}
    for row in problem.needs:
        need[row.group] += row.households
    return {(row.municipality, row.group): row.share * need[row.group] for row in problem.shares}


def _of_groups(problem: Problem, result: Result) -> list[float]:
    fair, number = _fair_shares(problem), hosted(problem, result)
    cells = [(row.municipality, row.group) for row in result.levels if row.group is not None]
    return [number[cell] / fair[cell] for cell in cells]


def _municipal(problem: Problem, result: Result) -> list[float]:
    fair, number = _fair_shares(problem), hosted(problem, result)
    weights = {g.id: g.burden for g in problem.groups if g.spread in ("region", "near")}
    return [
        sum(weight * number[row.municipality, g] for g, weight in weights.items())
        / sum(weight * fair.get((row.municipality, g), 0) for g, weight in weights.items())
        for row in result.levels
        if row.group is None
    ]
