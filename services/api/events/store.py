"""The SQL of the feed: changes in the order in which they were stored."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from services.api.events.cloud_event import Change
from services.api.history.tables import changes


class Line(NamedTuple):
    """A change, and whose row it is about."""

    change: Change
    owners: tuple[str, ...]


def newest(session: Session) -> int:
    """Give the id of the last change, 0 when there is none."""
    return session.scalar(select(func.max(changes.c.id))) or 0


def between(
    session: Session, after: int, until: int, nouns: Iterable[str] | None
) -> Sequence[Line]:
    """Read the changes after one id up to and including another, of some nouns or of all."""
    wanted = [changes.c.id > after, changes.c.id <= until]
    if nouns is not None:
        wanted.append(changes.c.noun.in_(sorted(nouns)))
    query = (
        select(
            changes.c.id,
            changes.c.at,
            changes.c.noun,
            changes.c.row_id,
            changes.c.version,
            changes.c.action,
            changes.c.owners,
        )
        .where(*wanted)
        .order_by(changes.c.id)
    )
    return [Line(Change(*row[:-1]), tuple(row[-1].split())) for row in session.execute(query)]
