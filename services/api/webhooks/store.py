"""What the sender of events reads and writes; every step is one conditional update."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, func, or_, select, update
from sqlalchemy.orm import Session

from services.api.webhooks.tables import webhooks

_ACTIVE = webhooks.c.state == "active"


def one(session: Session, id_: str) -> RowMapping | None:
    """Read a webhook with all that the sender knows of it."""
    return session.execute(select(webhooks).where(_is(id_))).mappings().first()


def known(session: Session, id_: str) -> RowMapping:
    """Read a webhook that is there for certain."""
    return session.execute(select(webhooks).where(_is(id_))).mappings().one()


def change(session: Session, id_: str, **values: Any) -> None:
    """Change what the sender knows of a webhook."""
    session.execute(update(webhooks).where(_is(id_)).values(**values))


def behind(session: Session, newest: int, now: datetime) -> Sequence[RowMapping]:
    """Read the webhooks that could be sent something now, longest waiting first."""
    query = (
        select(webhooks)
        .where(webhooks.c.position < newest, *_may_be_taken(now))
        .order_by(webhooks.c.position, webhooks.c.id)
    )
    return session.execute(query).mappings().all()


def take(session: Session, id_: str, now: datetime, until: datetime) -> RowMapping | None:
    """Keep a webhook for this sender until a moment; None when another has it."""
    taken = session.execute(
        update(webhooks)
        .where(_is(id_), *_may_be_taken(now))
        .values(lease_until=until)
        .returning(*webhooks.c)
    )
    return taken.mappings().first()


def pass_over(session: Session, id_: str, position: int, now: datetime) -> None:
    """Move on over changes that are not for this receiver, unless it is being sent to."""
    session.execute(
        update(webhooks)
        .where(_is(id_), *_may_be_taken(now), webhooks.c.position < position)
        .values(position=position)
    )


def succeeded(
    session: Session, id_: str, lease: datetime, position: int, status: int | None
) -> bool:
    """Move on; False when this sender no longer has the webhook."""
    return held(
        session,
        id_,
        lease,
        position=position,
        last_status=status,
        failures=0,
        failing_since=None,
        next_attempt_at=None,
    )


def failed(
    session: Session, id_: str, lease: datetime, status: int | None, now: datetime
) -> RowMapping | None:
    """Count a failure; None when this sender no longer has the webhook."""
    statement = (
        update(webhooks)
        .where(_is(id_), webhooks.c.lease_until == lease)
        .values(
            last_status=status,
            failures=webhooks.c.failures + 1,
            failing_since=func.coalesce(webhooks.c.failing_since, now),
        )
        .returning(webhooks.c.failures, webhooks.c.failing_since)
    )
    return session.execute(statement).mappings().first()


def held(session: Session, id_: str, lease: datetime, **values: Any) -> bool:
    """Write something while this sender has the webhook; False when it no longer has it."""
    statement = (
        update(webhooks)
        .where(_is(id_), webhooks.c.lease_until == lease)
        .values(**values)
        .returning(webhooks.c.id)
    )
    return session.execute(statement).first() is not None


def _is(id_: str) -> ColumnElement[bool]:
    return webhooks.c.id == id_


def _may_be_taken(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        _ACTIVE,
        or_(webhooks.c.lease_until.is_(None), webhooks.c.lease_until < now),
        or_(webhooks.c.next_attempt_at.is_(None), webhooks.c.next_attempt_at <= now),
    )
