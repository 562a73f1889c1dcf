"""R9: what conflicts are rules of this problem, and a repair starts from its figures."""

from typing import Any

import pytest

from shared.contract.canonical import problem_hash
from shared.contract.repairs import Change, ConflictingRule, Repair, RepairAnswer
from shared.contract.result import Result
from shared.verify.document_rules import plan_comes_without_conflict
from shared.verify.repair_rules import infeasible_for_a_reason
from shared.verify.verify import verify, verify_repairs
from tests.shared.four_municipalities import PROBLEM, RESULT, mistold

PIN = ConflictingRule(tag="C6", id="pin-B")
FULL = ConflictingRule(tag="C1", id="B-home")
KEPT = ConflictingRule(tag="C7", id="agreed-D")


def repair(family: str, tag: str, name: str, was: float, becomes: float, **more: Any) -> Repair:
    """A repair of one figure that is counted in households, and adds up."""
    changes = [{"tag": tag, "id": name, "from_": was, "to": becomes}]
    plain = {"family": family, "unit": "households", "total": abs(becomes - was)}
    return Repair.model_validate({**plain, "changes": changes, **more})


LOWER = repair("pins", "C6", "pin-B", 4, 3)
BUILD = repair("homes", "C1", "B-home", 4, 6, unit="homes")
NEW = repair("homes", "C1", "D,2028", 0, 3, unit="homes")
COACH = repair("support", "C4", "coach-C", 5, 6, unit="slots")
ALLOW = repair("ceilings", "C5", "most-C", 9, 10)
AGREE = repair("commitments", "C7", "agreed-D", 5, 4)
# C needs 6 urgent homes: half of them is 3, and 0.84 of them is 5.
ADMIT = repair("access", "C9", "C,urgent", 0.5, 0.84, total=2)


def infeasible(*conflict: ConflictingRule, repairs: tuple[Repair, ...] = ()) -> Result:
    provenance = RESULT.provenance.model_copy(update={"plan_hash": None})
    return Result(status="infeasible", conflict=conflict, repairs=repairs, provenance=provenance)


def refused(*conflict: ConflictingRule) -> list[tuple[str, str]]:
    return mistold(infeasible_for_a_reason, PROBLEM, infeasible(*conflict))


def badly_repaired(*repairs: Repair) -> list[tuple[str, str]]:
    answer = infeasible(PIN, FULL, repairs=repairs)
    return mistold(infeasible_for_a_reason, PROBLEM, answer)


def advice(**fields: Any) -> RepairAnswer:
    return RepairAnswer(problem_hash=problem_hash(PROBLEM), **fields)


def told(answer: RepairAnswer) -> list[tuple[str, str]]:
    return [(v.tag, v.subject) for v in verify_repairs(PROBLEM, answer)]


def with_change(repaired: Repair, **fields: Any) -> Repair:
    change = repaired.changes[0].model_copy(update=fields)
    return repaired.model_copy(update={"changes": (change,)})


@pytest.mark.parametrize(
    ("tag", "name"),
    [
        ("C1", "A-home"),
        ("C1", "D,2028"),
        ("C3", "status"),
        ("C4", "coach-AB"),
        ("C5", "most-C"),
        ("C8", "youth"),
        ("C9", "C,urgent"),
    ],
)
def test_a_conflict_of_a_pin_with_a_rule_of_the_problem_is_accepted(tag: str, name: str) -> None:
    assert verify(PROBLEM, infeasible(PIN, ConflictingRule(tag=tag, id=name))) == ()


@pytest.mark.parametrize(
    ("tag", "name"),
    [
        ("C1", "Z-home"),
        ("C2", "A"),
        ("C3", "nobody"),
        ("C6", "pin-Z"),
        ("C7", "agreed-A"),
        ("C8", "A, D, youth"),
        ("C9", "A,urgent"),
        ("O1", "commitments"),
    ],
)
def test_a_conflict_with_anything_else_is_refused(tag: str, name: str) -> None:
    assert refused(PIN, ConflictingRule(tag=tag, id=name)) == [("R9", f"{tag}, {name}")]


def test_a_rule_that_is_named_twice_is_refused() -> None:
    assert refused(PIN, PIN) == [("R9", "C6, pin-B")]


def test_a_conflict_without_a_pin_is_refused_because_nobody_need_be_housed() -> None:
    assert refused(FULL) == [("R9", "conflict")]
    assert refused() == [("R9", "conflict")]


def test_repairs_of_every_family_that_add_up_are_accepted() -> None:
    assert badly_repaired(LOWER, BUILD, COACH, ALLOW, ADMIT) == []
    assert badly_repaired(NEW) == []


def test_repairs_beside_a_plan_are_refused() -> None:
    repaired = RESULT.model_copy(update={"repairs": (LOWER,)})
    assert mistold(plan_comes_without_conflict, PROBLEM, repaired) == [("R9", "repairs")]


def test_a_family_that_is_repaired_twice_is_refused() -> None:
    assert badly_repaired(LOWER, LOWER) == [("R9", "pins")]


def test_a_total_that_is_not_that_of_the_changes_is_refused() -> None:
    assert badly_repaired(LOWER.model_copy(update={"total": 2})) == [("R9", "pins")]
    assert badly_repaired(ADMIT.model_copy(update={"total": 1})) == [("R9", "access")]


def test_another_unit_is_refused() -> None:
    assert badly_repaired(COACH.model_copy(update={"unit": "homes"})) == [("R9", "support")]


def test_a_figure_that_changes_twice_is_refused() -> None:
    change = Change.model_validate({"tag": "C6", "id": "pin-B", "from_": 4, "to": 3})
    twice = LOWER.model_copy(update={"changes": (change, change), "total": 2})
    assert badly_repaired(twice) == [("R9", "pins, pin-B")]


@pytest.mark.parametrize(
    ("wrong", "subject"),
    [
        (with_change(LOWER, from_=5, to=4), "C6, pin-B"),
        (with_change(LOWER, id="pin-Z"), "C6, pin-Z"),
        (with_change(LOWER, tag="C5"), "C5, pin-B"),
        (with_change(NEW, id="Z,2028"), "C1, Z,2028"),
        (with_change(LOWER, to=4).model_copy(update={"total": 0}), "C6, pin-B"),
        (with_change(BUILD, to=2), "C1, B-home"),
        (with_change(ADMIT, to=0.16), "C9, C,urgent"),
    ],
)
def test_a_change_that_does_not_start_from_the_problem_or_gives_no_room_is_refused(
    wrong: Repair, subject: str
) -> None:
    assert ("R9", subject) in badly_repaired(wrong)


def test_a_figure_that_cannot_be_is_refused() -> None:
    half = with_change(LOWER, to=3.5)
    too_much = with_change(ADMIT, to=1.2)
    assert ("R9", "C6, pin-B") in badly_repaired(half)
    assert ("R9", "C9, C,urgent") in badly_repaired(too_much)


def test_advice_may_lower_commitments_that_clash() -> None:
    assert told(advice(conflict=(KEPT,), repairs=(AGREE,))) == []
    raised = with_change(AGREE, to=6)
    assert told(advice(conflict=(KEPT,), repairs=(raised,))) == [("R9", "C7, agreed-D")]


def test_advice_without_a_clash_is_accepted_when_it_repairs_nothing() -> None:
    assert told(advice()) == []
    assert told(advice(repairs=(AGREE,))) == [("R9", "repairs")]


def test_advice_about_limits_alone_is_refused() -> None:
    assert told(advice(conflict=(FULL,))) == [("R9", "conflict")]


def test_advice_about_another_problem_is_refused() -> None:
    other = advice().model_copy(update={"problem_hash": "sha256:0"})
    assert told(other) == [("R8", "problemHash")]
