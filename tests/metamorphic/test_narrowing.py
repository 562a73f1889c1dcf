"""Rules that cut away plans but not the best one, and rules that cut the plans in two."""

from collections.abc import Iterator

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from shared.contract.problem import Problem
from shared.contract.reading import problem_from
from shared.contract.result import Result
from tests.allocator.solving import levels, solve, values
from tests.metamorphic.crowded import crowded
from tests.metamorphic.related import (
    Tree,
    costs,
    first_change,
    hosted,
    orders,
    plan_costs,
    regions,
    rewritten,
    tree_of,
)

INTEGER_STAGES = ("waiting", "suitability")


@regions
@given(problem=crowded(), order=orders())
def test_a_limit_that_no_plan_can_reach_may_come_down_to_what_one_can(
    problem: Problem, order: list[Tree]
) -> None:
    """The set of plans is the same set: no more households than homes or people, anywhere."""
    tree = tree_of(problem, stages=order)
    before = solve(problem_from(tree))
    after = solve(problem_from({**tree, "ceilings": list(lowered(tree))}))
    assert first_change(costs(before), costs(after)) == 0
    assert levels(after) == pytest.approx(levels(before), abs=1e-6)


@regions
@given(problem=crowded(), order=orders())
def test_limits_may_come_down_to_what_an_optimal_plan_uses(
    problem: Problem, order: list[Tree]
) -> None:
    """The plan stays possible and nothing is added, so what was the best is still the best.

    Only where the plan in whole households reaches the optimum of every stage: otherwise what
    is left over in the plan may be what the optimum needs.
    """
    before = solve(rewritten(problem, stages=order))
    assume(first_change(costs(before), plan_costs(problem, before)) == 0)
    after = solve(problem_from(tightened(tree_of(problem, stages=order), before)))
    assert first_change(costs(before), costs(after)) == 0
    assert levels(after) == pytest.approx(levels(before), abs=1e-6)


@regions
@given(problem=crowded(), order=orders())
def test_a_plan_that_is_pinned_comes_back_and_is_worth_what_it_was(
    problem: Problem, order: list[Tree]
) -> None:
    """The pinned problem has fewer plans than the first, and the pinned plan is one of them.

    So its optimum lies between that of the first problem and what the plan is worth. Shortfall,
    waiting, levels, suitability and changes depend on the pinned numbers alone; who knocked
    where and which lot is used do not, so pulls, extra capacity and kilometres may improve.
    """
    before = solve(rewritten(problem, stages=order))
    pinned = rewritten(problem, stages=order, pins=list(pins_on(problem, before)))
    after = solve(pinned)
    assert hosted(problem, after) == hosted(problem, before)
    assert first_change(costs(before), costs(after)) >= 0
    assert first_change(plan_costs(problem, before), costs(after)) <= 0
    settled = {"commitments", "waiting", "municipalFairness", "groupFairness"}
    settled |= {"suitability", "stability"}
    again = {key: value for key, value in values(before).items() if key[0] in settled}
    assert {k: v for k, v in values(after).items() if k in again} == pytest.approx(again, abs=1e-6)


@regions
@given(problem=crowded(), order=orders())
def test_a_plan_that_is_the_previous_one_needs_no_change(
    problem: Problem, order: list[Tree]
) -> None:
    """The plan itself has no change from itself, and less than none there is not (O9)."""
    plan = solve(rewritten(problem, stages=order))
    stages = [{"objective": "stability"}]
    again = solve(rewritten(problem, previous=list(cells(problem, plan)), stages=stages))
    assert costs(again) == pytest.approx([0], abs=1e-6)
    assert hosted(problem, again) == hosted(problem, plan)


@regions
@given(problem=crowded(), order=orders(), cell=st.integers(0, 11), step=st.integers(-2, 2))
def test_the_best_of_two_halves_is_the_best_of_the_whole(
    problem: Problem, order: list[Tree], cell: int, step: int
) -> None:
    """Every plan has X <= v or X >= v, so the best plan is in one half, and neither has better.

    X <= v is a ceiling. X >= v is a commitment, with agreements (O1) as the first stage: its
    optimum is 0 where the half is not empty, and from then on the commitment is a hard rule; an
    empty half is worse in that first stage. So the problem's own commitments are left out. In
    parts of households the halves must touch: between v and v + 1 there are plans as well.
    """
    whole = tree_of(problem, commitments=[], stages=first_agreements(order))
    before = solve(problem_from(whole))
    low, high = halves(whole, before, cell, step, gap=0)
    answers = [costs(solve(half)) for half in (low, high)]
    assert first_change(costs(before), better(*answers)) == 0


@regions
@given(
    problem=crowded(sizes=(0.7, 1.6, 2.3)),
    stage=st.sampled_from(INTEGER_STAGES),
    cell=st.integers(0, 11),
    step=st.integers(-2, 2),
)
def test_the_best_whole_plan_of_two_halves_is_the_best_whole_plan(
    problem: Problem, stage: str, cell: int, step: int
) -> None:
    """In whole households X <= v or X >= v + 1, and the integer program proves its optimum.

    Households of 0.7, 1.6 and 2.3 homes make it one. This is the relation that catches a
    solver that calls a plan optimal while a branch that it cut off holds a better one.
    """
    order = first_agreements([{"objective": stage}])
    whole = tree_of(problem, commitments=[], stages=order)
    before = solve(problem_from(whole))
    low, high = (solve(half) for half in halves(whole, before, cell, step, gap=1))
    assume([answer.status for answer in (before, low, high)] == ["optimal"] * 3)
    best = better(plan_costs(problem, low), plan_costs(problem, high))
    assert first_change(plan_costs(problem, before), best) == 0


def better(one: list[float], other: list[float]) -> list[float]:
    """The one of two answers that is better in the planner's order."""
    return other if first_change(one, other) < 0 else one


def first_agreements(order: list[Tree]) -> list[Tree]:
    """The same order with agreements first."""
    rest = [stage for stage in order if stage["objective"] != "commitments"]
    return [{"objective": "commitments"}, *rest]


def halves(whole: Tree, plan: Result, cell: int, step: int, gap: int) -> Iterator[Problem]:
    """The problem with X <= v, and with X >= v + gap; v is near to what the plan has."""
    numbers = hosted(problem_from(whole), plan)
    (town, group), number = list(numbers.items())[cell % len(numbers)]
    v = max(0, number + step)
    cut = {
        "id": "cut",
        "municipality": town,
        "groups": [group],
        "periods": [year["id"] for year in whole["periods"]],
    }
    yield problem_from({**whole, "ceilings": [*whole["ceilings"], {**cut, "households": v}]})
    yield problem_from({**whole, "commitments": [{**cut, "households": v + gap}]})


def lowered(tree: Tree) -> Iterator[Tree]:
    """Every ceiling, at most the homes that it is about can hold or the people that can come."""
    for row in tree["ceilings"]:
        homes = sum(
            lot["potential"]
            for lot in tree["supply"]
            if lot["municipality"] == row["municipality"]
            and lot["period"] in row["periods"]
            and set(lot["groups"]) & set(row["groups"])
        )
        people = sum(need["households"] for need in tree["needs"] if need["group"] in row["groups"])
        yield {**row, "households": min(row["households"], homes, people)}


def tightened(tree: Tree, plan: Result) -> Tree:
    """Lots, ceilings and support at what a plan uses of them, with one unit per household."""
    lots = {lot["id"]: lot for lot in tree["supply"]}
    placed = [(lots[row.lot], row.group, row.households) for row in plan.placements]
    turn = {year["id"]: number for number, year in enumerate(tree["periods"])}
    need = {group["id"]: group["support"] for group in tree["groups"]}
    idle = {"slots": 0, "periods": 0}

    def in_lot(row: Tree) -> int:
        return sum(n for lot, _, n in placed if lot["id"] == row["id"])

    def under(row: Tree) -> int:
        return sum(
            n
            for lot, group, n in placed
            if lot["municipality"] == row["municipality"]
            and lot["period"] in row["periods"]
            and group in row["groups"]
        )

    def slots(row: Tree) -> int:
        uses = [(lot, n, need[group].get(row["type"], idle)) for lot, group, n in placed]
        return sum(
            n * use["slots"]
            for lot, n, use in uses
            if lot["municipality"] in row["municipalities"]
            and 0 <= turn[row["period"]] - turn[lot["period"]] < use["periods"]
        )

    return {
        **tree,
        "supply": [
            {**row, "potential": in_lot(row), "reported": min(row["reported"], in_lot(row))}
            for row in tree["supply"]
        ],
        "ceilings": [{**row, "households": under(row)} for row in tree["ceilings"]],
        "support": [{**row, "slots": slots(row)} for row in tree["support"]],
    }


def cells(problem: Problem, plan: Result) -> Iterator[Tree]:
    """What a plan gives every municipality, group and period in which it has a lot."""
    number: dict[tuple[str, str, str], int] = {
        (lot.municipality, group, lot.period): 0 for lot in problem.supply for group in lot.groups
    }
    for row in plan.trades:
        number[row.host, row.group, row.period] += row.households
    for (town, group, period), households in number.items():
        yield {
            "municipality": town,
            "group": group,
            "period": period,
            "households": households,
        }


def pins_on(problem: Problem, plan: Result) -> Iterator[Tree]:
    """Those numbers as pins."""
    for number, row in enumerate(cells(problem, plan)):
        yield {**row, "id": f"pin-{number}", "reason": "The plan of before."}
