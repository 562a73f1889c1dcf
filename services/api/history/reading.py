"""Read rows as they were: every version of one, or all of a collection at a moment."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, collate, false, func, or_, select
from sqlalchemy.orm import Session

from services.api.access.actor import Reach
from services.api.history.tables import changes

_AT_A_TIME = 1_000


@dataclass(frozen=True)
class Version:
    """One version of a row: who wrote it, when and why; a deletion has no document."""

    version: int
    at: datetime
    member: str
    organisation: str
    action: str
    reason: str | None
    origin: str
    document: str | None


@dataclass(frozen=True)
class Past:
    """A row as it was: its JSON, its version, and the change that wrote it."""

    row_id: str
    document: str
    version: int
    change: int


def change_at(session: Session, moment: datetime) -> int:
    """Give the id of the last change that was made by then; 0 when there was none."""
    return session.scalar(select(func.max(changes.c.id)).where(changes.c.at <= moment)) or 0


def rows_at(session: Session, noun: str, change: int, reach: Reach) -> Iterator[Past]:
    """Give the rows of a collection as they were after a change, in the order of their ids."""
    newest = (
        select(func.max(changes.c.id))
        .where(changes.c.noun == noun, changes.c.id <= change)
        .group_by(changes.c.row_id)
    )
    found = session.execute(
        select(
            changes.c.row_id,
            changes.c.document,
            changes.c.version,
            changes.c.id,
            changes.c.owners,
        )
        .where(changes.c.id.in_(newest), changes.c.document.is_not(None))
        .order_by(_bytewise(session)),
        execution_options={"yield_per": _AT_A_TIME},
    )
    for row in found:
        if reach.sees(row.owners.split()):
            yield Past(row.row_id, row.document, row.version, row.id)


def row_at(session: Session, noun: str, row_id: str, change: int, reach: Reach) -> Past | None:
    """Give one row as it was after a change; None when it was not there, or out of reach."""
    row = session.execute(
        select(changes.c.document, changes.c.version, changes.c.id, changes.c.owners)
        .where(changes.c.noun == noun, changes.c.row_id == row_id, changes.c.id <= change)
        .order_by(changes.c.version.desc())
        .limit(1)
    ).first()
    if row is None or row.document is None or not reach.sees(row.owners.split()):
        return None
    return Past(row_id, row.document, row.version, row.id)


def versions(session: Session, noun: str, row_id: str, reach: Reach) -> list[Version]:
    """Give the versions of a row that lie within reach, newest first.

    A version belongs to those whose row it was then: a figure that was moved to another
    municipality shows each of them its own part of the story.
    """
    found = session.execute(
        select(
            changes.c.version,
            changes.c.at,
            changes.c.member,
            changes.c.chain,
            changes.c.action,
            changes.c.reason,
            changes.c.origin,
            changes.c.document,
            changes.c.owners,
        )
        .where(changes.c.noun == noun, changes.c.row_id == row_id)
        .order_by(changes.c.version.desc())
    )
    return [Version(*row[:-1]) for row in found if reach.sees(row.owners.split())]


@dataclass(frozen=True)
class Since:
    """How many changes there were, when the last one was, and in which collections."""

    count: int
    latest_at: datetime | None
    nouns: tuple[str, ...]


def changed_since(
    session: Session,
    change: int,
    common: Sequence[str],
    placed: Sequence[str],
    codes: Sequence[str],
) -> Since:
    """Sum up what came after a change.

    Parameters
    ----------
    session, change
        The last change that does not count.
    common
        Collections of which every change counts.
    placed
        Collections of which a change counts when the row names one of the municipalities, before
        or after it.
    codes
        Those municipalities.
    """
    before = changes.alias()
    names = [f'"{code}"' for code in codes]
    mentions = [
        document.contains(name)
        for name in names
        for document in (changes.c.document, before.c.document)
    ]
    found = session.execute(
        select(changes.c.noun, func.count(), func.max(changes.c.id))
        .outerjoin(
            before,
            and_(
                before.c.noun == changes.c.noun,
                before.c.row_id == changes.c.row_id,
                before.c.version == changes.c.version - 1,
            ),
        )
        .where(
            changes.c.id > change,
            or_(
                changes.c.noun.in_(common),
                and_(changes.c.noun.in_(placed), or_(false(), *mentions)),
            ),
        )
        .group_by(changes.c.noun)
    ).all()
    last = max((newest for _, _, newest in found), default=None)
    latest_at = session.scalar(select(changes.c.at).where(changes.c.id == last))
    nouns = tuple(sorted(noun for noun, _, _ in found))
    return Since(sum(count for _, count, _ in found), latest_at, nouns)


def _bytewise(session: Session) -> ColumnElement[str]:
    # PostgreSQL otherwise sorts by the language of its cluster; SQLite sorts bytes.
    if session.get_bind().dialect.name == "postgresql":
        return collate(changes.c.row_id, "C")
    return changes.c.row_id.expression
