"""The SQL of the audit log, and of comparing it with what is there."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import Session

from services.api.commitments.signing import SIGNED_AS
from services.api.commitments.tables import signatures
from services.api.crud.columns import Bytewise
from services.api.crud.noun import Noun
from services.api.history.chain import Entry, Head, document_hash
from services.api.history.tables import changes

_AT_A_TIME = 1_000
_COLUMNS = tuple(changes.c)


class Line(NamedTuple):
    """An entry, and the request that made it."""

    entry: Entry
    request_id: str | None


class Last(NamedTuple):
    """The newest change of a row: its id, and the row as it then became."""

    change: int
    document: str | None


def newest(session: Session) -> int:
    """Give the id of the last change, 0 when there is none."""
    return session.scalar(select(func.max(changes.c.id))) or 0


def chains(session: Session) -> Sequence[str]:
    """Name all chains."""
    return session.scalars(select(changes.c.chain).distinct().order_by(changes.c.chain)).all()


def entries(session: Session, chain: str) -> Iterator[Entry]:
    """Read one chain in the order of its numbers, some entries at a time."""
    query = select(*_COLUMNS).where(changes.c.chain == chain).order_by(changes.c.number)
    for line in _read(session, query):
        yield line.entry


def between(session: Session, after: int, until: int, chain: str | None) -> Iterator[Line]:
    """Read the entries after one id up to and including another, of one chain or of all."""
    query = select(*_COLUMNS).where(changes.c.id > after, changes.c.id <= until)
    if chain is not None:
        query = query.where(changes.c.chain == chain)
    return _read(session, query.order_by(changes.c.id))


def heads(session: Session) -> list[Head]:
    """Give the last link of every chain."""
    last = (
        select(changes.c.chain, func.max(changes.c.number).label("number"))
        .group_by(changes.c.chain)
        .subquery()
    )
    query = (
        select(changes.c.chain, changes.c.number, changes.c.hash)
        .join(last, (last.c.chain == changes.c.chain) & (last.c.number == changes.c.number))
        .order_by(changes.c.chain)
    )
    return [Head(*row) for row in session.execute(query)]


def gaps(session: Session) -> Sequence[int]:
    """Give the first missing id of every gap in the ids of all changes."""
    before = func.lag(changes.c.id, 1, 0).over(order_by=changes.c.id)
    steps = select(changes.c.id, before.label("before")).subquery()
    query = select(steps.c.before + 1).where(steps.c.id != steps.c.before + 1)
    return session.scalars(query.order_by(steps.c.id)).all()


def present(session: Session, noun: Noun[Any]) -> Iterator[dict[str, int | None]]:
    """Give the ids of the rows that there are with their last change, some rows at a time."""
    key = Bytewise(noun.id_column)
    query = select(noun.id_column, noun.table.c.change).order_by(key).limit(_AT_A_TIME)
    some: dict[str, int | None] = dict(session.execute(query).all())
    while some:
        yield some
        some = dict(session.execute(query.where(key > list(some)[-1])).all())


def last_changes(session: Session, noun: str, ids: Iterable[str]) -> dict[str, Last]:
    """Give the newest change of some rows."""
    newest_ids = (
        select(func.max(changes.c.id))
        .where(changes.c.noun == noun, changes.c.row_id.in_(list(ids)))
        .group_by(changes.c.row_id)
    )
    query = select(changes.c.row_id, changes.c.id, changes.c.document).where(
        changes.c.id.in_(newest_ids)
    )
    return {row_id: Last(id_, document) for row_id, id_, document in session.execute(query)}


def vanished(session: Session, noun: Noun[Any]) -> Sequence[str]:
    """Give the ids of rows that are gone although the history has no deletion of them."""
    newest_ids = (
        select(func.max(changes.c.id)).where(changes.c.noun == noun.path).group_by(changes.c.row_id)
    )
    gone = ~exists().where(noun.id_column == changes.c.row_id)
    query = select(changes.c.row_id).where(
        changes.c.id.in_(newest_ids), changes.c.document.is_not(None), gone
    )
    return session.scalars(query.order_by(changes.c.row_id)).all()


def unrecorded_signatures(session: Session) -> list[tuple[str, str, str]]:
    """Give noun, row and organisation of signatures that nobody put there over the API."""
    recorded = exists().where(
        changes.c.noun == signatures.c.noun,
        changes.c.row_id == signatures.c.row_id,
        changes.c.chain == signatures.c.organisation,
        changes.c.member == signatures.c.member,
        changes.c.action.in_(SIGNED_AS),
    )
    columns = signatures.c.noun, signatures.c.row_id, signatures.c.organisation
    query = select(*columns).where(~recorded).order_by(*columns)
    return [(noun, row_id, who) for noun, row_id, who in session.execute(query)]


def _read(session: Session, query: Select[Any]) -> Iterator[Line]:
    for row in session.execute(query.execution_options(yield_per=_AT_A_TIME)).mappings():
        values = dict(row)
        hashed = document_hash(values.pop("document"))
        request_id = values.pop("request_id")
        yield Line(Entry(document_hash=hashed, **values), request_id)
