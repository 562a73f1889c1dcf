"""What is written down about a proposal in the history: that it was asked, and how it ended."""

import json

from sqlalchemy import RowMapping
from sqlalchemy.orm import Session

from services.api.access.actor import Author, by_system
from services.api.history.recording import Changed, record
from services.api.proposals import store

ASKED = "asked"


def write_down(session: Session, author: Author, row: RowMapping, action: str) -> None:
    """Record an act on a proposal, as a small document: the question itself is kept with it."""
    document = {
        "id": row["id"],
        "region": row["region"],
        "state": row["state"],
        "problemHash": row["problem_hash"],
    }
    owners = (f"region:{row['region']}",)
    changed = Changed("proposals", row["id"], action, json.dumps(document), owners)
    record(session, author, [changed])


def end_told(session: Session, proposal_id: str, ended: bool) -> bool:
    """Record that the worker has ended a proposal, if it has; gives back whether it has."""
    row = store.one(session, proposal_id)
    if ended and row is not None:
        write_down(session, by_system("worker"), row, row["state"])
    return ended
