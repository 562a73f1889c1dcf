"""What a profile is: a layout that is known, so that nobody has to choose columns."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from services.api.imports.columns import (
    Cell,
    CellFault,
    Labels,
    NotReadable,
    Turned,
    simplified,
    text_of,
)
from services.api.imports.numbers import NumberFormat
from services.api.imports.profiles.places import Places


@dataclass(frozen=True)
class Part:
    """A column of the layout.

    Parameters
    ----------
    headings
        What may stand above it.
    field
        The field that it ends up in, for people who look at the columns; `None` for none.
    required
        Whether the file must have it.
    """

    headings: tuple[str, ...]
    field: str | None
    required: bool = True


@dataclass(frozen=True)
class Known:
    """What a profile reads a row with, apart from the row.

    Parameters
    ----------
    at
        Position of each column that the file has.
    headings
        What stands above each, for faults.
    written_in
        Language of the numbers, per column.
    labels
        What the file calls something, per field, and its id.
    places
        Municipalities by name.
    """

    at: Mapping[str, int]
    headings: Mapping[str, str]
    written_in: Mapping[str, NumberFormat | None] = field(default_factory=dict)
    labels: Labels = field(default_factory=dict)
    places: Places = field(default_factory=Places)

    def cell(self, cells: Sequence[Cell], part: str) -> Cell:
        """Give the cell of one column; empty when the file or the row does not have it."""
        place = self.at.get(part)
        return "" if place is None or place >= len(cells) else cells[place]

    def text(self, cells: Sequence[Cell], part: str) -> str:
        """Give the same as text."""
        return text_of(self.cell(cells, part))

    def fault(self, part: str, code: str, message: str) -> CellFault:
        """Make a fault of a cell in this column."""
        return CellFault(self.headings.get(part, part), code, message)

    def reading(self, row: Turned, part: str, read: Callable[[], Any]) -> Any:
        """Read a cell; when that fails it is a fault of the row, and there is no value."""
        try:
            return read()
        except NotReadable as error:
            row.faults.append(self.fault(part, error.code, error.message))
            return None


@dataclass(frozen=True)
class Profile:
    """A layout.

    Parameters
    ----------
    name
        Its name in the API.
    noun
        The collection that its rows go to.
    parts
        Its columns, by a name of our own.
    constants
        What holds for every row unless the person who imports says otherwise.
    keeps
        Whether a row is kept at all; the others are counted, and not stored in any form.
    turned
        From a row to values as in JSON.
    """

    name: str
    noun: str
    parts: Mapping[str, Part]
    constants: Mapping[str, Any]
    keeps: Callable[[Sequence[Cell], Known], bool]
    turned: Callable[[Sequence[Cell], Known], Turned]

    def positions(self, row: Sequence[Cell]) -> dict[str, int]:
        """Find the columns in a row of headings."""
        wanted = {
            simplified(heading): name
            for name, part in self.parts.items()
            for heading in part.headings
        }
        found: dict[str, int] = {}
        for place, cell in enumerate(row):
            name = wanted.get(simplified(text_of(cell)))
            if name is not None:
                found.setdefault(name, place)
        return found

    def missing(self, found: Mapping[str, int]) -> list[str]:
        """Name the headings that the file must have and does not have."""
        return [
            part.headings[0]
            for name, part in self.parts.items()
            if part.required and name not in found
        ]
