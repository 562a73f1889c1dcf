"""C1 and C4 on the four municipalities."""

from fractions import Fraction

from shared.contract.result import ExtraCapacity
from shared.verify.capacity_rules import (
    lots_hold_what_they_can,
    support_slots_are_enough,
    units_used,
)
from shared.verify.facts import facts_of
from shared.verify.plan import plan_of
from tests.shared.four_municipalities import (
    PROBLEM,
    RESULT,
    broken,
    with_more,
    with_row,
    without_row,
)

A_HOME, C_CARE, A_FLEX = 0, 4, 5


def test_four_households_of_half_a_unit_use_two_units() -> None:
    facts = facts_of(PROBLEM)
    assert units_used(facts, plan_of(facts, RESULT))["A-flex"] == Fraction(2)


def test_a_lot_with_room_to_spare_is_accepted() -> None:
    roomy = with_row(PROBLEM, "supply", A_HOME, reported=9, potential=9)
    assert broken(lots_hold_what_they_can, roomy) == []


def test_a_lot_that_is_exactly_full_is_accepted() -> None:
    assert broken(lots_hold_what_they_can) == []


def test_a_lot_used_beyond_its_potential_is_refused() -> None:
    small = with_row(PROBLEM, "supply", C_CARE, reported=2, potential=2)
    assert broken(lots_hold_what_they_can, small) == [("C1", "C-care")]


def test_one_household_of_half_a_unit_too_many_is_refused() -> None:
    crowded = with_row(RESULT, "placements", A_FLEX, households=5)
    assert broken(lots_hold_what_they_can, PROBLEM, crowded) == [("C1", "A-flex")] * 2


def test_extra_capacity_that_is_not_told_is_refused() -> None:
    silent = without_row(RESULT, "extra_capacity", 0)
    assert broken(lots_hold_what_they_can, PROBLEM, silent) == [("C1", "C-care")]


def test_extra_capacity_that_is_not_used_is_refused() -> None:
    boast = with_more(RESULT, "extra_capacity", ExtraCapacity(lot="A-home", households=1))
    assert broken(lots_hold_what_they_can, PROBLEM, boast) == [("C1", "A-home")]


def test_support_slots_to_spare_are_accepted() -> None:
    roomy = with_row(PROBLEM, "support", 0, slots=9)
    assert broken(support_slots_are_enough, roomy) == []


def test_households_still_supported_from_last_year_just_fit_in_eight_slots() -> None:
    assert broken(support_slots_are_enough) == []


def test_households_still_supported_from_last_year_do_not_fit_in_seven_slots() -> None:
    tight = with_row(PROBLEM, "support", 0, slots=7)
    assert broken(support_slots_are_enough, tight) == [("C4", "coach-AB, 2028")]


def test_support_that_has_ended_takes_no_slots() -> None:
    brief = PROBLEM.groups[0].support["coach"].model_copy(update={"periods": 1})
    ended = with_row(PROBLEM, "groups", 0, support={"coach": brief})
    assert broken(support_slots_are_enough, with_row(ended, "support", 0, slots=0)) == []
