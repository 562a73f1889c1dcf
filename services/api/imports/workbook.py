"""A workbook (XLSX): first looked at as the archive that it is, and only then read."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from services.api.imports import limits
from services.api.imports.refusals import Refused, Why

Cell = str | int | float

_CHUNK = 1 << 16
_ARCHIVES = (".zip", ".xlsx", ".xlsm", ".xlsb", ".docx", ".ods", ".7z", ".gz", ".rar")
_SHEETS = "xl/worksheets/"
_LONGEST_TAG = 400
_CELL_WITH_AN_ERROR = re.compile(rb"<(?:\w+:)?c\s[^<>]{0,200}\bt=[\"']e[\"'][^<>]{0,100}>")
_ADDRESS = re.compile(rb"\br=[\"']([A-Z]{1,3}[0-9]{1,7})[\"']")
_ENCRYPTED = 0x1
# Source: IEEE 754-2019, binary64.
_LARGEST_EXACT = 2**53


def rows_of_workbook(data: bytes) -> Iterator[list[Cell]]:
    """Read every row of the first sheet, empty ones too; a formula is its last value.

    Parameters
    ----------
    data
        The whole file.

    Raises
    ------
    Refused
        When the archive is damaged or locked, holds more than its size promises, or when a cell
        shows an error, which would otherwise look like an empty cell.
    """
    _look_into(data)
    # Loaded here, because a text file needs none of it.
    import python_calamine as calamine

    try:
        workbook = calamine.load_workbook(io.BytesIO(data))
        rows = workbook.get_sheet_by_index(0).iter_rows()
    except (calamine.CalamineError, IndexError, OSError) as error:
        raise Refused(Why.NOT_A_WORKBOOK) from error
    for row in rows:
        yield [_cell(value) for value in row]


def _look_into(data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            _weigh(parts)
            for part in parts:
                _unpack(archive, part)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError) as error:
        raise Refused(Why.NOT_A_WORKBOOK) from error


def _weigh(parts: list[zipfile.ZipInfo]) -> None:
    unpacked = sum(part.file_size for part in parts)
    steep = any(part.file_size > limits.MOST_RATIO * max(part.compress_size, 1) for part in parts)
    if len(parts) > limits.MOST_PARTS or unpacked > limits.MOST_UNPACKED_BYTES or steep:
        raise Refused(Why.TOO_LARGE)
    if any(part.flag_bits & _ENCRYPTED for part in parts):
        raise Refused(Why.LOCKED)
    if any(part.filename.lower().endswith(_ARCHIVES) for part in parts):
        raise Refused(Why.ARCHIVE_WITHIN)


def _unpack(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    # Read to its end once: a part that is larger than its entry says has another checksum.
    kept = b""
    with archive.open(part) as opened:
        while chunk := opened.read(_CHUNK):
            kept = kept[-_LONGEST_TAG:] + chunk
            if part.filename.startswith(_SHEETS):
                _refuse_errors(kept)


def _refuse_errors(xml: bytes) -> None:
    found = _CELL_WITH_AN_ERROR.search(xml)
    if found:
        address = _ADDRESS.search(found.group())
        raise Refused(Why.ERROR_IN_CELL, address.group(1).decode() if address else "?")


def _cell(value: Any) -> Cell:
    # First what is there most: this is done for every cell.
    if isinstance(value, str):
        if len(value) > limits.MOST_IN_CELL:
            raise Refused(Why.CELL_TOO_LONG, str(limits.MOST_IN_CELL))
        return value
    match value:
        case float():
            return int(value) if value.is_integer() and abs(value) < _LARGEST_EXACT else value
        case bool():
            return "true" if value else "false"
        case datetime() if value.time() == time():
            return value.date().isoformat()
        case datetime() | date() | time():
            return value.isoformat()
    return str(value)
