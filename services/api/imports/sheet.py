"""A file that was read: its headings, what its columns look like, and its rows, packed."""

import gzip
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from services.api.imports import limits
from services.api.imports.columns import Cell, text_of, unique_headings
from services.api.imports.numbers import Evidence, NumberFormat
from services.api.imports.profiles.profile import Known, Profile
from services.api.imports.refusals import Refused, Why

Line = tuple[int, list[Cell]]
"""Number of the row in the file, and its cells."""

_LONGEST_SAMPLE = 100


@dataclass(frozen=True)
class SheetColumn:
    """A column of the file.

    Parameters
    ----------
    heading
        What stands above it.
    samples
        Its first cells as text.
    written_in
        Language of its numbers, where its cells tell.
    must_be_chosen
        Whether its numbers differ in the two languages and nothing tells which it is.
    """

    heading: str
    samples: tuple[str, ...]
    written_in: NumberFormat | None
    must_be_chosen: bool


@dataclass(frozen=True)
class Sheet:
    """A file that was read.

    Parameters
    ----------
    columns
        Its columns, in order.
    rows
        How many of its rows are kept.
    left_out
        How many others it has: those that a profile does not keep.
    packed
        The rows that are kept, compressed; see `unpacked`.
    """

    columns: tuple[SheetColumn, ...]
    rows: int
    left_out: int
    packed: bytes


def lines_of(file: Iterable[bytes]) -> Iterator[Line]:
    """Read the rows that the reading process wrote."""
    for line in file:
        number, *cells = json.loads(line)
        yield number, cells


def unpacked(packed: bytes) -> Iterator[Line]:
    """Read the rows of a sheet, a few at a time."""
    with gzip.open(io.BytesIO(packed)) as opened:
        yield from lines_of(opened)


def sheet_of(file: Iterable[bytes], profile: Profile | None) -> Sheet:
    """Look at every row once.

    Parameters
    ----------
    file
        What the reading process wrote.
    profile
        The layout that the file is said to have; without one its first row has the headings.

    Raises
    ------
    Refused
        When headings that the profile needs are missing, or when there are no rows.
    """
    head, lines = _headings(lines_of(file), profile)
    headings = unique_headings(head)
    looks = [_Look() for _ in headings]
    known = None if profile is None else known_to(profile, headings)
    kept = left_out = 0
    packed = io.BytesIO()
    # The fastest level: the file stays for an hour or so, and is made of a few words repeated.
    with gzip.GzipFile(fileobj=packed, mode="wb", compresslevel=1, mtime=0) as packing:
        for number, cells in lines:
            if profile is not None and known is not None and not profile.keeps(cells, known):
                left_out += 1
                continue
            kept += 1
            for look, cell in zip(looks, cells, strict=False):
                look.add(cell)
            packing.write(_written(number, cells))
    _refuse_size(kept, left_out)
    told = tuple(look.told(heading) for look, heading in zip(looks, headings, strict=True))
    return Sheet(told, kept, left_out, packed.getvalue())


def known_to(profile: Profile, headings: Sequence[str]) -> Known:
    """Find the columns that a profile reads."""
    at = profile.positions(headings)
    return Known(at, {name: headings[place] for name, place in at.items()})


def _written(number: int, cells: Sequence[Cell]) -> bytes:
    line = json.dumps([number, *cells], ensure_ascii=False, separators=(",", ":"))
    return line.encode() + b"\n"


def _headings(
    lines: Iterator[Line], profile: Profile | None
) -> tuple[Sequence[Cell], Iterator[Line]]:
    """Find the row with headings, and the rows below it."""
    if profile is None:
        _, head = next(lines, (0, []))
        return head, lines
    above = list(islice(lines, limits.MOST_LINES_ABOVE + 1))
    missing = [profile.missing(profile.positions(cells)) for _, cells in above]
    if not missing or [] not in missing:
        wanted = min(missing, key=len) if missing else profile.missing({})
        raise Refused(Why.HEADINGS_MISSING, ", ".join(wanted))
    place = missing.index([])
    return above[place][1], chain(above[place + 1 :], lines)


def _refuse_size(kept: int, left_out: int) -> None:
    if kept + left_out > limits.MOST_ROWS:
        raise Refused(Why.TOO_MANY_ROWS, str(limits.MOST_ROWS))
    if not kept:
        raise Refused(Why.EMPTY)


class _Look:
    """What is seen of a column."""

    def __init__(self) -> None:
        self._samples: list[str] = []
        self._numbers = Evidence()

    def add(self, cell: Cell) -> None:
        if isinstance(cell, str):
            self._numbers.add(cell)
        if len(self._samples) < limits.SAMPLES:
            self._samples.append(text_of(cell)[:_LONGEST_SAMPLE])

    def told(self, heading: str) -> SheetColumn:
        numbers = self._numbers
        return SheetColumn(heading, tuple(self._samples), numbers.language, numbers.must_be_chosen)
