"""Amendments: other numbers, which wait for signatures while the old ones stay in force."""

from collections.abc import Sequence

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from services.api.access.actor import Author
from services.api.commitments.schemas import Amendment, AmendmentIn
from services.api.commitments.tables import commitment_amendments as table
from services.api.crud.errors import NotFound
from services.api.history.recording import Changed, record

NOUN = "commitment-amendments"


def all_of(session: Session, commitment: str) -> list[Amendment]:
    """Read the amendments of a commitment, in the order of their rounds."""
    columns = [table.c[name] for name in Amendment.model_fields]
    query = select(*columns).where(table.c.commitment == commitment).order_by(table.c.round)
    return [Amendment(**row) for row in session.execute(query).mappings()]


def every(session: Session) -> list[tuple[Amendment, int | None]]:
    """Read all amendments of all commitments, each with its last change."""
    fields = [table.c[name] for name in Amendment.model_fields]
    query = select(table.c.change, *fields).order_by(table.c.commitment, table.c.round)
    found = (dict(row) for row in session.execute(query).mappings())
    return [(Amendment(**row), change) for row in found for change in [row.pop("change")]]


def one_of(session: Session, commitment: str, id_: str) -> Amendment:
    """Read one amendment of a commitment.

    Raises
    ------
    NotFound
        When it has no such amendment.
    """
    found = [row for row in all_of(session, commitment) if row.id == id_]
    if not found:
        raise NotFound(NOUN, id_)
    return found[0]


def open_of(session: Session, commitment: str) -> Amendment | None:
    """Read the amendment that waits for signatures, if there is one."""
    waiting = [row for row in all_of(session, commitment) if row.state == "offered"]
    return waiting[0] if waiting else None


def add(
    session: Session, author: Author, commitment: str, owners: Sequence[str], wanted: AmendmentIn
) -> Amendment:
    """Write down an amendment, in a new round."""
    rounds = [row.round for row in all_of(session, commitment)]
    amendment = Amendment(
        commitment=commitment, round=max(rounds, default=0) + 1, state="offered", **vars(wanted)
    )
    (done,) = record(session, author, [_changed(amendment, "offered", owners)])
    session.execute(insert(table).values(change=done.change, **vars(amendment)))
    return amendment


def end(
    session: Session, author: Author, owners: Sequence[str], amendment: Amendment, agreed: bool
) -> None:
    """End an amendment: all have signed it, or it is taken back."""
    ended = amendment.model_copy(update={"state": "agreed" if agreed else "withdrawn"})
    (done,) = record(session, author, [_changed(ended, ended.state, owners)])
    session.execute(
        update(table)
        .where(table.c.id == amendment.id)
        .values(state=ended.state, change=done.change)
    )


def _changed(amendment: Amendment, action: str, owners: Sequence[str]) -> Changed:
    document = amendment.model_dump_json(by_alias=True)
    return Changed(NOUN, amendment.id, action, document, tuple(owners))
