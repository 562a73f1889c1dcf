"""Write many rows of a noun at once: found by id or by key, recorded and stored in one piece."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    Column,
    UniqueConstraint,
    and_,
    delete,
    func,
    select,
)
from sqlalchemy.orm import Session

from services.api.access.actor import Author
from services.api.crud import store
from services.api.crud.errors import ChangedMeanwhile
from services.api.crud.noun import Noun, Row
from services.api.crud.service import Registry
from services.api.history.recording import Changed, Recorded, record
from services.api.history.tables import changes
from services.api.many_rows import given_rows, insert_many, update_many

Key = tuple[Any, ...]
_MOST_PER_QUERY = 1_000
_ID = "id_of_row"
_SEEN = "change_seen"


@dataclass(frozen=True)
class Held:
    """A row that is in the registry: its id, document, the change that wrote it, and its key."""

    id: str
    document: str
    change: int
    key: Key


def key_fields(noun: Noun[Row]) -> tuple[str, ...]:
    """Name the fields that tell rows apart, apart from the id; none when there are no such."""
    unique = (c for c in noun.table.constraints if isinstance(c, UniqueConstraint))
    first = next(iter(unique), None)
    return () if first is None else tuple(column.key for column in first.columns)


def key_of(row: Row, fields: Sequence[str]) -> Key:
    """Give what tells a row apart from the others."""
    values = vars(row)
    return tuple([values[name] for name in fields])


def held_by_id(session: Session, noun: Noun[Row], ids: Collection[str]) -> dict[str, Held]:
    """Find rows by their ids, whosever they are."""
    wanted = [(id_,) for id_ in sorted(ids)]
    return {held.id: held for held in _held(session, noun, [noun.id_column], wanted)}


def held_by_key(session: Session, noun: Noun[Row], keys: Collection[Key]) -> dict[Key, Held]:
    """Find rows by their key fields, whosever they are."""
    columns = [noun.table.c[name] for name in key_fields(noun)]
    wanted = list(keys) if columns else []
    return {held.key: held for held in _held(session, noun, columns, wanted)}


def latest_change(session: Session, noun: Noun[Row]) -> int:
    """Give the newest change of any row of a noun; 0 when there is none."""
    query = select(func.max(changes.c.id)).where(changes.c.noun == noun.path)
    return session.scalars(query).one() or 0


def save_many(
    session: Session,
    author: Author,
    registry: Registry[Row],
    new: Sequence[Row],
    replaced: Sequence[tuple[Row, Held]],
    documents: Sequence[str],
) -> list[Recorded]:
    """Add and replace rows that were read and compared a moment ago, in this very transaction.

    Parameters
    ----------
    new, replaced
        Rows to add, and rows with what they take the place of.
    documents
        All of these as JSON, the new ones first.

    Raises
    ------
    ChangedMeanwhile
        When a row to replace is not there any more.
    sqlalchemy.exc.IntegrityError
        When the database refuses a row.
    """
    noun = registry.noun
    rows = [*new, *(row for row, _ in replaced)]
    actions = ["created"] * len(new) + ["replaced"] * len(replaced)
    path, id_field = noun.path, noun.id_field
    entries = [
        Changed(path, getattr(row, id_field), action, document, noun.owners_of(row))
        for row, action, document in zip(rows, actions, documents, strict=True)
    ]
    done = record(session, author, entries)
    _insert(session, author, noun, new, done[: len(new)])
    _update(session, noun, replaced, done[len(new) :])
    _write_parts(session, noun, rows, [held.id for _, held in replaced])
    return done


def _insert(
    session: Session, author: Author, noun: Noun[Row], rows: Sequence[Row], done: list[Recorded]
) -> None:
    if rows:
        given = [
            {**store.columns_of(noun, row), **noun.unseen(author, row), "change": one.change}
            for row, one in zip(rows, done, strict=True)
        ]
        insert_many(session, noun.table, given)


def _update(
    session: Session,
    noun: Noun[Row],
    replaced: Sequence[tuple[Row, Held]],
    done: Sequence[Recorded],
) -> None:
    if not replaced:
        return
    same = {noun.id_field}
    key = key_fields(noun)
    if all(held.key == key_of(row, key) for row, held in replaced):
        # What is set is checked and indexed anew, also when it stays the same.
        same.update(key)
    given = [
        {
            **{name: value for name, value in columns.items() if name not in same},
            **{"change": one.change, _ID: held.id, _SEEN: held.change},
        }
        for columns, held, one in (
            (store.columns_of(noun, row), held, one)
            for (row, held), one in zip(replaced, done, strict=True)
        )
    ]
    where = {_ID: noun.id_column, _SEEN: noun.table.c.change}
    if update_many(session, noun.table, where, given) != len(given):
        raise ChangedMeanwhile(noun.path)


def _write_parts(
    session: Session, noun: Noun[Row], rows: Sequence[Row], replaced: Sequence[str]
) -> None:
    for part in noun.parts:
        for some in _pieces(replaced):
            session.execute(delete(part.table).where(part.table.c.owner.in_(some)))
    store.insert_parts(session, noun, rows)


def _held(
    session: Session, noun: Noun[Row], columns: Sequence[Column[Any]], wanted: Sequence[Key]
) -> Iterator[Held]:
    """Find the rows of which these columns have one of these values together."""
    key = [noun.table.c[name] for name in key_fields(noun)]
    for some in _pieces(wanted):
        given = given_rows(session, columns, some)
        same = and_(*(own == given.c[own.key] for own in columns))
        found = (
            select(noun.id_column, changes.c.document, changes.c.id, *key)
            .select_from(given)
            .join(noun.table, same)
            .join(changes, noun.table.c.change == changes.c.id)
        )
        for id_, document, change, *its_key in session.execute(found):
            yield Held(id_, document, change, tuple(its_key))


def _pieces(values: Sequence[Any]) -> Iterable[Sequence[Any]]:
    for start in range(0, len(values), _MOST_PER_QUERY):
        yield values[start : start + _MOST_PER_QUERY]
