"""All SQL of adoptions."""

from typing import Any

from sqlalchemy import RowMapping, insert, select
from sqlalchemy.orm import Session

from services.api.adoptions.tables import adoptions


def of_proposal(session: Session, proposal: str) -> RowMapping | None:
    """Read the adoption of a proposal, if it was adopted."""
    query = select(adoptions).where(adoptions.c.proposal == proposal)
    return session.execute(query).mappings().first()


def add(session: Session, **columns: Any) -> None:
    """Add an adoption; the database refuses a second one of the same proposal."""
    session.execute(insert(adoptions).values(**columns))
