"""1.234 is a thousand and more in Dutch and one and a bit in English; only a person knows."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.api.imports.numbers import (
    Evidence,
    NumberFormat,
    is_suppressed,
    language_of,
    plain,
    readings,
)
from services.api.language import written

NL, EN = NumberFormat.NL, NumberFormat.EN
AMOUNTS = st.decimals(min_value=-(10**9), max_value=10**9, places=2, allow_nan=False)


def seen(*cells: str) -> Evidence:
    """Look at the cells of one column."""
    column = Evidence()
    for cell in cells:
        column.add(cell)
    return column


@pytest.mark.parametrize(
    ("text", "dutch", "english"),
    [
        ("1234", "1234", "1234"),
        ("1.234", "1234", "1.234"),
        ("1,234", "1.234", "1234"),
        ("1.234,5", "1234.5", None),
        ("1,234.5", None, "1234.5"),
        ("1.234.567", "1234567", None),
        ("0.123", None, "0.123"),
        ("1 234", "1234", "1234"),
        ("1\u202f234,5", "1234.5", None),
        ("\u22125", "-5", "-5"),
        ("+5", "5", "5"),
        ("12.34,5", None, None),
        ("1e5", None, None),
        ("", None, None),
        ("\u0661\u0662", None, None),
    ],
)
def test_a_number_is_read_in_each_language(
    text: str, dutch: str | None, english: str | None
) -> None:
    assert plain(text, NL) == dutch
    assert plain(text, EN) == english


@given(AMOUNTS)
def test_what_we_write_in_a_language_is_read_back_in_it(amount: Decimal) -> None:
    assert Decimal(plain(written("nl", float(amount), 2), NL) or "") == amount
    assert Decimal(plain(written("en", float(amount), 2), EN) or "") == amount


@given(st.text(max_size=12))
def test_what_is_a_number_in_no_language_is_refused_and_never_breaks(text: str) -> None:
    assert all(Decimal(digits).is_finite() for digits in readings(text).values())


def test_a_comma_before_one_digit_tells_that_a_column_is_dutch() -> None:
    assert seen("1.234", "12,5").language is NL
    assert not seen("1.234", "12,5").must_be_chosen


def test_a_point_before_one_digit_tells_that_a_column_is_english() -> None:
    assert seen("1,234", "12.5").language is EN


def test_a_column_of_which_no_cell_tells_must_be_chosen() -> None:
    assert seen("1.234", "900").language is None
    assert seen("1.234", "900").must_be_chosen


def test_a_column_that_contradicts_itself_must_be_chosen() -> None:
    assert seen("12,5", "12.5").must_be_chosen


def test_a_column_of_digits_is_the_same_in_both_languages() -> None:
    assert not seen("12", "GM0363", "-", "").must_be_chosen


def test_a_file_has_a_language_when_its_columns_agree() -> None:
    assert language_of([seen("1,5"), seen("12")]) is NL
    assert language_of([seen("1,5"), seen("1.5")]) is None
    assert language_of([]) is None


def test_cbs_writes_what_it_does_not_tell_as_a_point_or_a_cross() -> None:
    assert is_suppressed(".")
    assert is_suppressed("x")
    assert not is_suppressed("0")
