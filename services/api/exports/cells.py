"""A value in a cell of a file, and back: nothing is lost, and nothing becomes a formula."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from shared.faults import InvalidDocument
from shared.strict_json import read_json

Cell = str | int | Decimal | date | None
"""What is in a cell: a number stays a number, a day a day, and `None` is an empty cell."""

_BETWEEN = "|"
# A spreadsheet computes what starts so, also after a tab or an end of line, and in some settings
# after the wide forms of the same signs. Source: OWASP, CSV Injection.
_LIKE_A_FORMULA = re.compile("'*[=+\\-@\t\r\n\0＝＋－＠]")
_NUMBER = re.compile(r"-?[0-9]{1,40}(\.[0-9]{0,40})?([eE][+-]?[0-9]{1,2})?")


class Kind(StrEnum):
    """What a column holds."""

    TEXT = "text"
    WHOLE = "whole"
    DECIMAL = "decimal"
    DAY = "day"
    LIST = "list"
    RECORD = "record"


@dataclass(frozen=True)
class Column:
    """A column of a file: one field of a noun.

    Parameters
    ----------
    name
        Name on the wire; it is the heading too.
    kind
        What it holds.
    required
        Whether a row must have the field; an empty cell then means that it is not known.
    about
        What the field means, in one or two sentences.
    choices
        The values that it may have, where they are few and fixed.
    example
        A value as on the wire, or `None` where the field has no example.
    """

    name: str
    kind: Kind
    required: bool = False
    about: str = ""
    choices: tuple[str, ...] = ()
    example: Any = None


def cell_of(kind: Kind, value: Any) -> Cell:
    """Give the cell for a value.

    Parameters
    ----------
    kind
        What the column holds.
    value
        As read from JSON; `None` is an empty cell.

    Returns
    -------
    A text, a number or a day. A text never begins as a formula does. A list is written as
    `a|b`, and everything with more in it as JSON.
    """
    if value is None:
        return None
    match kind:
        case Kind.WHOLE:
            return int(value)
        case Kind.DECIMAL:
            return Decimal(repr(value))
        case Kind.DAY:
            return date.fromisoformat(value)
        case Kind.LIST:
            return guarded(_joined(value))
        case Kind.RECORD:
            return _json(value)
        case Kind.TEXT:
            return guarded(value)


def value_of(kind: Kind, text: str) -> Any:
    """Read a cell; the opposite of `cell_of`.

    Parameters
    ----------
    kind
        What the column holds.
    text
        The cell as text; a number in digits with a point, a day as YYYY-MM-DD.

    Returns
    -------
    The value as in JSON, decimals as `Decimal`; `None` for an empty cell. What cannot be read
    stays text, so that the noun itself refuses it and says what it wants.
    """
    if not text:
        return None
    match kind:
        case Kind.WHOLE | Kind.DECIMAL:
            return _number(kind, text)
        case Kind.LIST:
            return _separated(unguarded(text))
        case Kind.RECORD:
            return _from_json(text)
        case Kind.DAY | Kind.TEXT:
            return unguarded(text)


def guarded(text: str) -> str:
    """Put an apostrophe before a text that a spreadsheet would compute.

    A text that has such a sign after apostrophes of its own gets one more; that is why taking
    one away gives back what was written. Names such as 's-Gravenhage stay as they are.
    """
    return f"'{text}" if _LIKE_A_FORMULA.match(text) else text


def unguarded(text: str) -> str:
    """Take away the apostrophe that `guarded` put before a text."""
    return text[1:] if text.startswith("'") and _LIKE_A_FORMULA.match(text) else text


def in_digits(number: int | Decimal) -> str:
    """Write a number in full: digits with a point, never with an exponent."""
    return format(number, "f") if isinstance(number, Decimal) else str(number)


def _joined(values: Sequence[Any]) -> str:
    joined = _BETWEEN.join(values) if all(isinstance(value, str) for value in values) else ""
    # An empty cell is no list at all, so a list of nothing, or of one empty text, is JSON.
    return joined if joined and _separated(joined) == list(values) else _json(values)


def _separated(text: str) -> Any:
    if text.startswith("["):
        return _from_json(text)
    return [part.strip() for part in text.split(_BETWEEN)]


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _from_json(text: str) -> Any:
    try:
        return read_json(text.encode(errors="replace"))
    except InvalidDocument:
        return text


def _number(kind: Kind, text: str) -> Any:
    if not _NUMBER.fullmatch(text):
        return text
    number = Decimal(text)
    if kind is Kind.DECIMAL:
        return number
    # A spreadsheet keeps every number as a double, and so says 12.0.
    whole = int(number)
    return whole if whole == number else text
