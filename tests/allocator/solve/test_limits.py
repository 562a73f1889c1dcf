"""When time runs out there is still a plan; when rules contradict each other they are named."""

from typing import Any

import pytest

from services.allocator.service import Progress, SolveLimits, allocate
from shared.contract.problem import Problem
from shared.contract.reading import problem_from
from shared.verify.verify import verify
from tests.allocator.region import agreed, group, homes, need, pin, region, stages, year
from tests.allocator.solving import case, households, solve

NO_TIME = 1e-6


def conflict(problem: Problem) -> list[tuple[str, str]]:
    """The rules that are said to contradict each other."""
    return [(row.tag, row.id) for row in solve(problem).conflict]


def without(problem: Problem, rows: str, name: str) -> Problem:
    """The problem without one row of one list."""
    tree: dict[str, Any] = problem.model_dump(mode="json", by_alias=True)
    return problem_from({**tree, rows: [row for row in tree[rows] if row["id"] != name]})


@pytest.mark.parametrize("name", ["mini-1", "mra-1"])
def test_a_plan_without_time_is_feasible_and_keeps_every_rule(name: str) -> None:
    problem = case(name)
    result = solve(problem, time_limit=NO_TIME)
    assert result.status == "feasible"
    assert verify(problem, result) == ()
    assert result.placements != ()


def test_a_stage_without_a_reference_has_no_gap() -> None:
    last = solve(case("mra-1"), time_limit=NO_TIME).stages[-1]
    assert (last.reference, last.gap) == (None, None)


def test_the_whole_region_in_five_seconds_is_bounded_as_far_as_time_allowed() -> None:
    problem = case("mra-1")
    result = solve(problem, time_limit=5)
    unbounded = [stage for stage in result.stages if stage.reference is None]
    assert verify(problem, result) == ()
    assert result.stages[0].gap == 0
    assert {stage.gap for stage in unbounded} <= {None}


def test_pins_are_kept_when_there_is_no_time() -> None:
    result = solve(region(pins=[pin("B", 2)]), time_limit=NO_TIME)
    assert households(result, "B", "status") == 2


def test_pins_that_the_quick_filling_cannot_place_are_found_by_a_search() -> None:
    # The filling puts youth in the first lot, where the status holder needs both units.
    groups = [group(size={"home": 2}), group("youth", size={"home": 1})]
    lots = [
        homes("A", 2, id="first", groups=["status", "youth"]),
        homes("A", 1, id="second", groups=["youth"]),
    ]
    problem = region(
        groups=groups,
        supply=lots,
        needs=[need("A", 1), need("A", 1, group="youth")],
        pins=[pin("A", 1, id="a", group="youth"), pin("A", 1, id="b")],
    )
    result = solve(problem, time_limit=NO_TIME)
    assert [(row.lot, row.group) for row in result.placements] == [
        ("first", "status"),
        ("second", "youth"),
    ]


def test_no_time_and_contradicting_pins_is_still_infeasible() -> None:
    problem = region(pins=[pin("A", 3)], ceilings=[agreed("A", 2)])
    assert solve(problem, time_limit=NO_TIME).status == "infeasible"


def test_progress_is_told_for_every_stage_in_order() -> None:
    told: list[Progress] = []
    problem = region(stages=stages("commitments", "waiting", "distance"))
    allocate(problem, SolveLimits(time_limit=None, threads=1, seed=0), told.append)
    found = [(step.objective, step.tier) for step in told]
    assert found == [
        ("commitments", None),
        ("waiting", 1),
        ("distance", None),
        ("wholeHouseholds", None),
    ]


def test_a_pin_above_a_ceiling_names_exactly_these_two() -> None:
    problem = region(
        pins=[pin("A", 3), pin("B", 0)],
        ceilings=[agreed("A", 2), agreed("B", 1)],
    )
    assert conflict(problem) == [("C5", "row-A"), ("C6", "pin-A")]


def test_a_pin_where_there_is_no_lot_names_the_pin_and_the_homes_that_are_missing() -> None:
    problem = region(supply=[homes("A", 4)], pins=[pin("B", 1), pin("A", 1)])
    assert conflict(problem) == [("C1", "B,2027"), ("C6", "pin-B")]


def test_a_pin_above_the_lot_names_the_lot_and_the_pin() -> None:
    problem = region(needs=[need("A", 9)], pins=[pin("A", 5)])
    assert conflict(problem) == [("C1", "A-homes"), ("C6", "pin-A")]


def test_pins_for_more_households_than_there_are_name_the_pins_and_the_group() -> None:
    problem = region(needs=[need("A", 3)], pins=[pin("A", 2), pin("B", 2), pin("C", 0)])
    assert conflict(problem) == [("C3", "status"), ("C6", "pin-A"), ("C6", "pin-B")]


def test_a_pin_without_support_names_the_support_row() -> None:
    groups = [group(support={"coach": {"slots": 2, "periods": 1}})]
    slots = {"id": "coach", "municipalities": ["A"], "type": "coach", "period": "2027", "slots": 3}
    problem = region(groups=groups, support=[slots], pins=[pin("A", 2)])
    assert conflict(problem) == [("C4", "coach"), ("C6", "pin-A")]


def test_a_pin_of_people_who_are_not_admitted_names_the_access_rule() -> None:
    rates = [{"municipality": "A", "group": "status", "rate": 0.5}]
    problem = region(needs=[need("A", 3)], access=rates, pins=[pin("B", 2)])
    assert conflict(problem) == [("C3", "status"), ("C6", "pin-B"), ("C9", "A,status")]


def test_a_pin_before_anybody_comes_names_the_pin_and_the_group() -> None:
    problem = region(
        periods=[year(2027), year(2028)],
        needs=[need("A", 3, period="2028")],
        pins=[pin("A", 1)],
    )
    assert conflict(problem) == [("C3", "status"), ("C6", "pin-A")]


def test_a_pin_that_only_halves_of_households_could_keep_is_infeasible() -> None:
    groups = [group(size={"home": 2}), group("youth")]
    lots = [homes("A", 3, id="one"), homes("A", 3, id="two"), homes("B", 3, groups=["youth"])]
    problem = region(groups=groups, supply=lots, needs=[need("A", 9)], pins=[pin("A", 3)])
    result = solve(problem)
    assert result.status == "infeasible"
    assert ("C6", "pin-A") in [(row.tag, row.id) for row in result.conflict]


CLASH = region(
    needs=[need("A", 9)],
    pins=[pin("A", 3), pin("B", 3), pin("C", 1)],
    ceilings=[
        agreed("A", 3),
        agreed("B", 2),
        agreed("C", 4),
    ],
)


def test_a_conflict_is_between_the_fewest_rules() -> None:
    assert conflict(CLASH) == [("C5", "row-B"), ("C6", "pin-B")]


@pytest.mark.parametrize(("rows", "name"), [("ceilings", "row-B"), ("pins", "pin-B")])
def test_without_any_one_rule_of_a_conflict_there_is_a_plan(rows: str, name: str) -> None:
    assert solve(without(CLASH, rows, name)).status == "optimal"


def test_an_infeasible_answer_has_no_plan_and_is_verified() -> None:
    result = solve(CLASH)
    assert (result.status, result.placements, result.stages) == ("infeasible", (), ())
    assert verify(CLASH, result) == ()
