"""The hash of a problem or plan: the same for the same content, whatever the order."""

import json
import random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from shared.contract.canonical import canonical_plan, canonical_problem, plan_hash, problem_hash
from shared.contract.reading import problem_from, read_problem
from shared.contract.result import Placement
from tests.shared.four_municipalities import (
    CASES,
    PROBLEM,
    PROBLEM_BYTES,
    RESULT,
    with_more,
    with_row,
)

MINI = (CASES / "mini-5.json").read_bytes()


def shuffled(raw: bytes, order: random.Random) -> Any:
    """The same problem with its lists, its lists of ids and its fields in another order."""
    tree = json.loads(raw)
    for name, rows in tree.items():
        if isinstance(rows, list) and name not in ("periods", "stages"):
            tree[name] = [_shuffled_row(row, order) for row in order.sample(rows, len(rows))]
    return dict(order.sample(list(tree.items()), len(tree)))


def _shuffled_row(row: dict[str, Any], order: random.Random) -> dict[str, Any]:
    fields = order.sample(list(row.items()), len(row))
    return {k: order.sample(v, len(v)) if isinstance(v, list) else v for k, v in fields}


@settings(max_examples=25, deadline=None)
@given(st.randoms(use_true_random=True))
def test_a_shuffled_problem_has_the_same_hash(order: random.Random) -> None:
    same = problem_from(shuffled(MINI, order))
    assert problem_hash(same) == problem_hash(read_problem(MINI))


def test_another_number_gives_another_hash() -> None:
    assert problem_hash(with_row(PROBLEM, "needs", 0, households=11)) != problem_hash(PROBLEM)


def test_the_order_of_stages_is_part_of_the_problem() -> None:
    reversed_stages = PROBLEM.model_copy(update={"stages": PROBLEM.stages[::-1]})
    assert problem_hash(reversed_stages) != problem_hash(PROBLEM)


def test_a_default_written_out_changes_nothing() -> None:
    tree = json.loads(PROBLEM_BYTES)
    tree.update(minNeed=5, stages=[s.model_dump() for s in PROBLEM.stages])
    assert problem_hash(problem_from(tree)) == problem_hash(PROBLEM)


def test_a_distance_from_the_other_end_changes_nothing() -> None:
    tree = json.loads(PROBLEM_BYTES)
    tree["distances"][0] = {"from": "B", "to": "A", "km": 5.0}
    tree["distances"].append({"from": "A", "to": "B", "km": 5})
    assert problem_hash(problem_from(tree)) == problem_hash(PROBLEM)


def test_one_and_one_point_nought_are_the_same_number() -> None:
    tree = json.loads(PROBLEM_BYTES)
    tree["groups"][0]["burden"] = 1.0
    assert problem_hash(problem_from(tree)) == problem_hash(PROBLEM)


def test_the_canonical_form_can_be_read_again() -> None:
    again = read_problem(canonical_problem(PROBLEM))
    assert canonical_problem(again) == canonical_problem(PROBLEM)


def test_the_hash_of_a_plan_does_not_depend_on_order_or_on_rows_of_nobody() -> None:
    nobody = Placement(lot="A-home", group="youth", households=0)
    turned = RESULT.model_copy(update={"placements": RESULT.placements[::-1]})
    assert plan_hash(with_more(turned, "placements", nobody)) == plan_hash(RESULT)


def test_the_hash_of_a_plan_is_about_the_plan_only() -> None:
    untold = RESULT.model_copy(update={"explanations": (), "pulls": (), "levels": ()})
    assert plan_hash(untold) == plan_hash(RESULT)
    assert plan_hash(with_row(RESULT, "waiting", 0, households=9)) != plan_hash(RESULT)
    assert b"explanations" not in canonical_plan(RESULT)
