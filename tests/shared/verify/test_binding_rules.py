"""R6 on the four municipalities: an explanation names the rules that stop one household more."""

from shared.contract.problem import Access, Ceiling, Lot, Problem
from shared.contract.result import Binding, Result
from shared.verify.binding_rules import explanations_name_what_binds
from shared.verify.verify import verify
from tests.shared.four_municipalities import (
    PROBLEM,
    RESULT,
    mistold,
    with_more,
    with_row,
    without_row,
)

A_STATUS, C_URGENT, D_YOUTH = 0, 8, 10
SPARE_HOME = Lot(
    id="A-spare",
    municipality="A",
    form="home",
    period="2028",
    reported=1,
    potential=1,
    groups=("status",),
)


def named(number: int, *rules: tuple[str, str]) -> Result:
    """The result with other rules in one explanation."""
    told = tuple(Binding(tag=tag, id=name) for tag, name in rules)
    return with_row(RESULT, "explanations", number, rules=told)


def refused(result: Result, problem: Problem = PROBLEM) -> list[tuple[str, str]]:
    return mistold(explanations_name_what_binds, problem, result)


def test_the_rules_found_by_head_are_accepted() -> None:
    assert refused(RESULT) == []


def test_a_rule_kept_silent_is_refused() -> None:
    assert refused(named(C_URGENT, ("C5", "most-C"), ("C9", "C,urgent,2027"))) == [
        ("R6", "C, urgent")
    ]


def test_emptied_rules_are_refused_by_the_whole_verifier() -> None:
    assert {v.tag for v in verify(PROBLEM, named(A_STATUS))} == {"R6"}


def test_a_rule_that_does_not_bind_is_refused() -> None:
    more = (("C1", "A-home"), ("C4", "coach-AB"), ("C6", "pin-B"), ("C7", "agreed-A"))
    assert refused(named(A_STATUS, *more)) == [("R6", "A, status")]


def test_a_rule_that_does_not_exist_is_refused() -> None:
    assert refused(named(D_YOUTH, ("C1", "D,youth"), ("C1", "Z-home"))) == [("R6", "D, youth")]


def test_a_rule_named_twice_is_refused() -> None:
    assert refused(named(D_YOUTH, ("C1", "D,youth"), ("C1", "D,youth"))) == [("R6", "D, youth")]


def test_a_place_without_any_lot_must_say_so_and_no_other_place_may() -> None:
    assert refused(named(D_YOUTH)) == [("R6", "D, youth")]
    lot_and_none = (("C1", "A,status"), ("C1", "A-home"), ("C4", "coach-AB"), ("C7", "agreed-A"))
    assert refused(named(A_STATUS, *lot_and_none)) == [("R6", "A, status")]


def test_a_full_lot_beside_an_empty_one_of_the_same_period_does_not_bind() -> None:
    beside = with_more(PROBLEM, "supply", SPARE_HOME.model_copy(update={"period": "2027"}))
    told = named(A_STATUS, ("C4", "coach-AB"), ("C7", "agreed-A"))
    assert refused(told, beside) == []
    assert refused(RESULT, beside) == [("R6", "A, status")]


def test_a_full_lot_of_another_period_than_the_empty_one_still_binds() -> None:
    later = with_more(PROBLEM, "supply", SPARE_HOME)
    assert refused(RESULT, later) == []


def test_a_ceiling_over_one_district_stops_only_its_own_lots() -> None:
    ceiling = Ceiling(
        id="centre-full",
        municipality="A",
        district="centre",
        groups=("status",),
        periods=("2027",),
        households=0,
    )
    homes = {"municipality": "A", "district": "centre", "period": "2027"}
    centre = SPARE_HOME.model_copy(update=homes)
    both = with_more(with_more(PROBLEM, "supply", centre), "ceilings", ceiling)
    rules = (("C1", "A-home"), ("C4", "coach-AB"), ("C5", "centre-full"), ("C7", "agreed-A"))
    assert refused(named(A_STATUS, *rules), both) == []


def test_people_who_may_not_move_so_far_are_the_reason_where_others_wait() -> None:
    care = SPARE_HOME.model_copy(update={"id": "A-care", "groups": ("urgent",)})
    opened = with_more(PROBLEM, "supply", care)
    assert refused(named(2, ("C8", "A,urgent")), opened) == []


def test_nobody_who_waits_yet_is_the_reason_where_people_come_later() -> None:
    no_more = without_row(RESULT, "trades", 7)
    no_more = without_row(no_more, "placements", 6)
    # B's two households come in 2028 and now wait; in 2027 A's wait, who may move to B.
    early = SPARE_HOME.model_copy(update={"id": "C-early", "municipality": "C", "period": "2027"})
    early = early.model_copy(update={"groups": ("youth",)})
    opened = with_more(PROBLEM, "supply", early)
    told = (("C1", "C-flex"), ("C3", "youth,2027"), ("C5", "most-C"), ("C8", "C,youth"))
    found = refused(with_row(no_more, "explanations", 7, rules=rows(*told)), opened)
    assert ("R6", "C, youth") not in found


def rows(*rules: tuple[str, str]) -> tuple[Binding, ...]:
    return tuple(Binding(tag=tag, id=name) for tag, name in rules)


def test_an_admission_rate_of_one_refuses_nobody() -> None:
    open_ = PROBLEM.model_copy(
        update={"access": (Access(municipality="C", group="urgent", rate=1),)}
    )
    assert refused(named(C_URGENT, ("C5", "most-C")), open_) == []


def test_an_explanation_of_an_unknown_place_is_left_to_another_rule() -> None:
    assert refused(with_row(RESULT, "explanations", 0, municipality="Z")) == []
