"""What one noun of the registry is: its wire format, its tables, its filters, its rules."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pydantic.alias_generators import to_camel
from sqlalchemy import Column, ColumnElement, Table, exists, false, or_
from sqlalchemy.orm import Session

from services.api.access.actor import Author, Reach
from shared.contract.fields import Strict
from shared.faults import Fault

Row = TypeVar("Row", bound=Strict)
# Where in the field a part row stands, and its column values.
Placed = tuple[tuple[str | int, ...], dict[str, Any]]


@dataclass(frozen=True)
class Part:
    """A field of several values, kept in a table of its own whose first column is the owner.

    Parameters
    ----------
    field
        Name of the field in the schema.
    table
        The table; its primary key is the owner with whatever may occur once per owner.
    to_rows
        From the field's value to rows, each with its place in the field.
    from_rows
        From rows in the order of their key to the field's value.
    """

    field: str
    table: Table
    to_rows: Callable[[Any], list[Placed]]
    from_rows: Callable[[Sequence[Mapping[str, Any]]], Any]


@dataclass(frozen=True)
class Filter:
    """A query parameter that narrows a list.

    Parameters
    ----------
    name
        Name in snake case; on the wire it is camelCase.
    type_
        What may be asked for, as in a schema.
    condition
        From the value to a condition on the noun's table.
    about
        One sentence for the reference.
    holds
        Whether a row as on the wire meets the same, for rows that are no longer in the table;
        the value is as on the wire too.
    """

    name: str
    type_: Any
    condition: Callable[[Any], ColumnElement[bool]]
    about: str
    holds: Callable[[Any, Mapping[str, Any]], bool]


@dataclass(frozen=True)
class Owners:
    """Whose rows they are: names of fields that are columns, or parts with one id per row.

    Parameters
    ----------
    read
        Fields with municipalities: whoever has one of them as its own may read the row.
        Without any field the rows are common.
    write
        Fields with municipalities: whoever has all of them as its own may write the row.
    parties
        Fields with organisations, which may read the row too.
    """

    read: tuple[str, ...] = ()
    write: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()


COMMON = Owners()
_NOUN = "noun"


def _nothing_unseen(_author: Author, _row: Any) -> Mapping[str, Any]:
    return {}


def _no_guard(_session: Session, _author: Author, _before: Any, _after: Any) -> Iterable[Fault]:
    return ()


def _no_rules(_values: Mapping[str, Any]) -> Iterable[Fault]:
    return ()


def _as_given(row: Row) -> Row:
    return row


@dataclass(frozen=True)
class Noun(Generic[Row]):
    """One noun, complete: everything that makes it differ from the others.

    Parameters
    ----------
    one, about
        The singular in English, and one sentence for the reference.
    schema
        Wire format; fields and columns have the same names.
    table
        Main table, with one column as its primary key.
    parts, filters
        Fields in tables of their own, and what a list can be narrowed by.
    check
        Rules between the fields of one row: from the readable fields to faults. A field that
        was left out is `None`; one that could not be read is not there.
    arrange
        The stored form of a row, where two ways of writing mean the same.
    owners
        Whose rows they are.
    unseen
        Columns that are not on the wire, for a new row.
    guard
        Rules of a change that need more than the row itself: who changes it, what it was before
        (None for a new row) and what it becomes (None for a deleted one). It gives the faults of
        the new row, or raises what refuses the change as a whole.
    """

    one: str
    about: str
    schema: type[Row]
    table: Table
    parts: tuple[Part, ...] = ()
    filters: tuple[Filter, ...] = ()
    check: Callable[[Mapping[str, Any]], Iterable[Fault]] = _no_rules
    arrange: Callable[[Row], Row] = _as_given
    owners: Owners = COMMON
    unseen: Callable[[Author, Row], Mapping[str, Any]] = _nothing_unseen
    guard: Callable[[Session, Author, Row | None, Row | None], Iterable[Fault]] = _no_guard

    def __post_init__(self) -> None:
        """Let whoever refers to the table find out whose rows they are."""
        self.table.info[_NOUN] = self

    @property
    def path(self) -> str:
        """The collection's name in addresses."""
        return path_of(self.table)

    @property
    def is_guarded(self) -> bool:
        """Whether a change of a row is judged by more than the row itself."""
        return self.guard is not _no_guard

    @property
    def id_column(self) -> Column[str]:
        """The primary key of the main table."""
        (column,) = self.table.primary_key.columns
        return column

    @property
    def id_field(self) -> str:
        """The field that holds the id."""
        return self.id_column.key

    def ids_in(self, row: Strict, fields: Sequence[str]) -> tuple[str, ...]:
        """Give the ids that these fields of a row hold, in order."""
        return tuple(dict.fromkeys(id_ for name in fields for id_ in self._ids(row, name)))

    def owners_of(self, row: Strict) -> tuple[str, ...]:
        """Give the owner tokens of a row, as the history keeps them."""
        parties = self.ids_in(row, self.owners.parties)
        codes = self.ids_in(row, self.owners.read)
        return (*codes, *(f"org:{party}" for party in parties))

    def within(self, reach: Reach) -> list[ColumnElement[bool]]:
        """Give the condition that rows of this noun lie within reach; none when all do."""
        if reach.everywhere or not (self.owners.read or self.owners.parties):
            return []
        codes = sorted(reach.codes)
        meets = [self._holds(name, codes) for name in self.owners.read]
        meets += [self._holds(name, [reach.organisation]) for name in self.owners.parties]
        return [or_(false(), *meets)]

    def _ids(self, row: Strict, field: str) -> tuple[str, ...]:
        value = getattr(row, field)
        part = self._part(field)
        if part is None:
            return () if value is None else (value,)
        key = _key_of(part.table)
        return tuple(values[key.key] for _, values in part.to_rows(value))

    def _holds(self, field: str, ids: Sequence[str]) -> ColumnElement[bool]:
        part = self._part(field)
        if part is None:
            return self.table.c[field].in_(ids)
        return exists().where(part.table.c.owner == self.id_column, _key_of(part.table).in_(ids))

    def _part(self, field: str) -> Part | None:
        return next((part for part in self.parts if part.field == field), None)


def _key_of(part: Table) -> Column[str]:
    """Give the one column that tells the rows of an owner apart."""
    (key,) = (column for column in part.primary_key.columns if column.key != "owner")
    return key


def noun_of(table: Table) -> Noun[Any] | None:
    """Find the noun whose main table this is, if it is one."""
    noun: Noun[Any] | None = table.info.get(_NOUN)
    return noun


def path_of(table: Table) -> str:
    """Name the collection that a table belongs to: `target_groups` is `target-groups`."""
    first = next(iter(table.columns))
    if first.key == "owner":
        (key,) = first.foreign_keys
        return path_of(key.column.table)
    return table.name.replace("_", "-")


def equals(column: Column[Any], type_: Any, about: str) -> Filter:
    """Filter by one column."""
    name = column.key.rstrip("_")
    field = to_camel(name)

    def holds(value: Any, row: Mapping[str, Any]) -> bool:
        return bool(row.get(field) == value)

    return Filter(name, type_, lambda value: column == value, about, holds)


def has(name: str, field: str, part: Table, column: str, type_: Any, about: str) -> Filter:
    """Filter by a member of a field that is a list, kept in a part table."""
    (key,) = part.c.owner.foreign_keys
    wire, member = to_camel(field), to_camel(column)

    def condition(value: Any) -> ColumnElement[bool]:
        return exists().where(part.c.owner == key.column, part.c[column] == value)

    def holds(value: Any, row: Mapping[str, Any]) -> bool:
        own = row.get(wire) or ()
        return any(one == value or (isinstance(one, dict) and one[member] == value) for one in own)

    return Filter(name, type_, condition, about, holds)


def members(field: str, table: Table, column: str, *, empty: Any = ()) -> Part:
    """Keep a list of ids; its order means nothing. No ids at all read back as `empty`."""

    def to_rows(value: Sequence[str] | None) -> list[Placed]:
        return [((place,), {column: id_}) for place, id_ in enumerate(value or ())]

    def from_rows(rows: Sequence[Mapping[str, Any]]) -> Any:
        return tuple(row[column] for row in rows) or empty

    return Part(field, table, to_rows, from_rows)


def numbers(field: str, table: Table, key: str, value: str) -> Part:
    """Keep an object from ids to one number each."""

    def to_rows(given: Mapping[str, Any] | None) -> list[Placed]:
        return [((id_,), {key: id_, value: number}) for id_, number in (given or {}).items()]

    def from_rows(rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
        return {row[key]: row[value] for row in rows}

    return Part(field, table, to_rows, from_rows)


def records(field: str, table: Table, *, key: str | None = None) -> Part:
    """Keep rows of several fields: a list, or with `key` an object by that column."""
    names = [column.key for column in table.columns if column.key not in {"owner", key}]

    def placed(place: str | int, record: Strict) -> Placed:
        values = {name: getattr(record, name) for name in names}
        return ((place,), values if key is None else {key: place, **values})

    def to_rows(given: Any) -> list[Placed]:
        pairs = enumerate(given or ()) if key is None else (given or {}).items()
        return [placed(place, record) for place, record in pairs]

    def from_rows(rows: Sequence[Mapping[str, Any]]) -> Any:
        values = tuple({name: row[name] for name in names} for row in rows)
        return values if key is None else {row[key]: v for row, v in zip(rows, values, strict=True)}

    return Part(field, table, to_rows, from_rows)
