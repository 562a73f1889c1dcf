"""All SQL of stored answers."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from services.api.answers_once.errors import Answer
from services.api.answers_once.tables import stored_answers

KEPT_FOR = timedelta(days=7)


@dataclass(frozen=True)
class Wanted:
    """A request that has one effect: whose it is, its key, and a hash of what it asks."""

    member: str
    key: str
    fingerprint: str


def find(session: Session, wanted: Wanted, now: datetime) -> tuple[str, Answer] | None:
    """Find what was answered to this key, with the fingerprint of that request.

    The transaction must be one that writes: those take turns, so that a request with the same
    key has either been answered or has not begun.
    """
    row = session.execute(
        select(stored_answers).where(
            stored_answers.c.member == wanted.member,
            stored_answers.c.key == wanted.key,
            stored_answers.c.stored_at > now - KEPT_FOR,
        )
    ).first()
    if row is None:
        return None
    return row.fingerprint, Answer(row.status, json.loads(row.headers), row.body)


def keep(session: Session, wanted: Wanted, answer: Answer, now: datetime) -> None:
    """Keep an answer, in the transaction that it is about."""
    # What is too old to count may still be there.
    session.execute(
        delete(stored_answers).where(
            stored_answers.c.member == wanted.member, stored_answers.c.key == wanted.key
        )
    )
    session.execute(
        insert(stored_answers).values(
            member=wanted.member,
            key=wanted.key,
            fingerprint=wanted.fingerprint,
            status=answer.status,
            headers=json.dumps(dict(answer.headers)),
            body=answer.body,
            stored_at=now,
        )
    )


def forget(session: Session, now: datetime) -> int:
    """Throw away answers that have been kept for long enough; gives how many."""
    old = stored_answers.c.stored_at <= now - KEPT_FOR
    gone = session.execute(delete(stored_answers).where(old).returning(stored_answers.c.key))
    return len(gone.all())
