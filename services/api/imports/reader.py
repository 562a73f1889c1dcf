"""Read one file in a process of its own, which a bad file may bring down.

The file is stdin. What comes out on stdout is a line per row that is not empty: a JSON list with
the number of the row and its cells. A text is a string, and a number that a workbook keeps as a
number is one here too; nothing else is interpreted. A file that is not read to its end gives a
last word on stderr, `["why", "where"]`, and exit code 1.
"""

import argparse
import csv
import json
import resource
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, BinaryIO

from services.api.imports import limits
from services.api.imports.refusals import Refused, Why
from services.api.imports.sniffing import NotText, decoded, longest_line, rows_of, separator_of
from services.api.imports.workbook import Cell, rows_of_workbook

WORKBOOK = "xlsx"
TEXT = "csv"


def main(argv: Sequence[str] | None = None) -> int:
    """Read stdin to its end; gives the exit code."""
    arguments = _arguments(argv)
    _limit(arguments.memory_mb, arguments.seconds)
    data = sys.stdin.buffer.read()
    try:
        rows = rows_of_workbook(data) if arguments.kind == WORKBOOK else _text(data, arguments)
        _write(_measured(rows), sys.stdout.buffer)
    except Refused as refused:
        json.dump([refused.why, refused.where], sys.stderr)
        return 1
    except MemoryError:
        json.dump([Why.TOO_LARGE, ""], sys.stderr)
        return 1
    return 0


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="reader", description=__doc__)
    parser.add_argument("--kind", choices=(TEXT, WORKBOOK), required=True)
    parser.add_argument("--charset", default=None)
    parser.add_argument("--memory-mb", type=int, required=True)
    parser.add_argument("--seconds", type=int, required=True)
    return parser.parse_args(argv)


def _limit(megabytes: int, seconds: int) -> None:
    for kind, most in (
        (resource.RLIMIT_AS, megabytes * 1_000_000),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, limits.MOST_WRITTEN_BYTES),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (most, most))


def _text(data: bytes, arguments: argparse.Namespace) -> Iterator[Sequence[Cell]]:
    try:
        text = decoded(data, arguments.charset)
    except NotText as error:
        raise Refused(Why.NOT_TEXT, str(error)) from error
    if longest_line(text) > limits.MOST_IN_ROW:
        raise Refused(Why.ROW_TOO_LONG, str(limits.MOST_IN_ROW))
    csv.field_size_limit(limits.MOST_IN_CELL)
    separator, rest = separator_of(text)
    # A separator that the file tells in a first line leaves that line out of `rest`.
    number = 1 if len(rest) == len(text) else 2
    if number == 2:
        yield []
    rows = rows_of(rest, separator)
    while True:
        try:
            row = next(rows, None)
        except csv.Error as error:
            too_long = "field limit" in str(error)
            why = Why.CELL_TOO_LONG if too_long else Why.QUOTES
            where = limits.MOST_IN_CELL if too_long else number
            raise Refused(why, str(where)) from error
        if row is None:
            return
        yield row
        number += 1


def _measured(rows: Iterable[Sequence[Cell]]) -> Iterator[tuple[int, list[Cell]]]:
    found = 0
    for number, row in enumerate(rows, 1):
        cells = _without_empty_end(row)
        if not cells:
            continue
        found += 1
        if found > limits.MOST_ROWS + limits.MOST_LINES_ABOVE:
            raise Refused(Why.TOO_MANY_ROWS, str(limits.MOST_ROWS))
        if len(cells) > limits.MOST_COLUMNS:
            raise Refused(Why.TOO_MANY_COLUMNS, str(limits.MOST_COLUMNS))
        yield number, cells


def _without_empty_end(row: Sequence[Cell]) -> list[Cell]:
    cells: list[Cell] = [cell.strip() if isinstance(cell, str) else cell for cell in row]
    while cells and cells[-1] == "":
        cells.pop()
    return cells


def _write(rows: Iterable[tuple[int, list[Any]]], out: BinaryIO) -> None:
    encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False)
    for number, cells in rows:
        out.write(encode.encode([number, *cells]).encode() + b"\n")
    out.flush()


if __name__ == "__main__":
    sys.exit(main())
