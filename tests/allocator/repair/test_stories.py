"""Small regions in which something cannot be, as a planner meets them."""

from typing import Any

import pytest

from services.allocator.advice import advise
from services.allocator.service import SolveLimits, allocate
from shared.contract.problem import Problem
from shared.contract.repairs import Repair, RepairAnswer
from shared.contract.result import Result
from shared.verify.verify import verify
from tests.allocator.cases.shuffling import reordered, shuffled
from tests.allocator.region import agreed, group, homes, km, need, pin, region, stages, year
from tests.allocator.solving import solve

Changes = list[tuple[str, str, float, float]]


def advice(problem: Problem, time_limit: float | None = None) -> RepairAnswer:
    """What clashes and what helps, where every commitment must be kept."""
    return advise(problem, SolveLimits(time_limit, 1, 0), lambda progress: None)


def clash(answer: Result | RepairAnswer) -> list[tuple[str, str]]:
    return [(rule.tag, rule.id) for rule in answer.conflict]


def menu(answer: Result | RepairAnswer) -> dict[str, Changes]:
    """What each family of rules would have to change."""
    return {
        repair.family: [(c.tag, c.id, c.from_, c.to) for c in repair.changes]
        for repair in answer.repairs
    }


def value(repair: Repair, objective: str) -> float | None:
    return next(stage.value for stage in repair.stages if stage.objective == objective)


def two_groups(**changes: Any) -> Problem:
    """A has 4 homes for status holders and youth, who each need 5 in A."""
    both = ["status", "youth"]
    parts: dict[str, Any] = {
        "groups": [group(), group("youth")],
        "supply": [homes("A", 4, groups=both)],
        "needs": [need("A", 5), need("A", 5, group="youth")],
    }
    return region(**{**parts, **changes})


def test_two_pins_on_one_lot_clash_with_its_homes() -> None:
    pins = [pin("A", 3), pin("A", 2, id="pin-youth", group="youth")]

    result = solve(two_groups(pins=pins))

    assert clash(result) == [("C1", "A-homes"), ("C6", "pin-A"), ("C6", "pin-youth")]
    assert menu(result) == {
        "pins": [("C6", "pin-A", 3, 2)],
        "homes": [("C1", "A-homes", 4, 5)],
    }


def test_a_pin_above_a_ceiling_clashes_with_it() -> None:
    result = solve(region(pins=[pin("A", 3)], ceilings=[agreed("A", 1)]))

    assert clash(result) == [("C5", "row-A"), ("C6", "pin-A")]
    assert menu(result) == {
        "pins": [("C6", "pin-A", 3, 1)],
        "ceilings": [("C5", "row-A", 1, 3)],
    }


def test_a_pin_clashes_with_support_that_an_earlier_pin_still_uses() -> None:
    coached = group(support={"coach": {"slots": 2, "periods": 2}})
    coach = {"id": "coach", "municipalities": ["A"], "type": "coach", "period": "2028", "slots": 7}
    later = homes("A", 4, id="A-later", period="2028")
    result = solve(
        region(
            periods=[year(2027), year(2028)],
            groups=[coached],
            supply=[homes("A", 4), later],
            needs=[need("A", 9)],
            support=[coach],
            pins=[pin("A", 2), pin("A", 2, id="pin-later", period="2028")],
        )
    )

    assert clash(result) == [("C4", "coach"), ("C6", "pin-A"), ("C6", "pin-later")]
    assert menu(result) == {
        "pins": [("C6", "pin-A", 2, 1)],
        "support": [("C4", "coach", 7, 8)],
    }
    assert [repair.unit for repair in result.repairs] == ["households", "slots"]


def test_a_pin_above_the_need_clashes_with_the_need_and_only_a_lower_pin_helps() -> None:
    result = solve(region(pins=[pin("A", 4)]))

    assert clash(result) == [("C3", "status"), ("C6", "pin-A")]
    assert menu(result) == {"pins": [("C6", "pin-A", 4, 3)]}


def test_a_pin_out_of_reach_of_the_need_clashes_with_the_distance() -> None:
    near = group(spread="near", maxKm=10)
    result = solve(region(groups=[near], distances=[km("A", "B", 20)], pins=[pin("B", 2)]))

    assert clash(result) == [("C3", "status"), ("C6", "pin-B"), ("C8", "status")]
    assert menu(result) == {"pins": [("C6", "pin-B", 2, 0)]}


def test_a_pin_clashes_with_the_own_rules_of_the_responsible_municipality() -> None:
    access = [{"municipality": "A", "group": "status", "rate": 0.4}]

    result = solve(region(access=access, pins=[pin("A", 2)]))

    assert clash(result) == [("C3", "status"), ("C6", "pin-A"), ("C9", "A,status")]
    assert menu(result) == {
        "pins": [("C6", "pin-A", 2, 1)],
        "access": [("C9", "A,status", 0.4, 0.8)],
    }


def test_a_pin_where_no_home_suits_asks_for_new_ones() -> None:
    result = solve(region(supply=[homes("B", 4)], pins=[pin("A", 2)]))

    assert clash(result) == [("C1", "A,2027"), ("C6", "pin-A")]
    assert menu(result) == {
        "pins": [("C6", "pin-A", 2, 0)],
        "homes": [("C1", "A,2027", 0, 2)],
    }


def test_a_total_below_its_parts_clashes_with_them_and_may_be_raised() -> None:
    total = {"id": "total", "municipality": "A", "households": 1, "reason": "Signed."}

    result = solve(region(pins=[pin("A", 3), total]))

    assert clash(result) == [("C6", "pin-A"), ("C6", "total")]
    assert menu(result)["pins"] == [("C6", "pin-A", 3, 1)]


def test_homes_that_fit_only_parts_of_households_clash() -> None:
    large = group(size={"home": 3})
    lots = [homes("A", 5), homes("A", 5, id="A-more")]

    result = solve(region(groups=[large], supply=lots, pins=[pin("A", 3)]))

    assert clash(result) == [("C1", "A-homes"), ("C1", "A-more"), ("C6", "pin-A")]
    assert menu(result) == {
        "pins": [("C6", "pin-A", 3, 2)],
        "homes": [("C1", "A-homes", 5, 6)],
    }


def test_a_repair_tells_what_its_plan_is_worth() -> None:
    problem = region(
        needs=[need("A", 4), need("B", 2)], pins=[pin("C", 3)], ceilings=[agreed("C", 1)]
    )

    result = solve(problem)

    assert [(r.family, r.total, value(r, "waiting")) for r in result.repairs] == [
        ("pins", 2, 0),
        ("ceilings", 2, 0),
    ]


def test_repairs_that_differ_in_waiting_say_so() -> None:
    pins = [pin("A", 3), pin("A", 2, id="pin-youth", group="youth")]

    result = solve(two_groups(pins=pins))

    assert {r.family: value(r, "waiting") for r in result.repairs} == {"pins": 6, "homes": 5}


def test_commitments_that_share_a_lot_cannot_all_be_kept() -> None:
    rows = [agreed("A", 3), agreed("A", 2, id="row-youth", groups=["youth"])]

    answer = advice(two_groups(commitments=rows))

    assert clash(answer) == [("C1", "A-homes"), ("C7", "row-A"), ("C7", "row-youth")]
    assert menu(answer) == {
        "commitments": [("C7", "row-A", 3, 2)],
        "homes": [("C1", "A-homes", 4, 5)],
    }
    assert [stage.value for stage in answer.stages if stage.objective == "commitments"] == [1]
    assert {value(repair, "commitments") for repair in answer.repairs} == {0}


def test_a_commitment_against_a_pin_is_kept_by_raising_the_pin() -> None:
    answer = advice(region(pins=[pin("A", 1)], commitments=[agreed("A", 3)]))

    assert clash(answer) == [("C6", "pin-A"), ("C7", "row-A")]
    assert menu(answer) == {
        "pins": [("C6", "pin-A", 1, 3)],
        "commitments": [("C7", "row-A", 3, 1)],
    }


def test_a_commitment_that_only_its_rank_keeps_from_being_kept_needs_no_repair() -> None:
    late = stages("distance", "commitments")
    problem = region(commitments=[agreed("B", 3)], distances=[km("A", "B", 5)], stages=late)

    answer = advice(problem)

    assert solve(problem).shortfalls
    assert (answer.conflict, answer.repairs, answer.stages) == ((), (), ())


def test_without_any_plan_the_advice_is_about_the_pins() -> None:
    problem = region(
        pins=[pin("A", 3)], ceilings=[agreed("A", 1)], commitments=[agreed("B", 9, id="row-B")]
    )

    answer, result = advice(problem), solve(problem)

    assert answer.conflict == result.conflict
    assert answer.repairs == result.repairs
    assert answer.stages == ()


def test_a_repaired_problem_has_a_plan_and_no_repairs() -> None:
    problem = region(pins=[pin("A", 3)], ceilings=[agreed("A", 1)])
    repaired = region(pins=[pin("A", 3)], ceilings=[agreed("A", 3)])

    assert verify(problem, solve(problem)) == ()
    assert solve(repaired).status == "optimal"
    assert solve(repaired).repairs == ()


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_the_rows_changes_nothing(seed: int) -> None:
    both = ["status", "youth"]
    problem = two_groups(
        supply=[homes("A", 2, groups=both), homes("A", 2, id="A-more", groups=both)],
        pins=[pin("A", 4), pin("A", 4, id="pin-youth", group="youth"), pin("B", 1)],
        ceilings=[agreed("A", 5, groups=both), agreed("B", 3)],
    )

    plain, mixed = solve(problem), solve(reordered(problem, shuffled(seed)))

    assert mixed.conflict == plain.conflict
    assert mixed.repairs == plain.repairs


def test_when_time_is_up_the_clash_and_the_changes_are_still_told() -> None:
    problem = region(pins=[pin("A", 3)], ceilings=[agreed("A", 1)])

    result = allocate(problem, SolveLimits(1e-9, 1, 0), lambda progress: None)

    assert clash(result) == [("C5", "row-A"), ("C6", "pin-A")]
    assert [(r.family, r.total, r.stages) for r in result.repairs] == [
        ("pins", 2, ()),
        ("ceilings", 2, ()),
    ]
