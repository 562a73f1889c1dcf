"""What is written into a cell is read back the same, and is never a formula."""

import csv
import io
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.api.exports.cells import Kind, cell_of, guarded, in_digits, unguarded, value_of

# Text as the registry keeps it, with no NUL and no half characters; the other two are no characters
# either, and XML cannot hold them.
LETTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufffe\uffff")
TEXTS = st.text(st.one_of(st.sampled_from("'=+-@\t\r\n\"|[];,"), LETTERS), min_size=1)
COMPUTED = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def there_and_back(kind: Kind, value: Any) -> Any:
    cell = cell_of(kind, value)
    return value_of(kind, in_digits(cell) if isinstance(cell, int | Decimal) else str(cell))


@given(TEXTS)
def test_every_text_comes_back(text: str) -> None:
    assert there_and_back(Kind.TEXT, text) == text


@given(TEXTS)
def test_no_text_begins_as_a_formula(text: str) -> None:
    assert not guarded(text).startswith(COMPUTED)


@given(TEXTS)
def test_what_is_guarded_twice_is_freed_twice(text: str) -> None:
    assert unguarded(unguarded(guarded(guarded(text)))) == text


@given(st.lists(TEXTS | st.just("")))
def test_every_list_comes_back(members: list[str]) -> None:
    assert there_and_back(Kind.LIST, members) == members


@given(st.integers(-(2**53) + 1, 2**53 - 1))
def test_every_whole_number_comes_back(number: int) -> None:
    assert there_and_back(Kind.WHOLE, number) == number


@given(st.floats(-1e15, 1e15, allow_subnormal=False).map(lambda number: float(f"{number:.14e}")))
def test_every_decimal_comes_back_digit_for_digit(number: float) -> None:
    cell = cell_of(Kind.DECIMAL, number)

    assert isinstance(cell, Decimal)
    assert float(cell) == number
    assert "e" not in in_digits(cell).lower()


@given(st.dictionaries(TEXTS, st.integers(0, 2**53 - 1) | st.floats(0, 1000).map(lambda n: n + 1)))
def test_every_record_comes_back(record: dict[str, float]) -> None:
    assert there_and_back(Kind.RECORD, record) == record


@given(st.lists(TEXTS, min_size=1))
def test_a_line_of_a_csv_file_keeps_every_text(texts: list[str]) -> None:
    file = io.StringIO(newline="")
    csv.writer(file, quoting=csv.QUOTE_ALL).writerow([guarded(text) for text in texts])
    file.seek(0)

    assert [unguarded(cell) for row in csv.reader(file) for cell in row] == texts


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("-2", "'-2"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("'=1", "''=1"),
        ("'s-Gravenhage", "'s-Gravenhage"),
        ("'", "'"),
        ("2 + 2", "2 + 2"),
    ],
)
def test_an_apostrophe_stands_before_what_would_be_computed_and_nowhere_else(
    text: str, cell: str
) -> None:
    assert guarded(text) == cell


def test_a_negative_number_stays_a_number() -> None:
    assert cell_of(Kind.WHOLE, -2) == -2
    assert cell_of(Kind.DECIMAL, -0.5) == Decimal("-0.5")


def test_a_list_of_codes_is_readable() -> None:
    assert cell_of(Kind.LIST, ["GM0363", "GM0394"]) == "GM0363|GM0394"
    assert value_of(Kind.LIST, " GM0363 | GM0394 ") == ["GM0363", "GM0394"]


def test_nothing_is_an_empty_cell_and_an_empty_list_is_not_nothing() -> None:
    assert cell_of(Kind.LIST, None) is None
    assert value_of(Kind.LIST, "") is None
    assert there_and_back(Kind.LIST, []) == []


def test_a_spreadsheet_may_write_a_whole_number_as_a_decimal() -> None:
    assert value_of(Kind.WHOLE, "12.0") == 12
    assert value_of(Kind.WHOLE, "1e+2") == 100


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (Kind.WHOLE, "12.5"),
        (Kind.WHOLE, "twelve"),
        (Kind.WHOLE, "1_000"),
        (Kind.DECIMAL, "1.234,5"),
        (Kind.DECIMAL, "NaN"),
        (Kind.DAY, "1-1-2026"),
        (Kind.RECORD, '{"a": 1, "a": 2}'),
        (Kind.LIST, "[1"),
    ],
)
def test_what_cannot_be_read_stays_text_for_the_noun_to_refuse(kind: Kind, text: str) -> None:
    assert value_of(kind, text) == text
