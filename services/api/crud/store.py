"""All SQL of the registry, the same for every noun."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from pydantic import BaseModel
from sqlalchemy import (
    Column,
    ColumnElement,
    Table,
    UniqueConstraint,
    delete,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from services.api.access.actor import Reach
from services.api.crud.columns import Bytewise
from services.api.crud.noun import Noun, Part, Row, noun_of, path_of
from shared.faults import Fault, pointer

# Far below what either database takes as parameters of one statement.
_MOST_PER_QUERY = 1_000
_UNIQUE_VIOLATION = {"23505", "SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_PRIMARYKEY"}


def rows(
    session: Session,
    noun: Noun[Row],
    conditions: Sequence[ColumnElement[bool]] = (),
    limit: int | None = None,
    offset: int = 0,
) -> list[Row]:
    """Read rows in the order of their ids, byte by byte, the same on both databases."""
    columns = _on_the_wire(noun.table, noun.schema)
    query = (
        select(*columns)
        .where(*conditions)
        .order_by(Bytewise(noun.id_column))
        .limit(limit)
        .offset(offset)
    )
    names = [column.key for column in columns]
    found = [dict(zip(names, row, strict=True)) for row in session.execute(query)]
    ids = [values[noun.id_field] for values in found]
    # A whole list is read with its parts in one piece; a page only with the parts it needs.
    wanted = None if limit is None and not conditions else ids
    for part in noun.parts:
        owned = _part_rows(session, part, wanted)
        for values in found:
            values[part.field] = part.from_rows(owned[values[noun.id_field]])
    return [noun.schema.model_validate(values) for values in found]


def insert_rows(
    session: Session, noun: Noun[Row], rows: Sequence[Row], unseen: Sequence[Mapping[str, Any]]
) -> None:
    """Add rows with their parts; `unseen` are the columns of each that are not on the wire.

    Raises
    ------
    sqlalchemy.exc.IntegrityError
        When the database refuses; nothing of any row is kept then.
    """
    with session.begin_nested():
        values = [
            {**columns_of(noun, row), **others} for row, others in zip(rows, unseen, strict=True)
        ]
        session.execute(insert(noun.table), values)
        insert_parts(session, noun, rows)


def update_row(session: Session, noun: Noun[Row], row: Row, seen: int, change: int) -> bool:
    """Replace a row and its parts, if `seen` is still the change that wrote it.

    Raises
    ------
    sqlalchemy.exc.IntegrityError
        When the database refuses; the old row stays then.
    """
    id_ = getattr(row, noun.id_field)
    with session.begin_nested():
        columns = {**columns_of(noun, row), "change": change}
        changed = session.execute(
            update(noun.table)
            .where(noun.id_column == id_, noun.table.c.change == seen)
            .values(columns)
            .returning(noun.id_column)
        )
        if changed.first() is None:
            return False
        for part in noun.parts:
            session.execute(delete(part.table).where(part.table.c.owner == id_))
        insert_parts(session, noun, [row])
    return True


def delete_row(session: Session, noun: Noun[Row], id_: str, seen: int) -> bool:
    """Delete a row with its parts, if `seen` is still the change that wrote it."""
    with session.begin_nested():
        gone = session.execute(
            delete(noun.table)
            .where(noun.id_column == id_, noun.table.c.change == seen)
            .returning(noun.id_column)
        )
        return gone.first() is not None


def is_repeated_key(error: IntegrityError) -> bool:
    """Whether the database refused because a row with the same key exists."""
    cause: Any = error.orig
    names = {getattr(cause, "sqlstate", None), getattr(cause, "sqlite_errorname", None)}
    return bool(names & _UNIQUE_VIOLATION)


def repeated_key(session: Session, noun: Noun[Row], row: Row) -> dict[str, str]:
    """Tell which key of this row another row already has: the id, or else the key fields."""
    id_ = getattr(row, noun.id_field)
    if session.scalars(select(noun.id_column).where(noun.id_column == id_)).first() is not None:
        return {_wire_name(noun, noun.id_field): id_}
    unique = (c for c in noun.table.constraints if isinstance(c, UniqueConstraint))
    names = [column.key for constraint in unique for column in constraint.columns]
    return {_wire_name(noun, name): str(getattr(row, name)) for name in names}


def users(session: Session, noun: Noun[Row], id_: str) -> dict[str, int]:
    """Count per collection the rows that refer to this row."""
    own = {part.table for part in noun.parts}
    found: dict[str, int] = defaultdict(int)
    for table in noun.table.metadata.sorted_tables:
        for key in table.foreign_keys if table not in own else ():
            if key.column.table is noun.table:
                query = select(func.count()).select_from(table).where(key.parent == id_)
                found[path_of(table)] += session.scalars(query).one()
    return {name: number for name, number in sorted(found.items()) if number}


class Mention(NamedTuple):
    """An id in a row, the place of the row and the steps within it, and where it must occur."""

    place: str
    steps: tuple[str | int, ...]
    id: str
    target: Column[Any]


def unknown_references(
    session: Session, mentioned: Iterable[Mention], reach: Reach
) -> Iterator[Fault]:
    """Report every mentioned id that no row within reach has, each with its place."""
    by_target: dict[Column[Any], list[Mention]] = defaultdict(list)
    for mention in mentioned:
        by_target[mention.target].append(mention)
    for target, mentions_of_it in by_target.items():
        noun = noun_of(target.table)
        within = [] if noun is None else noun.within(reach)
        known = _known(session, target, {mention.id for mention in mentions_of_it}, within)
        where = path_of(target.table)
        for place, steps, id_, _ in mentions_of_it:
            if id_ not in known:
                message = f"There is no row {id_!r} in {where}."
                yield Fault(place + pointer(*steps), "unknown_id", message)


def _known(
    session: Session, target: Column[Any], ids: set[str], within: Sequence[ColumnElement[bool]]
) -> set[str]:
    ordered = sorted(ids)
    known: set[str] = set()
    for start in range(0, len(ordered), _MOST_PER_QUERY):
        some = ordered[start : start + _MOST_PER_QUERY]
        known.update(session.scalars(select(target).where(target.in_(some), *within)))
    return known


def mentions(noun: Noun[Row], values: Mapping[str, Any], place: str) -> Iterator[Mention]:
    """List the ids that the readable fields of a row refer to; `place` is that of the row."""
    for column, target in _foreign(noun.table):
        id_ = values.get(column)
        if id_ is not None:
            yield Mention(place, (_wire_name(noun, column),), id_, target)
    for part in noun.parts:
        field = _wire_name(noun, part.field)
        for steps, row in part.to_rows(values.get(part.field)):
            for column, target in _foreign(part.table):
                # In a list of records the id is one step further than the record.
                last = () if len(row) == 1 or steps[-1] == row[column] else (column,)
                yield Mention(place, (field, *steps, *last), row[column], target)


@cache
def _foreign(table: Table) -> tuple[tuple[str, Column[Any]], ...]:
    keys = sorted(table.foreign_keys, key=lambda key: key.parent.key)
    return tuple((key.parent.key, key.column) for key in keys if key.parent.key != "owner")


def _wire_name(noun: Noun[Row], field: str) -> str:
    return noun.schema.model_fields[field].alias or field


def columns_of(noun: Noun[Row], row: Row) -> dict[str, Any]:
    """Give the columns of a row that are on the wire."""
    values = vars(row)
    return {name: values[name] for name in _names_on_the_wire(noun.table, noun.schema)}


@cache
def _on_the_wire(table: Table, schema: type[BaseModel]) -> tuple[Column[Any], ...]:
    return tuple(column for column in table.columns if column.key in schema.model_fields)


@cache
def _names_on_the_wire(table: Table, schema: type[BaseModel]) -> tuple[str, ...]:
    return tuple(column.key for column in _on_the_wire(table, schema))


def insert_parts(session: Session, noun: Noun[Row], rows: Sequence[Row]) -> None:
    """Add the parts of rows that have none yet."""
    for part in noun.parts:
        values = [
            {"owner": getattr(row, noun.id_field), **columns}
            for row in rows
            for _, columns in part.to_rows(getattr(row, part.field))
        ]
        if values:
            session.execute(insert(part.table), values)


def _part_rows(
    session: Session, part: Part, ids: Sequence[str] | None
) -> Mapping[str, list[Mapping[str, Any]]]:
    keys = [Bytewise(column) for column in part.table.primary_key.columns]
    query = select(part.table).order_by(*keys)
    if ids is not None:
        query = query.where(part.table.c.owner.in_(ids))
    owned: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in session.execute(query):
        values = dict(zip(part.table.c.keys(), row, strict=True))
        owned[values["owner"]].append(values)
    return owned
