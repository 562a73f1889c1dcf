"""What one noun of the registry is: its wire format, its tables, its filters, its rules."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import Column, ColumnElement, Table, exists

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
    """

    name: str
    type_: Any
    condition: Callable[[Any], ColumnElement[bool]]
    about: str


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
    """

    one: str
    about: str
    schema: type[Row]
    table: Table
    parts: tuple[Part, ...] = ()
    filters: tuple[Filter, ...] = ()
    check: Callable[[Mapping[str, Any]], Iterable[Fault]] = _no_rules
    arrange: Callable[[Row], Row] = _as_given

    @property
    def path(self) -> str:
        """The collection's name in addresses."""
        return path_of(self.table)

    @property
    def id_column(self) -> Column[str]:
        """The primary key of the main table."""
        (column,) = self.table.primary_key.columns
        return column

    @property
    def id_field(self) -> str:
        """The field that holds the id."""
        return self.id_column.key


def path_of(table: Table) -> str:
    """Name the collection that a table belongs to: `target_groups` is `target-groups`."""
    first = next(iter(table.columns))
    if first.key == "owner":
        (key,) = first.foreign_keys
        return path_of(key.column.table)
    return table.name.replace("_", "-")


def equals(column: Column[Any], type_: Any, about: str) -> Filter:
    """Filter by one column."""
    return Filter(column.key.rstrip("_"), type_, lambda value: column == value, about)


def has(name: str, part: Table, column: str, type_: Any, about: str) -> Filter:
    """Filter by a member of a field that is kept in a part table."""
    (key,) = part.c.owner.foreign_keys

    def condition(value: Any) -> ColumnElement[bool]:
        return exists().where(part.c.owner == key.column, part.c[column] == value)

    return Filter(name, type_, condition, about)


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
        values = [{name: row[name] for name in names} for row in rows]
        if key is None:
            return tuple(values)
        return {row[key]: value for row, value in zip(rows, values, strict=True)}

    return Part(field, table, to_rows, from_rows)
