"""Rows as an Excel workbook: numbers are numbers, days are days, and no text is computed."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import IO, Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from services.api.exports.cells import Cell, Column, Kind, cell_of, in_digits

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_ROWS = 20_000
"""Most rows in a workbook: more take too long to write; a CSV file has no such limit."""

EXPLANATION = "Uitleg"
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
# A spreadsheet counts days from 1900 on and takes that year for a leap year.
_FIRST_DAY = date(1900, 3, 1)
# It keeps numbers as doubles, of which it shows fifteen digits.
_EXACT_DIGITS = 15
_NARROWEST, _WIDEST = 12, 60
_ABOUT_WIDTH = 80
_FORMATS = {Kind.DAY: "yyyy-mm-dd", Kind.WHOLE: "0", Kind.DECIMAL: "General"}
_TEXT_FORMAT = "@"
_NAMES = {
    Kind.TEXT: "tekst / text",
    Kind.WHOLE: "geheel getal / whole number",
    Kind.DECIMAL: "getal / number",
    Kind.DAY: "datum / date",
    Kind.LIST: "lijst / list: a|b",
    Kind.RECORD: "JSON",
}
_HEADINGS = (
    "kolom / column",
    "soort / kind",
    "verplicht / required",
    "betekenis / meaning",
    "voorbeeld / example",
)


def write_workbook(
    file: IO[bytes],
    name: str,
    columns: Sequence[Column],
    batches: Iterable[Sequence[str]],
    facts: Mapping[str, str],
) -> None:
    """Write a workbook with the rows on its first sheet and what they mean on its second.

    Parameters
    ----------
    file
        Where the workbook is written.
    name
        Name of the first sheet.
    columns
        The columns of the first sheet; their names are its first line.
    batches
        Documents as on the wire, some at a time; at most `MOST_ROWS` in all. None at all make a
        form to fill in.
    facts
        What the second sheet tells about the whole, name and text.
    """
    with xlsxwriter.Workbook(file, _OPTIONS) as book:
        # A second sheet may only be written after the first: rows go to disk as they come.
        _write_rows(book, book.add_worksheet(name), columns, batches)
        _explain(book, book.add_worksheet(EXPLANATION), columns, facts)


def _write_rows(
    book: xlsxwriter.Workbook,
    sheet: Worksheet,
    columns: Sequence[Column],
    batches: Iterable[Sequence[str]],
) -> None:
    formats = [_format_of(book, column) for column in columns]
    heading = book.add_format({"bold": True})
    sheet.freeze_panes(1, 0)
    for place, (column, format_) in enumerate(zip(columns, formats, strict=True)):
        sheet.set_column(place, place, _width(column), format_)
        if column.choices:
            options = {"validate": "list", "source": list(column.choices)}
            sheet.data_validation(1, place, MOST_ROWS, place, options)
    sheet.write_row(0, 0, [column.name for column in columns], heading)
    documents = (document for batch in batches for document in batch)
    for line, document in enumerate(documents, start=1):
        values = json.loads(document)
        for place, (column, format_) in enumerate(zip(columns, formats, strict=True)):
            _write(sheet, line, place, cell_of(column.kind, values.get(column.name)), format_)


def _explain(
    book: xlsxwriter.Workbook,
    sheet: Worksheet,
    columns: Sequence[Column],
    facts: Mapping[str, str],
) -> None:
    heading = book.add_format({"bold": True})
    folded = book.add_format({"text_wrap": True, "valign": "top", "num_format": _TEXT_FORMAT})
    sheet.set_column(0, 2, 2 * _NARROWEST)
    sheet.set_column(3, 3, _ABOUT_WIDTH)
    sheet.set_column(4, 4, _WIDEST)
    for line, (name, text) in enumerate(facts.items()):
        sheet.write_string(line, 0, name, heading)
        sheet.write_string(line, 1, text)
    below = len(facts) + 1
    sheet.write_row(below, 0, _HEADINGS, heading)
    for line, column in enumerate(columns, start=below + 1):
        for place, text in enumerate(_explained(column)):
            sheet.write_string(line, place, text, folded)


def _explained(column: Column) -> tuple[str, ...]:
    choices = f" ({', '.join(column.choices)})" if column.choices else ""
    return (
        column.name,
        _NAMES[column.kind],
        "ja / yes" if column.required else "nee / no",
        column.about + choices,
        _example(column),
    )


def _example(column: Column) -> str:
    cell = cell_of(column.kind, column.example)
    return in_digits(cell) if isinstance(cell, int | Decimal) else str(cell or "")


def _format_of(book: xlsxwriter.Workbook, column: Column) -> Format:
    return book.add_format({"num_format": _FORMATS.get(column.kind, _TEXT_FORMAT)})


def _width(column: Column) -> int:
    example = _example(column)
    return min(_WIDEST, max(_NARROWEST, len(column.name) + 2, len(example) + 2))


def _write(sheet: Worksheet, line: int, place: int, cell: Cell, format_: Any) -> None:
    if cell is None:
        return
    if isinstance(cell, date) and cell >= _FIRST_DAY:
        sheet.write_datetime(line, place, cell, format_)
    elif isinstance(cell, int | Decimal) and _is_exact(cell):
        sheet.write_number(line, place, cell, format_)
    else:
        text = in_digits(cell) if isinstance(cell, int | Decimal) else str(cell)
        sheet.write_string(line, place, text, format_)


def _is_exact(number: int | Decimal) -> bool:
    return len(Decimal(number).as_tuple().digits) <= _EXACT_DIGITS
