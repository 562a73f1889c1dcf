"""A file holds every row as it is: in CSV for all programs and for Dutch ones, and in Excel."""

import csv
import io
import json
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from services.api.exports.cells import Column, Kind, in_digits, value_of
from services.api.exports.columns import columns_of
from services.api.exports.csv_file import csv_file
from services.api.exports.templates import csv_template, write_template
from services.api.exports.xlsx_file import EXPLANATION, write_workbook
from services.api.language import Language
from services.api.needs.schemas import Need
from services.api.target_groups.schemas import TargetGroup
from tests.api.exports.test_cells import TEXTS

Row = dict[str, Any]
NOTE = Column("note", Kind.TEXT)
COLUMNS = (
    Column("id", Kind.TEXT, required=True),
    NOTE,
    Column("households", Kind.WHOLE),
    Column("share", Kind.DECIMAL),
    Column("day", Kind.DAY),
    Column("groups", Kind.LIST),
    Column("size", Kind.RECORD),
)
# What the registry keeps: no spaces around a text, at most fifteen digits in a decimal, and at
# most as many behind the point.
NOTES = TEXTS.map(str.strip).filter(bool)
SHARES = st.builds(
    lambda digits, behind: float(Decimal(digits).scaleb(-behind)),
    st.integers(-(10**15) + 1, 10**15 - 1),
    st.integers(0, 15),
)
DAYS = st.dates().map(date.isoformat)
ROWS = st.fixed_dictionaries(
    {
        "id": NOTES,
        "note": st.none() | NOTES,
        "households": st.none() | st.integers(-(2**53) + 1, 2**53 - 1),
        "share": st.none() | SHARES,
        "day": st.none() | DAYS,
        "groups": st.none() | st.lists(NOTES),
        "size": st.none() | st.dictionaries(NOTES, st.integers(0, 9) | SHARES),
    }
)


def batches(rows: Sequence[Row]) -> list[list[str]]:
    return [[json.dumps(row)] for row in rows]


def workbook(columns: Sequence[Column], rows: Sequence[Row]) -> CalamineWorkbook:
    file = io.BytesIO()
    write_workbook(file, "rows", columns, batches(rows), {"versie / version": "12"})
    return opened(file)


def opened(file: io.BytesIO) -> CalamineWorkbook:
    file.seek(0)
    return CalamineWorkbook.from_filelike(file)


def in_workbook(columns: Sequence[Column], rows: Sequence[Row]) -> list[list[Any]]:
    return workbook(columns, rows).get_sheet_by_name("rows").to_python()


def as_text(cell: Any) -> str:
    """Read a cell of a workbook as an import does."""
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def in_csv(rows: Sequence[Row], numbers: Language = "en") -> list[list[str]]:
    text = b"".join(csv_file(COLUMNS, batches(rows), numbers)).decode("utf-8-sig")
    return list(
        csv.reader(io.StringIO(text, newline=""), delimiter={"en": ",", "nl": ";"}[numbers])
    )


def read_back(cells: Sequence[str]) -> Row:
    values = {
        column.name: value_of(column.kind, cell)
        for column, cell in zip(COLUMNS, cells, strict=True)
    }
    return dict(json.loads(json.dumps(values, default=float)))


@given(st.lists(ROWS, max_size=3))
def test_a_csv_file_gives_back_every_row(rows: list[Row]) -> None:
    heading, *lines = in_csv(rows)

    assert heading == [column.name for column in COLUMNS]
    assert [read_back(line) for line in lines] == rows


@settings(max_examples=60)
@given(st.lists(ROWS, min_size=1, max_size=3))
def test_a_workbook_gives_back_every_row(rows: list[Row]) -> None:
    heading, *lines = in_workbook(COLUMNS, rows)

    assert heading == [column.name for column in COLUMNS]
    assert [read_back([as_text(cell) for cell in line]) for line in lines] == rows


def row(**values: Any) -> Row:
    return {**dict.fromkeys(column.name for column in COLUMNS), "id": "a", **values}


def test_a_dutch_file_has_decimal_commas_and_opens_in_excel() -> None:
    file = b"".join(csv_file(COLUMNS, batches([row(share=-0.5, households=-12)]), "nl"))

    assert file.startswith(b"\xef\xbb\xbfid;note;")
    assert in_csv([row(share=-0.5, households=-12)], "nl")[1][2:4] == ["-12", "-0,5"]


@pytest.mark.parametrize("note", ["=1+1", "-2", "@SUM(A1)", "+31", "=HYPERLINK(1)", "{=1}"])
def test_a_text_is_text_in_a_workbook_and_is_not_computed(note: str) -> None:
    (cell,) = in_workbook((NOTE,), [{"note": note}])[1]

    assert isinstance(cell, str)
    assert cell.removeprefix("'") == note
    assert not cell.startswith(("=", "+", "-", "@"))


def test_a_number_and_a_day_are_a_number_and_a_day_in_a_workbook() -> None:
    cells = in_workbook(COLUMNS, [row(households=-3, share=-0.25, day="2026-01-01")])[1]

    assert cells[2:5] == [-3.0, -0.25, date(2026, 1, 1)]


def test_codes_keep_their_zeros() -> None:
    assert in_workbook((NOTE,), [{"note": "0034"}])[1] == ["0034"]


def test_the_second_sheet_tells_the_version_and_what_each_column_means() -> None:
    sheet = workbook(columns_of(Need), []).get_sheet_by_name(EXPLANATION).to_python()

    told = {line[0]: line for line in sheet}
    assert told["versie / version"][1] == "12"
    assert told["municipality"][1:3] == ["tekst / text", "ja / yes"]
    assert told["referenceDate"][4] == "2026-01-01"
    assert "published" in str(told["quality"][3])


def test_a_template_asks_for_no_id_that_the_registry_makes_itself() -> None:
    assert csv_template(columns_of(Need), "en").startswith(b"municipality,group,period,")
    assert csv_template(columns_of(TargetGroup), "en").startswith(b"id,nameNl,")


def test_a_template_of_excel_has_headings_and_nothing_else() -> None:
    file = io.BytesIO()
    write_template(file, "needs", columns_of(Need), {})

    sheets = opened(file)
    assert sheets.sheet_names == ["needs", EXPLANATION]
    (headings,) = sheets.get_sheet_by_name("needs").to_python()
    assert headings[:3] == ["municipality", "group", "period"]


def test_a_number_is_written_in_full() -> None:
    (cell,) = in_csv([row(share=1e-15)])[1][3:4]

    assert cell == "0.000000000000001"
    assert in_digits(12) == "12"
