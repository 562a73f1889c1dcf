"""From a row of cells to a row on the wire: which column is which field, and how it is read."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple

from services.api.exports.cells import Column, Kind, value_of
from services.api.imports.headings import IN_DUTCH
from services.api.imports.numbers import NumberFormat, is_suppressed, plain, readings

Cell = str | int | float
Labels = Mapping[str, Mapping[str, str | None]]
"""Per field, what a file calls something and what its id is; `None` leaves the row out."""

_NUMBERS = frozenset({Kind.WHOLE, Kind.DECIMAL})
_NOT_TOLD = "suppressed"
_MOST_REMEMBERED = 10_000
_DUTCH_DAY = re.compile(r"([0-9]{1,2})-([0-9]{1,2})-([0-9]{4})")
_SIGNS = re.compile(r"[^0-9a-z]+")


@dataclass(frozen=True)
class CellFault:
    """What is wrong with one cell, by the heading above it; no heading is the whole row."""

    heading: str
    code: str
    message: str


@dataclass
class Turned:
    """What became of a row of cells: values as in JSON, faults, or why it is left out."""

    values: dict[str, Any] = field(default_factory=dict)
    faults: list[CellFault] = field(default_factory=list)
    left_out: bool = False


@dataclass(frozen=True)
class Chosen:
    """A column of the file that is read, and into which field.

    Parameters
    ----------
    place
        Position in the row, from 0.
    heading
        What stands above it.
    column
        The field.
    written_in
        Language of its numbers; `None` while they are the same in both, or not clear.
    """

    place: int
    heading: str
    column: Column
    written_in: NumberFormat | None = None


class NotReadable(Exception):
    """A cell cannot be read, or could be read in two ways."""

    def __init__(self, code: str, message: str) -> None:
        self.code, self.message = code, message
        super().__init__(message)


def unique_headings(row: Sequence[Cell]) -> list[str]:
    """Name every column: by its heading, or by its position where that is empty or repeated."""
    seen: set[str] = set()
    names = []
    for position, cell in enumerate(row, 1):
        name = text_of(cell) or f"({position})"
        while name in seen:
            name = f"{name} ({position})"
        seen.add(name)
        names.append(name)
    return names


def simplified(heading: str) -> str:
    """Write a heading without capitals, accents, spaces and signs, to compare it."""
    decomposed = unicodedata.normalize("NFKD", heading)
    bare = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    return _SIGNS.sub("", bare.casefold())


def suggested(headings: Iterable[str], columns: Iterable[Column]) -> dict[str, str | None]:
    """Suggest a field per heading: its name on the wire, or a Dutch word for it; each once."""
    known: dict[str, str] = {}
    for column in columns:
        for name in (column.name, *IN_DUTCH.get(column.name, ())):
            known.setdefault(simplified(name), column.name)
    found: dict[str, str | None] = {}
    for heading in headings:
        field_name = known.get(simplified(heading))
        found[heading] = None if field_name in found.values() else field_name
    return found


class Read(NamedTuple):
    """What was read in one cell."""

    value: Any
    is_told: bool = True
    left_out: bool = False
    fault: CellFault | None = None


class CellReader:
    """Reads the rows of one file.

    Parameters
    ----------
    chosen
        The columns that are read.
    labels
        Per field, what the file calls something and its id.
    """

    def __init__(self, chosen: Sequence[Chosen], labels: Labels) -> None:
        self._labels = labels
        # The cells of a column repeat; what was read once is remembered, up to a limit.
        self._columns: list[tuple[Chosen, dict[Cell, Read]]] = [(one, {}) for one in chosen]

    def turned(self, cells: Sequence[Cell]) -> Turned:
        """Read a row of cells; what is missing at its end is empty."""
        row = Turned()
        width = len(cells)
        for one, known in self._columns:
            cell = cells[one.place] if one.place < width else ""
            if cell == "":
                continue
            read = known.get(cell)
            if read is None:
                read = _read(one, cell, self._labels)
                if len(known) < _MOST_REMEMBERED:
                    known[cell] = read
            _put(row, one.column.name, read)
        return row


def _put(row: Turned, name: str, read: Read) -> None:
    if read.fault is not None:
        row.faults.append(read.fault)
    elif not read.is_told:
        # What CBS does not tell is not known; only of the figure itself does the quality say so.
        if name == "likely":
            row.values["quality"] = _NOT_TOLD
    elif name != "quality" or row.values.get(name) != _NOT_TOLD:
        # That a figure is not told goes before what holds for the others.
        row.values[name] = read.value
        row.left_out |= read.left_out


def _read(one: Chosen, cell: Cell, labels: Labels) -> Read:
    name, kind = one.column.name, one.column.kind
    try:
        if kind in _NUMBERS:
            if isinstance(cell, str) and is_suppressed(cell):
                return Read(None, is_told=False)
            return Read(value_of(kind, digits(cell, one.written_in)))
        value = value_of(kind, day(text_of(cell)) if kind is Kind.DAY else text_of(cell))
    except NotReadable as error:
        return Read(None, fault=CellFault(one.heading, error.code, error.message))
    if name not in labels:
        return Read(value)
    value = _named(value, labels[name])
    return Read(value, left_out=value is None)


def _named(value: Any, ids: Mapping[str, str | None]) -> Any:
    if not isinstance(value, list):
        return ids.get(value, value)
    named = [ids.get(label, label) for label in value]
    return [id_ for id_ in named if id_ is not None]


def text_of(cell: Cell) -> str:
    """Write a cell as text; a number in digits, never with an exponent."""
    return format(Decimal(repr(cell)), "f") if isinstance(cell, float) else str(cell)


def digits(cell: Cell, written_in: NumberFormat | None) -> str:
    """Write a number in digits with a point.

    Parameters
    ----------
    cell
        A number that the file keeps as one, or a text with a number.
    written_in
        The language of a text; `None` when it must be the same in both.

    Raises
    ------
    NotReadable
        When it is no number, or another number in the other language.
    """
    if not isinstance(cell, str):
        return text_of(cell)
    if written_in is None:
        read = readings(cell)
        if len(read) == len(NumberFormat) and len(set(read.values())) == 1:
            return read[NumberFormat.NL]
        if read:
            raise NotReadable(
                "number_not_clear",
                f"{_quoted(cell)} is one number in Dutch and another in English; choose which "
                "language the numbers are in.",
            )
    else:
        number = plain(cell, written_in)
        if number is not None:
            return number
    told = {"nl": "Dutch, such as 1.234,5", "en": "English, such as 1,234.5", None: "digits"}
    raise NotReadable(
        "not_a_number", f"{_quoted(cell)} is not a number written in {told[written_in]}."
    )


def day(text: str) -> str:
    """Write a day as YYYY-MM-DD when it is written the Dutch way, as 31-12-2026."""
    dutch = _DUTCH_DAY.fullmatch(text)
    return f"{dutch[3]}-{dutch[2]:0>2}-{dutch[1]:0>2}" if dutch else text


def _quoted(cell: str) -> str:
    return repr(cell if len(cell) <= 40 else f"{cell[:40]}…")
