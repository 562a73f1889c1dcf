"""Empty files to fill in and send back: one line with headings, and what each means."""

from collections.abc import Mapping, Sequence
from typing import IO

from services.api.exports.cells import Column
from services.api.exports.csv_file import csv_file
from services.api.exports.xlsx_file import write_workbook
from services.api.language import Language


def columns_to_fill_in(columns: Sequence[Column]) -> tuple[Column, ...]:
    """Leave out the id where the registry makes it itself."""
    return tuple(column for column in columns if column.name != "id" or column.required)


def csv_template(columns: Sequence[Column], numbers: Language) -> bytes:
    """Give the first line of a CSV file.

    Parameters
    ----------
    columns
        All columns of the noun.
    numbers
        Whose manner of writing the file will have; see `csv_file`.
    """
    return b"".join(csv_file(columns_to_fill_in(columns), (), numbers))


def write_template(
    file: IO[bytes], name: str, columns: Sequence[Column], facts: Mapping[str, str]
) -> None:
    """Write a workbook whose columns know what goes into them, and whose second sheet tells it.

    Parameters
    ----------
    file
        Where the workbook is written.
    name
        Name of its first sheet.
    columns
        All columns of the noun.
    facts
        What the second sheet tells about the whole, name and text.
    """
    write_workbook(file, name, columns_to_fill_in(columns), (), facts)
