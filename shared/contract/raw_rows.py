"""Look into a document that may be faulty: what is of the right kind comes out, the rest is left.

A fault in one row must not hide faults elsewhere, so the rules that span rows read the plain
tree and not the finished models. Fields of the wrong kind are reported by the models.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from typing import Any

RawRow = Mapping[str, Any]


def rows(tree: Any, name: str) -> Iterator[tuple[int, RawRow]]:
    """Give the rows of one list that are objects, each with its position."""
    listed = tree.get(name) if isinstance(tree, dict) else None
    if isinstance(listed, list | tuple):
        for position, row in enumerate(listed):
            if isinstance(row, dict):
                yield position, row


def text(row: RawRow, name: str) -> str | None:
    """Give a field that is text, else None."""
    value = row.get(name)
    return value if isinstance(value, str) else None


def texts(row: RawRow, name: str) -> Iterator[tuple[int, str]]:
    """Give the entries of a field that are text, each with its position in the list."""
    listed = row.get(name)
    if isinstance(listed, list | tuple):
        for position, value in enumerate(listed):
            if isinstance(value, str):
                yield position, value


def number(row: RawRow, name: str) -> int | Fraction | None:
    """Give a field that is a finite number, exactly as its decimal text says, else None."""
    value = row.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    if isinstance(value, int):
        return value
    try:
        return Fraction(str(value))
    except ValueError:
        return None


def day(row: RawRow, name: str) -> date | None:
    """Give a field that is a date, else None."""
    value = row.get(name)
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def ids(tree: Any, name: str) -> frozenset[str]:
    """Give the ids in one list, also those of rows that are faulty in another field."""
    return frozenset(key for _, row in rows(tree, name) if (key := text(row, "id")) is not None)
