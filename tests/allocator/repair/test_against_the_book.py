"""The rules that are said to clash do, with none to spare, and no smaller repair exists."""

from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from services.allocator.repair.changes import FAMILIES, TAG, smallest_change
from services.allocator.repair.menu import Clash, clash_in
from services.allocator.repair.repaired import changes_of, repaired, total_of
from services.allocator.solve.clock import Clock
from shared.contract.problem import Problem
from shared.contract.repairs import Family
from tests.allocator.cases.shuffling import reordered, shuffled
from tests.allocator.instances import problems
from tests.allocator.repair.clash_book import Rule, all_rules, can_hold, least_change
from tests.allocator.solving import solve

UNITS = (0, 0.5, 1, 1.5, 2, 3)


def clash(problem: Problem, *, commitments: bool) -> Clash:
    """The clash in a problem; a problem without one is not what a test is about."""
    found = clash_in(problem, Clock(), keep_commitments=commitments)
    assume(found is not None)
    assert found is not None
    return found


def limited_by(problem: Problem, family: Family) -> Problem:
    """The problem with room in everything but pins, commitments, and this family of limits."""
    ample = [lot.model_copy(update={"potential": lot.potential + 50}) for lot in problem.supply]
    limits: dict[Family, tuple[str, tuple[Any, ...]]] = {
        "homes": ("supply", tuple(ample)),
        "ceilings": ("ceilings", ()),
        "support": ("support", ()),
        "access": ("access", ()),
    }
    return problem.model_copy(
        update={name: rows for other, (name, rows) in limits.items() if other != family}
    )


def named(found: Clash) -> list[Rule]:
    return [(rule.tag, rule.id) for rule in found.rules]


def is_minimal(problem: Problem, rules: list[Rule]) -> bool:
    """Whether the rules clash on their own, and any one of them left out ends it."""
    without_one = [[other for other in rules if other != rule] for rule in rules]
    return not can_hold(problem, rules) and all(can_hold(problem, few) for few in without_one)


@settings(max_examples=40, derandomize=True)
@given(problem=problems(sizes=UNITS, pins=True))
def test_pins_clash_with_a_set_of_rules_that_has_none_to_spare(problem: Problem) -> None:
    assert is_minimal(problem, named(clash(problem, commitments=False)))


@settings(max_examples=30, derandomize=True)
@given(problem=problems(sizes=UNITS, pins=True), wide=st.sampled_from(["group", "period"]))
def test_pins_over_several_groups_or_periods_do_so_too(problem: Problem, wide: str) -> None:
    pins = (row.model_copy(update={wide: None}) for row in problem.pins[:1])
    widened = problem.model_copy(update={"pins": (*pins, *problem.pins[1:])})
    assert is_minimal(widened, named(clash(widened, commitments=False)))


@settings(max_examples=40, derandomize=True)
@given(problem=problems(sizes=UNITS, pins=True))
def test_commitments_clash_with_a_set_of_rules_that_has_none_to_spare(problem: Problem) -> None:
    assert is_minimal(problem, named(clash(problem, commitments=True)))


@settings(max_examples=40, derandomize=True)
@given(problem=problems(sizes=UNITS, pins=True))
def test_there_is_a_clash_exactly_when_no_plan_exists(problem: Problem) -> None:
    found = clash_in(problem, Clock(), keep_commitments=True)
    assert (found is None) == can_hold(problem, all_rules(problem, commitments=True))


@pytest.mark.parametrize("family", FAMILIES)
@settings(max_examples=20, derandomize=True)
@given(problem=problems(sizes=UNITS, pins=True))
def test_a_repair_is_the_smallest_of_its_family_and_works(problem: Problem, family: Family) -> None:
    limited = limited_by(problem, family)
    found = clash(limited, commitments=True)
    least = least_change(limited, TAG[family], commitments=True)
    shifts = smallest_change(found.instance, family, Clock())
    changes = changes_of(limited, found.instance, shifts or [])
    after = repaired(limited, found.instance, changes)
    assert (shifts is None) == (least is None)
    assert total_of(found.instance, changes) == (least or 0)
    assert can_hold(after, all_rules(after, commitments=True)) == (least is not None)


@settings(max_examples=15, derandomize=True)
@given(problem=problems(sizes=UNITS, pins=True), seed=st.integers(0, 99))
def test_the_order_of_the_rows_changes_neither_clash_nor_repairs(
    problem: Problem, seed: int
) -> None:
    plain = clash(problem, commitments=True)
    mixed = clash(reordered(problem, shuffled(seed)), commitments=True)
    assert mixed.rules == plain.rules
    assert [smallest_change(mixed.instance, family, Clock()) for family in FAMILIES] == [
        smallest_change(plain.instance, family, Clock()) for family in FAMILIES
    ]


@settings(max_examples=10, derandomize=True)
@given(problem=problems(sizes=UNITS, pins=True))
def test_every_repair_leads_to_a_plan(problem: Problem) -> None:
    result = solve(problem)
    assume(result.status == "infeasible")
    assert "pins" in [repair.family for repair in result.repairs]
    assert all(repair.stages for repair in result.repairs)
