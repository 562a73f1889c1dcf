"""A half-year has a name, a first and a last day, and months that pass."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.api.half_years import HalfYear, half_year, half_year_of

days = st.dates(date(1000, 7, 1), date(2999, 12, 30))


def test_the_second_half_of_2025_runs_from_july_to_december() -> None:
    second = half_year("2025-II")

    assert second == HalfYear(2025, 2)
    assert second.first_day == date(2025, 7, 1)
    assert second.last_day == date(2025, 12, 31)


def test_the_half_year_before_the_first_of_a_year_is_in_the_year_before() -> None:
    assert str(half_year("2025-I").before) == "2024-II"
    assert str(half_year("2025-II").before) == "2025-I"


def test_half_years_are_in_order_of_time() -> None:
    assert half_year("2024-II") < half_year("2025-I") < half_year("2025-II")


@pytest.mark.parametrize("text", ["2025", "2025-III", "2025-1", "25-I", "2025-i", "0999-I", ""])
def test_what_is_no_half_year_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is no half-year"):
        half_year(text)


@pytest.mark.parametrize(
    ("day", "months"),
    [
        (date(2024, 12, 30), 0),
        (date(2025, 1, 30), 0),
        (date(2025, 1, 31), 1),
        (date(2025, 3, 30), 2),
        (date(2025, 3, 31), 3),
        (date(2025, 6, 30), 6),
        (date(2026, 2, 1), 6),
    ],
)
def test_a_month_has_passed_at_the_end_of_its_last_day(day: date, months: int) -> None:
    assert half_year("2025-I").months_passed(day) == months


def test_months_of_the_second_half_are_counted_from_july() -> None:
    assert half_year("2025-II").months_passed(date(2025, 6, 30)) == 0
    assert half_year("2025-II").months_passed(date(2025, 7, 31)) == 1
    assert half_year("2025-II").months_passed(date(2025, 12, 31)) == 6


@given(days)
def test_every_day_is_in_its_half_year_and_in_no_other(day: date) -> None:
    found = half_year_of(day)

    assert found.first_day <= day <= found.last_day
    assert found.before.last_day < day


@given(days)
def test_the_name_of_a_half_year_reads_back_as_the_same(day: date) -> None:
    assert half_year(str(half_year_of(day))) == half_year_of(day)
