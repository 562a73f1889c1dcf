"""O8 with only the routes that can matter is as short as with every route written down."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.allocator.model.build import build
from services.allocator.model.objectives.distance import possible_routes
from services.allocator.solve.clock import Clock
from services.allocator.solve.stages import solve_stages
from services.allocator.translate import instance_of
from shared.contract.problem import Problem, Stage
from tests.allocator.instances import problems
from tests.allocator.region import cell, homes, km, need, pin, region, stages
from tests.allocator.solving import households, references, solve
from tests.allocator.textbook import reference

ORDERS = (
    ("distance", "waiting"),
    ("waiting", "distance"),
    ("waiting", "distance", "stability"),
    ("shopping", "waiting", "distance", "suitability"),
    ("groupFairness", "waiting", "distance", "extraCapacity"),
)


def asks(problem: Problem, order: tuple[str, ...], slack: float) -> Problem:
    """The problem with these stages; the distance may be so much more than the least."""
    rows = stages(*order, distance=slack)
    return problem.model_copy(update={"stages": tuple(map(Stage.model_validate, rows))})


def agree(problem: Problem) -> None:
    """Compare every stage with the program in which all routes are written down."""
    instance = instance_of(problem)
    found, _ = solve_stages(*build(instance), instance, Clock())
    best = {(s.name, s.tier): s.reference for s in found.stages if s.reference is not None}
    # What is best placed counts as a cost until it is told to the planner.
    gained = {key: -cost for key, cost in best.items() if key[0] == "suitability"}
    assert {**best, **gained} == pytest.approx(reference(problem).values, abs=1e-4, rel=0)


@settings(max_examples=60, derandomize=True, deadline=None)
@given(problem=problems(spreads=("region", "near", "sites")), order=st.sampled_from(ORDERS))
def test_the_routes_that_are_opened_are_enough_for_this_stage_and_the_next(
    problem: Problem, order: tuple[str, ...]
) -> None:
    agree(asks(problem, order, 0))


@settings(max_examples=60, derandomize=True, deadline=None)
@given(problem=problems(spreads=("region", "near", "sites")), order=st.sampled_from(ORDERS))
def test_routes_that_only_a_slack_allows_are_there_for_the_next_stage(
    problem: Problem, order: tuple[str, ...]
) -> None:
    agree(asks(problem, order, 2.5))


@settings(max_examples=40, derandomize=True, deadline=None)
@given(problem=problems(spreads=("region", "near", "sites")))
def test_only_routes_that_exist_are_opened(problem: Problem) -> None:
    instance = instance_of(asks(problem, ("waiting", "distance"), 0))
    model, x = build(instance)
    solve_stages(model, x, instance, Clock())
    assert set(x.routed) <= set(possible_routes(x, instance))


def test_distance_before_anything_else_keeps_what_a_planner_decided() -> None:
    problem = region(
        distances=[km("A", "B", 7)], pins=[pin("B", 2)], stages=stages("distance", "waiting")
    )
    result = solve(problem)
    assert references(result) == {("distance", None): 14, ("waiting", 1): 0}
    assert [households(result, m, "status") for m in "ABC"] == [1, 2, 0]


def test_distance_alone_leaves_everybody_where_they_are() -> None:
    result = solve(region(distances=[km("A", "B", 7)], stages=stages("distance")))
    assert references(result) == {("distance", None): 0}


def test_the_shortest_way_for_all_is_not_the_nearest_home_for_each() -> None:
    # The home in A is nearest to the household of B, but then that of A has to go to C.
    problem = region(
        supply=[homes("A", 1), homes("C", 1)],
        needs=[need("A", 1), need("B", 1)],
        distances=[km("A", "B", 1), km("A", "C", 30), km("B", "C", 10)],
        stages=stages("waiting", "distance"),
    )
    result = solve(problem)
    assert references(result)["distance", None] == 10
    assert [(row.responsible, row.host) for row in result.trades] == [("A", "A"), ("B", "C")]


def test_kilometres_of_slack_let_more_households_be_housed() -> None:
    problem = region(
        supply=[homes("B", 3)],
        distances=[km("A", "B", 5)],
        stages=stages("distance", "waiting", distance=10),
    )
    assert references(solve(problem)) == {("distance", None): 0, ("waiting", 1): 1}


def test_routes_as_short_as_the_best_are_left_to_the_next_stage() -> None:
    problem = region(
        supply=[homes("B", 3), homes("C", 3)],
        distances=[km("A", "B", 5), km("A", "C", 5)],
        previous=[cell("C", 3)],
        stages=stages("waiting", "distance", "stability"),
    )
    result = solve(problem)
    assert references(result)["stability", None] == 0
    assert households(result, "C", "status") == 3
