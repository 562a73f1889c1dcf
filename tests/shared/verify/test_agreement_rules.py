"""C5, C6 and C7 on the four municipalities."""

from shared.contract.result import Shortfall
from shared.verify.agreement_rules import ceilings_hold, pins_are_exact, shortfalls_are_told
from tests.shared.four_municipalities import (
    PROBLEM,
    RESULT,
    broken,
    with_more,
    with_row,
    without_row,
)


def test_a_ceiling_with_room_to_spare_is_accepted() -> None:
    assert broken(ceilings_hold, with_row(PROBLEM, "ceilings", 0, households=10)) == []


def test_a_ceiling_that_is_just_reached_is_accepted() -> None:
    assert broken(ceilings_hold) == []


def test_one_household_above_a_ceiling_is_refused() -> None:
    low = with_row(PROBLEM, "ceilings", 0, households=8)
    assert broken(ceilings_hold, low) == [("C5", "most-C")]


def test_a_ceiling_on_a_district_counts_only_that_district() -> None:
    low = with_row(PROBLEM, "ceilings", 1, households=3)
    assert broken(ceilings_hold, low) == [("C5", "most-A-centre")]


def test_a_ceiling_on_another_district_is_not_touched() -> None:
    elsewhere = with_row(PROBLEM, "ceilings", 1, households=0, district="harbour")
    assert broken(ceilings_hold, elsewhere) == []


def test_a_ceiling_on_another_group_or_year_is_not_touched() -> None:
    other_group = with_row(PROBLEM, "ceilings", 0, households=0, groups=())
    other_year = with_row(PROBLEM, "ceilings", 1, households=0, periods=("2028",))
    assert broken(ceilings_hold, other_group) == []
    assert broken(ceilings_hold, other_year) == []


def test_a_pin_on_a_total_counts_every_group_and_year() -> None:
    total = with_row(PROBLEM, "pins", 0, group=None, period=None, households=6)
    assert broken(pins_are_exact, total) == []
    higher = with_row(PROBLEM, "pins", 0, group=None, period=None, households=7)
    assert broken(pins_are_exact, higher) == [("C6", "pin-B")]


def test_a_pin_that_is_kept_is_accepted() -> None:
    assert broken(pins_are_exact) == []


def test_one_household_more_than_pinned_is_refused() -> None:
    assert broken(pins_are_exact, with_row(PROBLEM, "pins", 0, households=3)) == [("C6", "pin-B")]


def test_one_household_fewer_than_pinned_is_refused() -> None:
    assert broken(pins_are_exact, with_row(PROBLEM, "pins", 0, households=5)) == [("C6", "pin-B")]


def test_an_agreement_exceeded_or_just_kept_lacks_nothing() -> None:
    assert broken(shortfalls_are_told) == []
    assert broken(shortfalls_are_told, with_row(PROBLEM, "commitments", 0, households=3)) == []


def test_a_broken_agreement_that_is_not_told_is_refused() -> None:
    silent = without_row(RESULT, "shortfalls", 0)
    assert broken(shortfalls_are_told, PROBLEM, silent) == [("C7", "agreed-D")]


def test_a_kept_agreement_that_is_called_broken_is_refused() -> None:
    gloomy = with_more(RESULT, "shortfalls", Shortfall(commitment="agreed-A", households=1))
    assert broken(shortfalls_are_told, PROBLEM, gloomy) == [("C7", "agreed-A")]
