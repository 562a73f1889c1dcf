"""How a text file is written is found out, and where it cannot be, it is asked."""

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.api.imports.sniffing import NotText, decoded, longest_line, rows_of, separator_of

CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\0\r"), max_size=8)


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"wijk", "wijk"),
        (b"\xef\xbb\xbf" + "café".encode(), "café"),
        ("café".encode("utf-16"), "café"),
        (b"\xfe\xff" + "café".encode("utf-16-be"), "café"),
    ],
)
def test_unicode_is_recognised(data: bytes, text: str) -> None:
    assert decoded(data) == text


def test_windows_1252_is_read_when_the_sender_says_so_and_not_guessed() -> None:
    data = "café".encode("windows-1252")

    assert decoded(data, "windows-1252") == "café"
    with pytest.raises(NotText):
        decoded(data)


def test_a_file_with_a_nul_in_it_is_no_text() -> None:
    with pytest.raises(NotText):
        decoded(b"a;b\0;c")


@pytest.mark.parametrize(
    ("text", "separator"),
    [
        ("a;b\n1,5;2,5\n1;2\n", ";"),
        ("a,b\n1.5,2\n", ","),
        ("a\tb\n1,5\t2\n", "\t"),
        ('"x, y";b\n1;2\n', ";"),
        ("only\none\n", ";"),
    ],
)
def test_the_sign_that_cuts_all_rows_alike_is_the_separator(text: str, separator: str) -> None:
    assert separator_of(text) == (separator, text)


def test_a_first_line_may_say_what_the_separator_is() -> None:
    assert separator_of("sep=,\na;b,c\n") == (",", "a;b,c\n")


def test_an_end_of_line_within_quotes_belongs_to_the_cell() -> None:
    assert list(rows_of('a;"b\nc"\n', ";")) == [["a", "b\nc"]]


def test_a_quotation_mark_that_is_never_closed_is_refused() -> None:
    with pytest.raises(csv.Error):
        list(rows_of('a;"b\n', ";"))


def test_the_longest_line_is_measured_without_its_rows() -> None:
    assert longest_line("ab\nabcd\n") == 5
    assert longest_line("") == 0


@given(st.lists(st.lists(CELLS, min_size=2, max_size=4), min_size=1, max_size=5))
def test_whatever_a_text_is_its_separator_is_one_of_three(rows: list[list[str]]) -> None:
    text = "\n".join(";".join(row) for row in rows)

    assert separator_of(text)[0] in {";", ",", "\t"}
