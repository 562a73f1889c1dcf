"""The same problem with its rows in another order; periods and stages keep theirs."""

from collections.abc import Callable
from random import Random
from typing import Any

from shared.contract.problem import Problem
from shared.contract.reading import problem_from

ORDERED = ("periods", "stages")

Reorder = Callable[[list[Any]], list[Any]]


def shuffled(seed: int) -> Reorder:
    """Put rows in an order that a seed decides."""
    random = Random(seed)  # noqa: S311  (an order, not a secret)
    return lambda rows: random.sample(rows, len(rows))


def backwards(rows: list[Any]) -> list[Any]:
    """Put the last row first."""
    return rows[::-1]


def reordered(problem: Problem, reorder: Reorder) -> Problem:
    """The problem with every list, also those inside rows, in another order."""
    tree = problem.model_dump(mode="json", by_alias=True)
    return problem_from({name: _rows(name, value, reorder) for name, value in tree.items()})


def _rows(name: str, value: Any, reorder: Reorder) -> Any:
    if not isinstance(value, list) or name in ORDERED:
        return value
    return reorder([_inside(row, reorder) for row in value])


def _inside(row: dict[str, Any], reorder: Reorder) -> dict[str, Any]:
    turned = {key: reorder(v) if isinstance(v, list) else v for key, v in row.items()}
    return {key: _backward_keys(v) if isinstance(v, dict) else v for key, v in turned.items()}


def _backward_keys(rows: dict[str, Any]) -> dict[str, Any]:
    return dict(reversed(rows.items()))
