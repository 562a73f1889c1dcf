"""A region k times as large, a municipality twice, and a municipality that takes no part."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from shared.contract.problem import Problem
from shared.contract.reading import problem_from
from shared.contract.result import StageOutcome
from tests.allocator.solving import levels, solve, values
from tests.metamorphic.crowded import crowded
from tests.metamorphic.related import (
    Tree,
    costs,
    first_change,
    hosted,
    orders,
    regions,
    tree_of,
)

FIGURES = {
    "supply": ("reported", "potential"),
    "needs": ("households",),
    "support": ("slots",),
    "commitments": ("households",),
    "ceilings": ("households",),
    "previous": ("households",),
}
LARGE = 40
"""Times which every fair share is at least one household, so the same cells are compared."""
RATIOS = ("shopping.max", "shopping.sum")
"""Stages whose value is a part of a need, not a number of households."""


def times(tree: Tree, k: int) -> Tree:
    """The problem with every figure k times as large, and nothing else."""
    rows = {
        name: [{**row, **{field: k * row[field] for field in fields}} for row in tree[name]]
        for name, fields in FIGURES.items()
    }
    return {**tree, **rows, "minNeed": k * tree["minNeed"]}


@regions
@given(problem=crowded(), order=orders(), k=st.integers(2, 5))
def test_a_region_k_times_as_large_has_k_times_the_optimum(
    problem: Problem, order: list[Tree], k: int
) -> None:
    """x is a plan if and only if k x is one of the larger region, in parts of households.

    Stages in households are k times as large; chances, pulls and levels are ratios and stay.
    """
    base = times(tree_of(problem, stages=order), LARGE)
    before, after = solve(problem_from(base)), solve(problem_from(times(base, k)))
    scaled = [
        row if row.objective in RATIOS or row.reference is None else larger(row, k)
        for row in before.stages
    ]
    expected = before.model_copy(update={"stages": tuple(scaled)})
    assert first_change(costs(expected), costs(after)) == 0
    assert levels(after) == pytest.approx(levels(before), abs=1e-6)


@regions
@given(
    problem=crowded(sizes=(0.7, 1.6, 2.3)),
    first=st.sampled_from(["waiting", "commitments"]),
    k=st.integers(2, 4),
)
def test_whole_households_of_a_region_k_times_as_large_wait_at_most_k_times_as_long(
    problem: Problem, first: str, k: int
) -> None:
    """k times the whole plan is a whole plan of the larger region.

    Households of 0.7, 1.6 and 2.3 homes go to the integer program, whose first stage is
    proven. C9 is kept too: it rounds up who is refused, and rounding up k times as many gives no
    more than k times what was rounded up.
    """
    tree = tree_of(problem, stages=[{"objective": first}])
    before, after = solve(problem_from(tree)), solve(problem_from(times(tree, k)))
    assume((before.status, after.status) == ("optimal", "optimal"))
    (key, once), (_, now) = next(iter(values(before).items())), next(iter(values(after).items()))
    assert key[0] == first
    assert (now or 0) <= k * (once or 0)


@regions
@given(problem=crowded(), order=orders())
def test_twins_reach_the_same_levels(problem: Problem, order: list[Tree]) -> None:
    """Swapping the twins maps the problem to itself, and the leximin levels are unique.

    Without whole households only: a plan in whole households may have to break the tie, by a
    household and, where another rule has no room between, by two.
    """
    tree = tree_of(problem, stages=order)
    town = tree["municipalities"][0]["id"]
    found = levels(solve(problem_from(twinned(tree, town))))
    assert {g: level for (m, g), level in found.items() if m == "twin"} == pytest.approx(
        {g: level for (m, g), level in found.items() if m == town}, abs=1e-6
    )


@regions
@given(problem=crowded(spreads=("region", "near")))
def test_twins_differ_by_at_most_one_household_of_the_only_group(problem: Problem) -> None:
    """If one had two more, a household in a lot of which it has more could move to its twin.

    The twins are in the same place (0 km), with homes as their only limit, so that is a plan.
    Both are within one household of the target that they share, so one is above it and the
    other below, and the plan after the move is nearer; the nearest is taken. They share a target
    when they are compared: below a fair share of one household they are not. Where whole access
    (C9) leaves too few households to reach the targets, they share the lack.
    """
    town, group = problem.municipalities[0].id, problem.groups[0].id
    question = problem_from(twinned(one_group(tree_of(problem)), town))
    answer = solve(question)
    assume((town, group) in levels(answer))
    number = hosted(question, answer)
    assert abs(number[town, group] - number["twin", group]) <= 1


@regions
@given(
    problem=crowded(stages=True),
    name=st.sampled_from(["A", "GM1x", "Z"]),
    in_support=st.booleans(),
)
def test_a_municipality_without_homes_needs_or_shares_changes_nothing(
    problem: Problem, name: str, in_support: bool
) -> None:
    """No household can come from it or go to it, so every plan is the same plan.

    It may be as near to the others as they are to each other, and stand in their support rows.
    No further: a distance that is not known counts as the largest one known (O8).
    """
    tree = tree_of(problem)
    nearest = min([row["km"] for row in tree["distances"]], default=0)
    pairs = [{"from": name, "to": row["id"], "km": nearest} for row in tree["municipalities"]]
    support = [
        {**row, "municipalities": [*row["municipalities"], *[name] * in_support]}
        for row in tree["support"]
    ]
    rows = {
        "municipalities": [*tree["municipalities"], {"id": name, "name": name}],
        "distances": tree["distances"] + pairs * bool(tree["distances"]),
        "shares": tree["shares"]
        + [
            {"municipality": name, "group": group, "share": 0}
            for group in sorted({row["group"] for row in tree["shares"]})
        ],
        "support": support,
    }
    before, after = solve(problem), solve(problem_from({**tree, **rows}))
    assert first_change(costs(before), costs(after)) == 0
    assert after.provenance.plan_hash == before.provenance.plan_hash


def larger(row: StageOutcome, k: int) -> StageOutcome:
    """The stage with k times the optimum."""
    return row.model_copy(update={"reference": k * (row.reference or 0)})


def twinned(tree: Tree, town: str) -> Tree:
    """The problem with a municipality twice: all rows of the one for the other, shares halved."""

    def twins(rows: list[Tree]) -> list[Tree]:
        here = [row for row in rows if row["municipality"] == town]
        return rows + [{**row, "municipality": "twin"} | new_id(row) for row in here]

    halved = [
        {**row, "share": row["share"] / 2} if row["municipality"] == town else row
        for row in tree["shares"]
    ]
    cells = ("supply", "needs", "commitments", "ceilings", "access", "suitability", "previous")
    return {
        **tree,
        **{name: twins(tree[name]) for name in cells},
        "shares": twins(halved),
        "municipalities": [*tree["municipalities"], {"id": "twin", "name": "twin"}],
        "support": [
            {**row, "municipalities": both(row["municipalities"], town)} for row in tree["support"]
        ],
        "distances": [
            *tree["distances"],
            *(seen_from_twin(row, town) for row in tree["distances"] if town in row.values()),
            {"from": town, "to": "twin", "km": 0},
        ],
    }


def new_id(row: Tree) -> Tree:
    """The id of a copied row, where rows of its list have one."""
    return {"id": f"twin-{row['id']}"} if "id" in row else {}


def both(towns: list[str], town: str) -> list[str]:
    """Municipalities that share support; the twin shares it with its twin."""
    return [*towns, *["twin"] * (town in towns)]


def seen_from_twin(row: Tree, town: str) -> Tree:
    """A distance to a municipality, as the one to its twin."""
    ends = {end: "twin" if row[end] == town else row[end] for end in ("from", "to")}
    return {**row, **ends}


def one_group(tree: Tree) -> Tree:
    """The first group alone, with homes as its only limit."""
    group = tree["groups"][0]
    of_group = ("needs", "shares", "access")
    return {
        **tree,
        **{name: [row for row in tree[name] if row["group"] == group["id"]] for name in of_group},
        "groups": [{**group, "support": {}}],
        "supply": [
            {**lot, "groups": [group["id"]]}
            for lot in tree["supply"]
            if group["id"] in lot["groups"]
        ],
        **{name: [] for name in ("support", "commitments", "ceilings", "suitability", "previous")},
    }
