"""Signatures under texts of any noun: who signed which text, and what it said."""

from collections.abc import Collection
from datetime import UTC, datetime
from hashlib import sha256

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from services.api.access.actor import Actor
from services.api.commitments.moves import check_signer
from services.api.commitments.schemas import Signature
from services.api.commitments.tables import signatures

# What the history calls a change by which somebody signs.
SIGNED_AS = ("signed", "agreed", "amended")


def sign(
    session: Session,
    actor: Actor,
    noun: str,
    row_id: str,
    round_: int,
    text: str,
    parties: Collection[str],
    authors: Collection[str],
) -> bool:
    """Put a signature under a text.

    Parameters
    ----------
    actor
        Who signs, for its organisation.
    noun, row_id, round_
        What is signed, and which text of it.
    text
        The text, as JSON.
    parties
        Organisations that have to sign.
    authors
        Members who wrote or proposed it.

    Returns
    -------
    Whether all parties have signed now.

    Raises
    ------
    NotAParty, FourEyes, AlreadySigned
        When the signature would not count.
    """
    signed = signed_by(session, noun, row_id, round_)
    check_signer(actor.organisation, actor.member, parties, authors, signed)
    session.execute(
        insert(signatures).values(
            noun=noun,
            row_id=row_id,
            round=round_,
            organisation=actor.organisation,
            member=actor.member,
            at=datetime.now(UTC),
            document_hash=sha256(text.encode()).hexdigest(),
        )
    )
    return signed | {actor.organisation} >= frozenset(parties)


def signed_by(session: Session, noun: str, row_id: str, round_: int) -> frozenset[str]:
    """Name the organisations that have signed a text."""
    query = select(signatures.c.organisation).where(
        signatures.c.noun == noun, signatures.c.row_id == row_id, signatures.c.round == round_
    )
    return frozenset(session.scalars(query))


def signatures_under(session: Session, noun: str, row_id: str) -> list[Signature]:
    """Read all signatures under the texts of a row, by round and organisation."""
    table = signatures.c
    query = (
        select(table.round, table.organisation, table.member, table.at, table.document_hash)
        .where(table.noun == noun, table.row_id == row_id)
        .order_by(table.round, table.organisation)
    )
    return [Signature(**row) for row in session.execute(query).mappings()]


def take_back(session: Session, noun: str, row_id: str, round_: int) -> None:
    """Remove the signatures under a text that was taken back."""
    session.execute(
        delete(signatures).where(
            signatures.c.noun == noun, signatures.c.row_id == row_id, signatures.c.round == round_
        )
    )
