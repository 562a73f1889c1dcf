"""Rows as a CSV file, for every program (RFC 4180) or for a spreadsheet that speaks Dutch."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from services.api.exports.cells import Cell, Column, cell_of, in_digits
from services.api.language import Language

MEDIA_TYPE = "text/csv; charset=utf-8"


@dataclass(frozen=True)
class _Manner:
    """How a file is written: what stands between cells and in decimals, and how it begins."""

    between: str
    decimal_mark: str
    beginning: bytes


# A Dutch spreadsheet keeps the comma for decimals, and knows by the first bytes that it is UTF-8.
_MANNERS: dict[Language, _Manner] = {
    "en": _Manner(",", ".", b""),
    "nl": _Manner(";", ",", b"\xef\xbb\xbf"),
}


def csv_file(
    columns: Sequence[Column], batches: Iterable[Sequence[str]], numbers: Language
) -> Iterator[bytes]:
    """Write a file piece by piece.

    Parameters
    ----------
    columns
        The columns; their names are the first line.
    batches
        Documents as on the wire, some at a time.
    numbers
        `en` writes 0.5 and commas between cells, `nl` writes 0,5 and semicolons.

    Returns
    -------
    The bytes: the first piece is the heading, each next one a batch.
    """
    manner = _MANNERS[numbers]
    yield manner.beginning + _lines(manner, [[column.name for column in columns]])
    for documents in batches:
        yield _lines(manner, [_row(columns, manner, document) for document in documents])


def _row(columns: Sequence[Column], manner: _Manner, document: str) -> list[str]:
    values = json.loads(document)
    return [_text(manner, cell_of(column.kind, values.get(column.name))) for column in columns]


def _text(manner: _Manner, cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, int | Decimal):
        return in_digits(cell).replace(".", manner.decimal_mark)
    return cell


def _lines(manner: _Manner, rows: Iterable[Sequence[str]]) -> bytes:
    written = io.StringIO(newline="")
    csv.writer(written, delimiter=manner.between).writerows(rows)
    return written.getvalue().encode()
