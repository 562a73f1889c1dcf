"""What was chosen for a file, checked, and made into a way to read its rows."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from services.api.exports.cells import Column
from services.api.imports.columns import Cell, CellReader, Chosen, Labels, Turned
from services.api.imports.numbers import NumberFormat
from services.api.imports.profiles.places import Places
from services.api.imports.profiles.profile import Known, Profile
from services.api.imports.schemas import ChoicesIn, ImportColumn, OnExisting
from shared.faults import Fault, pointer


@dataclass(frozen=True)
class Way:
    """How the rows of one file are read.

    Parameters
    ----------
    headings
        The columns of the file, in order.
    chosen
        Columns that are read, for a file without a profile.
    profile, known
        The layout and where its columns are, for a file with one.
    constants
        Values of every row whose cell for it is empty.
    reader
        What reads the cells of the chosen columns.
    said_unknown
        Fields that the file has and whose empty cells say that a figure is not known.
    on_existing
        What is done with a row that the registry has already.
    """

    headings: Sequence[str]
    chosen: Sequence[Chosen]
    profile: Profile | None
    known: Known | None
    constants: Mapping[str, Any]
    reader: CellReader
    said_unknown: frozenset[str]
    on_existing: OnExisting

    def turned(self, cells: Sequence[Cell]) -> Turned:
        """Read one row: values as in JSON; what is not known is not there."""
        if self.profile is not None and self.known is not None:
            row = self.profile.turned(cells, self.known)
        else:
            row = self.reader.turned(cells)
        told = {name: value for name, value in row.values.items() if value is not None}
        row.values = {**self.constants, **told}
        if row.values.get("quality") == "suppressed" and "likely" not in told:
            # A constant is no figure for what is not told.
            row.values.pop("likely", None)
        for name in self.said_unknown:
            row.values.setdefault(name, None)
        return row

    def heading_of(self, field: str) -> str | None:
        """Name the column that a field comes from."""
        if self.profile is not None and self.known is not None:
            parts = (name for name, part in self.profile.parts.items() if part.field == field)
            return next((self.known.headings.get(name) for name in parts), None)
        return next((one.heading for one in self.chosen if one.column.name == field), None)

    def field_under(self, heading: str) -> str | None:
        """Name the field that a column goes to."""
        if self.profile is not None and self.known is not None:
            parts = (name for name, told in self.known.headings.items() if told == heading)
            return next((self.profile.parts[name].field for name in parts), None)
        return next((one.column.name for one in self.chosen if one.heading == heading), None)


def faults_of(
    choices: ChoicesIn,
    headings: Sequence[str],
    columns: Sequence[Column],
    profile: Profile | None,
) -> Iterator[Fault]:
    """Report choices for columns or fields that do not exist, and fields chosen twice."""
    fields = {column.name for column in columns}
    told = ", ".join(sorted(fields))
    taken: set[str] = set()
    if profile is not None and choices.columns:
        message = "A file with a profile needs no columns; leave them out."
        yield Fault("/columns", "not_allowed", message)
    for heading, name in choices.columns.items():
        place = pointer("columns", heading)
        if heading not in headings:
            yield Fault(place, "unknown_column", f"The file has no column {heading!r}.")
        if name is not None and name not in fields:
            yield Fault(place, "unknown_field", f"There is no field {name!r}; known are {told}.")
        if name is not None and name in taken:
            yield Fault(place, "repeated_field", f"The field {name!r} is chosen more than once.")
        taken.add(name or "")
    for name in choices.constants.keys() - fields:
        message = f"There is no field {name!r}; known are {told}."
        yield Fault(pointer("constants", name), "unknown_field", message)


def way_of(
    choices: ChoicesIn,
    file_columns: Sequence[ImportColumn],
    columns: Sequence[Column],
    profile: Profile | None,
    places: Places,
    may_be_unknown: frozenset[str],
) -> Way:
    """Make the way to read rows from choices without faults.

    Parameters
    ----------
    may_be_unknown
        Fields that every row must have, if only to say that they are not known.
    """
    headings = [column.heading for column in file_columns]
    languages = {column.heading: _language(choices, column) for column in file_columns}
    labels = _labels(choices)
    constants = dict(choices.constants)
    known = None
    if profile is not None:
        constants = {**profile.constants, **constants}
        known = _known(profile, headings, languages, labels, places)
    by_name = {column.name: column for column in columns}
    chosen = [
        Chosen(headings.index(heading), heading, by_name[name], languages[heading])
        for heading, name in choices.columns.items()
        if name is not None
    ]
    read = {one.column.name for one in chosen}
    if profile is not None and known is not None:
        read = {profile.parts[name].field or "" for name in known.at}
    return Way(
        headings=headings,
        chosen=chosen,
        profile=profile,
        known=known,
        constants=constants,
        reader=CellReader(chosen, labels),
        said_unknown=may_be_unknown & read,
        on_existing=choices.on_existing,
    )


def _language(choices: ChoicesIn, column: ImportColumn) -> NumberFormat | None:
    if choices.number_format is not None:
        return NumberFormat(choices.number_format)
    return column.number_format


def _labels(choices: ChoicesIn) -> Labels:
    told = {"group": choices.groups, "period": choices.periods, "form": choices.forms}
    several = {"groups": choices.groups, "periods": choices.periods}
    return {name: labels for name, labels in {**told, **several}.items() if labels}


def _known(
    profile: Profile,
    headings: Sequence[str],
    languages: Mapping[str, NumberFormat | None],
    labels: Labels,
    places: Places,
) -> Known:
    at = profile.positions(headings)
    named = {name: headings[place] for name, place in at.items()}
    written_in = {name: languages[heading] for name, heading in named.items()}
    return Known(at, named, written_in, labels, places)
