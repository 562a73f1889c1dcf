"""The same problem in other words, or on another machine, has the same answer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.allocator.service import SolveLimits, allocate
from shared.contract.problem import Problem
from shared.contract.reading import problem_from
from tests.allocator.cases.shuffling import reordered, shuffled
from tests.allocator.solving import levels, solve
from tests.metamorphic.crowded import crowded
from tests.metamorphic.related import (
    Tree,
    costs,
    first_change,
    orders,
    regions,
    rewritten,
    tree_of,
)


@regions
@given(problem=crowded(stages=True), seed=st.integers(0, 99))
def test_the_order_of_the_rows_changes_nothing(problem: Problem, seed: int) -> None:
    """Input is sorted by id before anything else, so the two runs are one run."""
    again, before = solve(reordered(problem, shuffled(seed))), solve(problem)
    assert again.provenance.plan_hash == before.provenance.plan_hash
    assert costs(again) == costs(before)


@regions
@given(problem=crowded(stages=True))
def test_names_do_not_matter_to_the_values_and_levels(problem: Problem) -> None:
    """No rule or objective looks at an id; the lexicographic optimum is unique.

    Here the ids of municipalities, groups, periods and rows sort the other way round. Which of
    the plans that are equally good is taken may change with them: that tie is broken by id.
    """
    names = opposite_names(problem)
    before, after = solve(problem), solve(problem_from(renamed(tree_of(problem), names)))
    moved = {(names[m], names.get(g or "")): level for (m, g), level in levels(before).items()}
    assert first_change(costs(before), costs(after)) == 0
    assert levels(after) == pytest.approx(moved, abs=1e-6)


@regions
@given(problem=crowded(sizes=(1, 1, 1, 0.5, 2), stages=True))
def test_threads_and_seeds_change_nothing(problem: Problem) -> None:
    """One thread decides and no step draws lots, so the plan is the same to the last household.

    Where a household takes half a home or two, this is the integer program; elsewhere the
    simplex method.
    """
    tries = [(threads, seed) for threads in (1, 2) for seed in (0, 1, 2)]
    answers = [
        allocate(problem, SolveLimits(time_limit=None, threads=t, seed=s), lambda progress: None)
        for t, s in tries
    ]
    assert len({answer.provenance.plan_hash for answer in answers}) == 1
    assert [costs(answer) for answer in answers] == [costs(answers[0])] * len(tries)


@regions
@given(problem=crowded(), order=orders(), part=st.integers(0, 9))
def test_a_lot_in_two_parts_is_the_same_lot(problem: Problem, order: list[Tree], part: int) -> None:
    """Any x in the whole lot is a sum of an x in each part, and the other way round.

    `allocate` has no switch for presolve. This relation and the next give the solver what a
    presolve would take away: columns in parallel, and rows that limit nothing.
    """
    halves = [half for lot in tree_of(problem)["supply"] for half in in_two(lot, part)]
    before = solve(rewritten(problem, stages=order))
    after = solve(rewritten(problem, stages=order, supply=halves))
    assert first_change(costs(before), costs(after)) == 0
    assert levels(after) == pytest.approx(levels(before), abs=1e-6)


@regions
@given(problem=crowded(), order=orders())
def test_rules_that_are_given_twice_or_limit_nothing_change_nothing(
    problem: Problem, order: list[Tree]
) -> None:
    """The set of plans is the same set."""
    tree = tree_of(problem, stages=order)
    years, groups = [year["id"] for year in tree["periods"]], [g["id"] for g in tree["groups"]]
    all_homes = sum(lot["potential"] for lot in tree["supply"])
    wide = [
        {
            "id": f"wide-{town['id']}",
            "municipality": town["id"],
            "groups": groups,
            "periods": years,
            "households": all_homes,
        }
        for town in tree["municipalities"]
    ]
    again = {
        name: tree[name] + [{**row, "id": f"again-{row['id']}"} for row in tree[name]]
        for name in ("ceilings", "support")
    }
    before = solve(rewritten(problem, stages=order))
    after = solve(problem_from({**tree, **again, "ceilings": again["ceilings"] + wide}))
    assert first_change(costs(before), costs(after)) == 0
    assert levels(after) == pytest.approx(levels(before), abs=1e-6)


def opposite_names(problem: Problem) -> dict[str, str]:
    """New ids that sort the other way round, by old id."""
    lists = (problem.municipalities, problem.groups, problem.periods, problem.supply)
    rules = (problem.support, problem.commitments, problem.ceilings)
    ids = sorted(row.id for rows in (*lists, *rules) for row in rows)
    return {old: f"id-{len(ids) - n:03}" for n, old in enumerate(ids)}


def renamed(tree: Tree, names: dict[str, str]) -> Tree:
    """The same rows with other ids; no id is also the name of something else."""

    def spoken(node: object) -> object:
        if isinstance(node, dict):
            return {key: spoken(value) for key, value in node.items()}
        if isinstance(node, list):
            return [spoken(value) for value in node]
        return names.get(node, node) if isinstance(node, str) else node

    return {key: spoken(value) for key, value in tree.items()}


def in_two(lot: Tree, part: int) -> list[Tree]:
    """The lot as two lots of the same form."""
    reported, potential = min(part, lot["reported"]), min(part, lot["potential"])
    one = {**lot, "id": f"{lot['id']}-one", "reported": reported, "potential": potential}
    rest = {"reported": lot["reported"] - reported, "potential": lot["potential"] - potential}
    return [one, {**lot, "id": f"{lot['id']}-other", **rest}]
