"""One way to write a problem or a plan, whatever order it was given in, and its hash.

Rows are sorted by their ids, defaults are filled in, numbers have one form (`1.0` is `1`, `-0`
is `0`) and a distance is written once, from the lower id to the higher. Two orders mean
something and stay: periods are in time, stages are in the planner's order.
"""

import hashlib
import json
from typing import Any

from shared.contract.problem import Problem
from shared.contract.result import Result
from shared.strict_json import LARGEST_EXACT_INTEGER

Tree = dict[str, Any]

_IN_GIVEN_ORDER = frozenset({"periods", "stages"})
_PLAN = {"status", "placements", "trades", "shortfalls", "waiting", "extra_capacity"}


def canonical_problem(problem: Problem) -> bytes:
    """Write a problem as JSON in its canonical form (UTF-8, keys sorted, no spaces)."""
    tree = _plain_numbers(problem.model_dump(mode="json", by_alias=True))
    tree["distances"] = _pairs(tree["distances"])
    for name, value in tree.items():
        if isinstance(value, list) and name not in _IN_GIVEN_ORDER:
            tree[name] = _sorted_rows([_with_sorted_lists(row) for row in value])
    return _written(tree)


def canonical_plan(result: Result) -> bytes:
    """Write the plan in a result as JSON in its canonical form; rows of zero are left out."""
    tree = _plain_numbers(result.model_dump(mode="json", by_alias=True, include=_PLAN))
    for name, value in tree.items():
        if isinstance(value, list):
            tree[name] = _sorted_rows([row for row in value if row["households"]])
    return _written(tree)


def problem_hash(problem: Problem) -> str:
    """Name a problem by its content: the same for every order of its rows."""
    return _hash(canonical_problem(problem))


def plan_hash(result: Result) -> str:
    """Name a plan by its content: status, placements, trades, shortfalls, waiting, extra."""
    return _hash(canonical_plan(result))


def _pairs(distances: list[Tree]) -> list[Tree]:
    once = {tuple(sorted((row["from"], row["to"]))): row["km"] for row in distances}
    return [{"from": low, "to": high, "km": km} for (low, high), km in once.items()]


def _with_sorted_lists(row: Tree) -> Tree:
    return {key: sorted(value) if isinstance(value, list) else value for key, value in row.items()}


def _sorted_rows(rows: list[Tree]) -> list[Tree]:
    # The id comes first, so that a hand that compares two files finds the same row.
    return sorted(rows, key=lambda row: (row.get("id", ""), _written(row)))


def _plain_numbers(node: Any) -> Any:
    if isinstance(node, dict):
        return {key: _plain_numbers(value) for key, value in node.items()}
    if isinstance(node, list):
        return [_plain_numbers(value) for value in node]
    if isinstance(node, float) and node.is_integer() and abs(node) <= LARGEST_EXACT_INTEGER:
        return int(node)
    return node


def _written(tree: Tree) -> bytes:
    text = json.dumps(tree, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode()


def _hash(content: bytes) -> str:
    return f"sha256:{hashlib.sha256(content).hexdigest()}"
