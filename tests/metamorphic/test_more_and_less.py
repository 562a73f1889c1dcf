"""More room, fewer rules, fewer people: what can only get better does."""

from collections.abc import Callable, Iterator
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from shared.contract.problem import Problem
from shared.contract.reading import problem_from
from tests.allocator.solving import references, solve
from tests.metamorphic.crowded import crowded
from tests.metamorphic.related import (
    Tree,
    costs,
    first_change,
    orders,
    regions,
    tree_of,
)

Change = Callable[[Tree], Tree | None]
small = st.integers(1, 5)


def changed(tree: Tree, rows: str, number: int, change: Change) -> Tree:
    """The problem with one row of a list changed, or left out where the change gives nothing."""
    turn = number % max(1, len(tree[rows]))
    new = [change(row) if at == turn else row for at, row in enumerate(tree[rows])]
    return {**tree, rows: [row for row in new if row is not None]}


def plus(field: str, more: int) -> Change:
    """A row in which one figure is larger."""
    return lambda row: {**row, field: row[field] + more}


def having(**fields: Any) -> Change:
    """A row with other values."""
    return lambda row: {**row, **fields}


def left_out(row: Tree) -> None:
    """No row at all."""


def further(row: Tree) -> Tree:
    """A group near its municipality that may go further; any other group as it is."""
    return {**row, "maxKm": 40} if row["spread"] == "near" else row


def relaxations(tree: Tree, more: int) -> Iterator[tuple[str, Change]]:
    """Every way to give the plan more freedom: a list of the problem, and a change of one row.

    None of them touches what an objective measures, except a commitment that asks for less: of
    the same plan, its shortfall (O1) can only fall. What is reported stays, for O7.
    """
    yield "supply", plus("potential", more)
    yield "supply", having(groups=[group["id"] for group in tree["groups"]])
    yield "groups", having(support={})
    yield "groups", further
    yield "support", plus("slots", more)
    yield "ceilings", plus("households", more)
    yield "access", having(rate=1)
    yield from ((rows, left_out) for rows in ("support", "ceilings", "pins", "commitments"))


@regions
@given(
    problem=crowded() | crowded(pins=True),
    order=orders(),
    number=st.integers(0, 8),
    more=small,
    draw=st.data(),
)
def test_relaxing_a_rule_never_makes_the_answer_worse(
    problem: Problem, order: list[Tree], number: int, more: int, draw: st.DataObject
) -> None:
    """Every plan stays possible, and the lexicographic optimum over more plans is no worse.

    No worse in the planner's order: the first stage never gets worse, and a later one only
    when an earlier one got better (fairness may fall because more people are housed).
    """
    tree = tree_of(problem, stages=order)
    possible = [(rows, change) for rows, change in relaxations(tree, more) if tree[rows]]
    rows, change = draw.draw(st.sampled_from(possible))
    before = solve(problem_from(tree))
    assume(before.status != "infeasible")
    after = solve(problem_from(changed(tree, rows, number, change)))
    assert first_change(costs(before), costs(after)) <= 0


@regions
@given(problem=crowded(), number=st.integers(0, 5), more=small, town=st.integers(0, 3))
def test_more_capacity_never_makes_the_first_tier_wait_longer(
    problem: Problem, number: int, more: int, town: int
) -> None:
    """Waiting comes first here; with more homes every plan of before is still one.

    Not so for a later tier, nor for fairness: whoever is housed in addition may be somebody
    else's turn, or in a municipality that carries much already.
    """
    tree = tree_of(problem, stages=[{"objective": "waiting"}])
    towns, groups = [row["id"] for row in tree["municipalities"]], [g["id"] for g in tree["groups"]]
    lot = {
        "id": "new",
        "municipality": towns[town % len(towns)],
        "form": "home",
        "period": tree["periods"][0]["id"],
        "reported": more,
        "potential": more,
        "groups": groups,
    }
    larger = changed(tree, "supply", number, plus("potential", more))
    larger["supply"].append(lot)
    before, after = solve(problem_from(tree)), solve(problem_from(larger))
    tier = first_tier(problem)
    assert references(after)[tier] <= references(before)[tier] + 1e-6


@regions
@given(problem=crowded(), order=orders(first="waiting"), number=st.integers(0, 8), more=small)
def test_more_need_never_makes_fewer_of_the_first_tier_wait(
    problem: Problem, order: list[Tree], number: int, more: int
) -> None:
    """Take a plan for the larger need, and leave out households above the smaller one.

    In each period leave out as few as C9 (C3 where all are admitted) asks. Those left out up to
    a period are never more than the households that came in addition, so as many or fewer wait;
    homes, support and ceilings only get emptier. Pins could forbid that, so there are none.
    """
    tree = tree_of(problem, stages=order)
    larger = changed(tree, "needs", number, plus("households", more))
    before, after = solve(problem_from(tree)), solve(problem_from(larger))
    tier = first_tier(problem)
    assert references(after)[tier] >= references(before)[tier] - 1e-6


@regions
@given(problem=crowded(), order=orders(first="commitments"), number=st.integers(0, 8), more=small)
def test_more_need_never_breaks_an_agreement(
    problem: Problem, order: list[Tree], number: int, more: int
) -> None:
    """More need admits more households (C3, C9) and forbids no plan; O1 does not look at need."""
    tree = tree_of(problem, stages=order)
    larger = changed(tree, "needs", number, plus("households", more))
    before, after = solve(problem_from(tree)), solve(problem_from(larger))
    key = ("commitments", None)
    assert references(after)[key] <= references(before)[key] + 1e-6


@regions
@given(problem=crowded(), first=st.sampled_from(["waiting", "commitments"]), draw=st.data())
def test_merging_two_groups_that_are_alike_never_makes_more_people_wait(
    problem: Problem, first: str, draw: st.DataObject
) -> None:
    """Give the merged group the homes of both together: every plan of the two is one of it.

    Alike: tier, burden, spread, sizes and support are the same, or no such plan need exist. The
    merged group is admitted where one of the two was, may fill every lot of one of them, and
    stays under ceilings for both; ceilings for one of them would now stop the other as well,
    and go. Fairness is left out: its cells are other cells.
    """
    assume(len(problem.groups) > 1)
    tree = alike(tree_of(problem, stages=[{"objective": first}]))
    before, after = solve(problem_from(tree)), solve(problem_from(merged(tree)))
    key = {"waiting": first_tier(problem_from(tree)), "commitments": ("commitments", None)}[first]
    assert references(after)[key] <= references(before)[key] + 1e-6


def first_tier(problem: Problem) -> tuple[str, int]:
    """The stage in which the first tier waits."""
    return "waiting", min(row.tier for row in problem.groups)


def alike(tree: Tree) -> Tree:
    """The problem with its second group made like its first."""
    first, second, *others = tree["groups"]
    return {**tree, "groups": [first, {**first, "id": second["id"]}, *others]}


def merged(tree: Tree) -> Tree:
    """The problem with its second group in its first."""
    one, two = (group["id"] for group in tree["groups"][:2])

    def into(groups: list[str]) -> list[str]:
        return list(dict.fromkeys(one if group == two else group for group in groups))

    def of(row: Tree) -> Tree:
        return {**row, "groups": into(row["groups"])}

    gone = [{**row, "group": one} for row in tree["needs"] if row["group"] == two]
    need: dict[tuple[Any, ...], int] = {}
    for row in [*(row for row in tree["needs"] if row["group"] != two), *gone]:
        key = (row["municipality"], row["group"], row["period"])
        need[key] = need.get(key, 0) + row["households"]
    keys = ("municipality", "group", "period", "households")
    rest = {
        name: [row for row in tree[name] if row["group"] != two]
        for name in ("shares", "suitability", "previous")
    }
    return {
        **tree,
        **rest,
        "groups": [group for group in tree["groups"] if group["id"] != two],
        "supply": [of(lot) for lot in tree["supply"]],
        "commitments": [of(row) for row in tree["commitments"]],
        "ceilings": [
            of(row) for row in tree["ceilings"] if len({one, two} & {*row["groups"]}) != 1
        ],
        "needs": [dict(zip(keys, (*key, n), strict=True)) for key, n in need.items()],
        "access": admitted(tree["access"], one, two),
    }


def admitted(rows: list[Tree], one: str, two: str) -> list[Tree]:
    """Who is admitted when the second group is in the first: the higher rate of the two."""
    rate = {(row["municipality"], row["group"]): row["rate"] for row in rows}
    towns = {row["municipality"] for row in rows}
    both = [
        {"municipality": t, "group": one, "rate": max(rate.get((t, g), 1) for g in (one, two))}
        for t in sorted(towns)
    ]
    return [row for row in rows if row["group"] not in (one, two)] + both
