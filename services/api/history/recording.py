"""Write changes down, in the transaction that makes them."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Select, String, column, func, select
from sqlalchemy.orm import Session

from services.api.access.actor import Author
from services.api.history.chain import START, Entry, document_hash, entry_hash
from services.api.history.tables import changes
from services.api.many_rows import given_rows, insert_many

_MOST_PER_QUERY = 1_000
_MOMENT = "evenwicht_moment"


@dataclass(frozen=True)
class Changed:
    """One row that is changed.

    Parameters
    ----------
    noun, row_id
        Path of the collection, and the id in it.
    action
        What is done: created, replaced, deleted, or the name of a move.
    document
        The row afterwards as JSON, exactly as a client reads it; None when it is deleted.
    owners
        Whose row it is: `GM0363`, `org:<id>`, `region:<id>`; nothing for what is common.
    """

    noun: str
    row_id: str
    action: str
    document: str | None
    owners: tuple[str, ...] = ()


@dataclass(frozen=True)
class Recorded:
    """The id of a change, and the version of the row that it made."""

    change: int
    version: int


def record(session: Session, author: Author, changed: Sequence[Changed]) -> list[Recorded]:
    """Add changes to the history, in the order given; to be called before the rows are written.

    The transaction must be one that writes: those take turns, so that ids have no gaps and
    follow the order in which they were committed.
    """
    if not changed:
        return []
    actor = author.caller.actor
    last = latest(session)
    at = _moment(session, last)
    head = session.execute(
        select(changes.c.number, changes.c.hash)
        .where(changes.c.chain == actor.organisation)
        .order_by(changes.c.number.desc())
        .limit(1)
    ).first()
    number, previous = (0, START) if head is None else (head.number, head.hash)
    first = 1 if last is None else last[0] + 1
    versions = _versions(session, changed)
    rows: list[dict[str, Any]] = []
    done: list[Recorded] = []
    for place, change in enumerate(changed):
        version = versions[change.noun, change.row_id] + 1
        versions[change.noun, change.row_id] = version
        entry = Entry(
            id=first + place,
            chain=actor.organisation,
            number=number + place + 1,
            at=at,
            member=actor.member,
            action=change.action,
            noun=change.noun,
            row_id=change.row_id,
            version=version,
            owners=" ".join(dict.fromkeys(change.owners)),
            reason=author.reason,
            origin=author.origin,
            document_hash=document_hash(change.document),
            previous=previous,
        )
        previous = entry_hash(entry)
        rows.append(_columns(entry, previous, author, change.document))
        done.append(Recorded(entry.id, version))
    insert_many(session, changes, rows)
    return done


def latest(session: Session) -> tuple[int, datetime] | None:
    """Give the id and the moment of the newest change."""
    query = select(changes.c.id, changes.c.at).order_by(changes.c.id.desc()).limit(1)
    row = session.execute(query).first()
    return None if row is None else (row.id, row.at)


def _moment(session: Session, last: tuple[int, datetime] | None) -> datetime:
    """Give the one moment of this transaction, later than that of every transaction before."""
    transaction = session.get_transaction()
    told = session.info.get(_MOMENT)
    if told is not None and told[0] is transaction:
        return told[1]  # type: ignore[no-any-return]
    moment = datetime.now(UTC)
    if last is not None:
        # A clock may be set back, and two transactions may fall within one microsecond.
        moment = max(moment, last[1] + timedelta(microseconds=1))
    session.info[_MOMENT] = (transaction, moment)
    return moment


def _versions(session: Session, changed: Sequence[Changed]) -> dict[tuple[str, str], int]:
    found: dict[tuple[str, str], int] = defaultdict(int)
    ids: dict[str, dict[str, None]] = defaultdict(dict)
    for change in changed:
        ids[change.noun][change.row_id] = None
    for noun, wanted in ids.items():
        for some in _pieces(list(wanted)):
            for row_id, version in session.execute(_newest(session, noun, some)):
                found[noun, row_id] = version or 0
    return found


def _newest(session: Session, noun: str, ids: Sequence[str]) -> Select[Any]:
    # One look in the index per row. With `IN`, PostgreSQL reads all changes of the noun instead
    # while its statistics lag behind, and a large import makes them lag.
    wanted = given_rows(session, [column("id", String)], [(id_,) for id_ in ids])
    version = (
        select(func.max(changes.c.version))
        .where(changes.c.noun == noun, changes.c.row_id == wanted.c.id)
        .scalar_subquery()
    )
    return select(wanted.c.id, version)


def _pieces(ids: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(ids), _MOST_PER_QUERY):
        yield ids[start : start + _MOST_PER_QUERY]


def _columns(entry: Entry, hash_: str, author: Author, document: str | None) -> dict[str, Any]:
    told = vars(entry).copy()
    del told["document_hash"]
    return {**told, "hash": hash_, "request_id": author.request_id, "document": document}
