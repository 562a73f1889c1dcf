"""Who did what to a row, told by the history itself."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.api.history.tables import changes


def members_who(
    session: Session, noun: str, row_id: str, actions: Collection[str]
) -> frozenset[str]:
    """Name the members who ever did one of these things to a row."""
    query = select(changes.c.member).where(
        changes.c.noun == noun, changes.c.row_id == row_id, changes.c.action.in_(actions)
    )
    return frozenset(session.scalars(query))


def last_organisation_that(
    session: Session, noun: str, row_id: str, actions: Collection[str]
) -> str | None:
    """Name the organisation that did one of these things to a row last, if any did."""
    # A chain has the name of the organisation of whoever writes in it.
    query = (
        select(changes.c.chain)
        .where(changes.c.noun == noun, changes.c.row_id == row_id, changes.c.action.in_(actions))
        .order_by(changes.c.version.desc())
        .limit(1)
    )
    return session.scalars(query).first()
