"""What we promise municipalities and households, on any small region."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from shared.contract.problem import Problem
from shared.contract.reading import problem_from
from tests.allocator.instances import problems
from tests.allocator.region import group, homes, km, need, region, shares
from tests.allocator.solving import hosted, levels, references, solve

few = settings(max_examples=40, derandomize=True)


def rewritten(problem: Problem, **rows: Any) -> Problem:
    """The problem with some lists replaced, read again as a whole."""
    return problem_from({**problem.model_dump(mode="json", by_alias=True), **rows})


def renamed(tree: Any, names: dict[str, str]) -> Any:
    """The same tree with every municipality called otherwise."""
    if isinstance(tree, dict):
        return {key: renamed(value, names) for key, value in tree.items()}
    if isinstance(tree, list):
        return [renamed(value, names) for value in tree]
    return names.get(tree, tree) if isinstance(tree, str) else tree


def first_tier(problem: Problem) -> tuple[str, int]:
    """The stage in which the first tier waits."""
    return "waiting", min(row.tier for row in problem.groups)


@few
@given(problem=problems())
def test_names_do_not_matter(problem: Problem) -> None:
    ids = [row.id for row in problem.municipalities]
    names = {old: f"GM{9 - n}" for n, old in enumerate(ids)}
    other = problem_from(renamed(problem.model_dump(mode="json", by_alias=True), names))
    before, after = solve(problem), solve(other)
    moved = {(names[m], g): level for (m, g), level in levels(before).items()}
    assert references(after) == pytest.approx(references(before), abs=1e-6)
    assert levels(after) == pytest.approx(moved, abs=1e-6)


@few
@given(problem=problems(), more=st.integers(1, 5))
def test_more_homes_never_make_the_first_tier_wait_longer(problem: Problem, more: int) -> None:
    # Agreements come first and may send new homes to a later tier; here waiting comes first.
    supply = [row.model_dump(by_alias=True, mode="json") for row in problem.supply]
    larger = [{**row, "potential": row["potential"] + more} for row in supply]
    first = [{"objective": "waiting"}]
    before = solve(rewritten(problem, stages=first))
    after = solve(rewritten(problem, stages=first, supply=larger))
    key = first_tier(problem)
    assert references(after)[key] <= references(before)[key] + 1e-6


@few
@given(problem=problems(), more=st.integers(1, 5))
def test_more_need_never_makes_fewer_wait(problem: Problem, more: int) -> None:
    needs = [row.model_dump(by_alias=True, mode="json") for row in problem.needs]
    larger = [{**row, "households": row["households"] + more} for row in needs]
    # With access rules more need also admits more, but never more than came.
    first = [{"objective": "waiting"}]
    before = solve(rewritten(problem, stages=first))
    after = solve(rewritten(problem, stages=first, needs=larger))
    key = first_tier(problem)
    assert references(after)[key] >= references(before)[key] - 1e-6


@few
@given(problem=problems())
def test_a_ceiling_is_never_broken(problem: Problem) -> None:
    result = solve(problem)
    where = {lot.id: lot for lot in problem.supply}
    under = {
        row.id: sum(
            placed.households
            for placed in result.placements
            if where[placed.lot].municipality == row.municipality
            and where[placed.lot].period in row.periods
            and placed.group in row.groups
        )
        for row in problem.ceilings
    }
    assert [row.id for row in problem.ceilings if under[row.id] > row.households] == []


@few
@given(needs=st.lists(st.integers(5, 40), min_size=3, max_size=3))
def test_the_same_rules_and_enough_homes_leave_nothing_to_shop_for(needs: list[int]) -> None:
    problem = region(
        supply=[homes(m, 120) for m in "ABC"],
        needs=[need(m, n) for m, n in zip("ABC", needs, strict=True)],
        distances=[km("A", "B", 5), km("B", "C", 5), km("A", "C", 5)],
        reachKm=10,
    )
    assert [(row.chance, row.pull) for row in solve(problem).pulls] == [(1, 0)] * 3


@few
@given(homes_each=st.integers(0, 20), needs=st.integers(0, 40))
def test_identical_municipalities_differ_by_at_most_one_household(
    homes_each: int, needs: int
) -> None:
    problem = region(
        municipalities=[{"id": m, "name": m} for m in "ABCD"],
        supply=[homes(m, homes_each) for m in "ABCD"],
        needs=[need(m, needs) for m in "ABCD"],
        shares=shares(A=0.25, B=0.25, C=0.25, D=0.25),
    )
    numbers = hosted(solve(problem)).values()
    assert max(numbers) - min(numbers) <= 1


@few
@given(problem=problems(sizes=(0, 0.5, 2)))
def test_every_answer_is_accepted_by_the_verifier(problem: Problem) -> None:
    assert solve(problem).status in ("optimal", "feasible")


@few
@given(problem=problems(), factor=st.integers(2, 4))
def test_a_region_that_is_k_times_as_large_waits_at_most_k_times_as_long(
    problem: Problem, factor: int
) -> None:
    rows = {
        "supply": ("reported", "potential"),
        "needs": ("households",),
        "support": ("slots",),
        "commitments": ("households",),
        "ceilings": ("households",),
    }
    tree = problem.model_dump(mode="json", by_alias=True)
    larger = {
        name: [{**row, **{f: factor * row[f] for f in fields}} for row in tree[name]]
        for name, fields in rows.items()
    }
    asked = [{"objective": "commitments"}, {"objective": "waiting"}]
    before = references(solve(rewritten(problem, stages=asked)))
    after = references(solve(rewritten(problem, stages=asked, **larger)))
    assert after == pytest.approx({key: factor * value for key, value in before.items()}, abs=1e-6)


@few
@given(parts=st.lists(st.integers(1, 5), min_size=3, max_size=3), needs=st.integers(3, 60))
def test_with_room_everywhere_everyone_hosts_its_share_to_the_household(
    parts: list[int], needs: int
) -> None:
    assume(all(Fraction(part, sum(parts)) * needs > 1 for part in parts))
    key = {m: part / sum(parts) for m, part in zip("ABC", parts, strict=True)}
    problem = region(
        groups=[group(spread="near", maxKm=10)],
        supply=[homes(m, 60) for m in "ABC"],
        needs=[need("A", needs)],
        shares=shares(**key),
        distances=[km("A", "B", 5), km("A", "C", 9)],
    )
    found = hosted(solve(problem))
    away = [abs(found[m, "status"] - part * needs) for m, part in key.items()]
    assert max(away) <= 1 + 1e-6
