"""Read an exported file as another program would."""

import csv
import io
import json
from collections.abc import Sequence
from datetime import date
from typing import Any

import httpx
from pydantic import BaseModel
from python_calamine import CalamineWorkbook

from services.api.exports.cells import value_of
from services.api.exports.columns import columns_of
from services.api.nouns import BY_PATH

Row = dict[str, Any]


def rows_in(noun: str, format_: str, answer: httpx.Response) -> list[Row]:
    """Give the rows of a file as JSON has them."""
    assert answer.status_code == 200, answer.text
    if format_ == "json":
        return list(answer.json())
    cells = in_csv(answer.content) if format_ == "csv" else in_workbook(noun, answer.content)
    schema: type[BaseModel] = BY_PATH[noun].noun.schema
    heading, *lines = cells
    columns = columns_of(schema)
    assert heading == [column.name for column in columns]
    values = [
        {
            column.name: value_of(column.kind, cell)
            for column, cell in zip(columns, line, strict=True)
        }
        for line in lines
    ]
    return list(json.loads(json.dumps(values, default=float)))


def in_csv(content: bytes, between: str = ",") -> list[list[str]]:
    """Give the cells of a CSV file."""
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=between))


def in_workbook(sheet: str, content: bytes) -> list[list[str]]:
    """Give the cells of a sheet as text."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return [as_texts(line) for line in book.get_sheet_by_name(sheet).to_python()]


def as_texts(line: Sequence[Any]) -> list[str]:
    """Write cells as text: days as YYYY-MM-DD, numbers with a point."""
    return [cell.isoformat() if isinstance(cell, date) else str(cell) for cell in line]
