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

_JSON = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False)
_JSON_IN_LINES = json.JSONEncoder(sort_keys=True, separators=("\n", ":"), ensure_ascii=False)
_IN_GIVEN_ORDER = frozenset({"periods", "stages"})
_PLAN = {"status", "placements", "trades", "shortfalls", "waiting", "extra_capacity"}


def canonical_problem(problem: Problem) -> bytes:
    """Write a problem as JSON in its canonical form (UTF-8, keys sorted, no spaces)."""
    tree = _tree(problem.model_dump_json(by_alias=True))
    tree["distances"] = _pairs(tree["distances"])
    return _written(tree)


def canonical_plan(result: Result) -> bytes:
    """Write the plan in a result as JSON in its canonical form; rows of zero are left out."""
    tree = _tree(result.model_dump_json(by_alias=True, include=_PLAN))
    for name, value in tree.items():
        if isinstance(value, list):
            tree[name] = [row for row in value if row["households"]]
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


def _tree(document: str) -> Tree:
    tree: Tree = json.loads(document, parse_float=_plain_number)
    return tree


def _plain_number(digits: str) -> int | float:
    number = float(digits)
    whole = number.is_integer() and abs(number) <= LARGEST_EXACT_INTEGER
    return int(number) if whole else number


def _written(tree: Tree) -> bytes:
    fields = (f'"{name}":{_value(name, tree[name])}' for name in sorted(tree))
    return f"{{{','.join(fields)}}}".encode()


def _value(name: str, value: Any) -> str:
    if not isinstance(value, list) or name in _IN_GIVEN_ORDER:
        return _JSON.encode(value)
    for row in value:
        for key, inner in row.items():
            if isinstance(inner, list):
                row[key] = sorted(inner)
    # The id comes first, so that a hand that compares two files finds the same row.
    keys = [(row.get("id", ""), text) for row, text in zip(value, _texts(value), strict=True)]
    return f"[{','.join(text for _, text in sorted(keys))}]"


def _texts(rows: list[Tree]) -> list[str]:
    """Write each row on its own; all in one call, which costs a third of a call for each.

    A line end never stands inside JSON text, so as a separator it tells where a row ends.
    """
    lines = _JSON_IN_LINES.encode(rows)[1:-1].replace("}\n{", "}\0{")
    return [row.replace("\n", ",") for row in lines.split("\0") if row]


def _hash(content: bytes) -> str:
    return f"sha256:{hashlib.sha256(content).hexdigest()}"
