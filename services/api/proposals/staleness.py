"""Whether figures have changed since a proposal was asked."""

import json

from sqlalchemy import RowMapping
from sqlalchemy.orm import Session

from services.api.access.actor import EVERYWHERE
from services.api.history.reading import changed_since, row_at
from services.api.proposals.schemas import FiguresChanged

# Rows that say whose they are; the others of a region do not matter to it.
_OF_MUNICIPALITIES = (
    "municipalities",
    "regions",
    "indicator-values",
    "needs",
    "capacities",
    "support-capacities",
    "commitments",
    "ceilings",
    "access-rates",
    "distances",
)
_COMMON = ("target-groups", "fits", "periods", "allocation-keys")


def figures_changed(session: Session, row: RowMapping) -> FiguresChanged | None:
    """Count what has changed among the rows that a proposal can have been made from."""
    change = row["snapshot_change"]
    if change is None:
        return None
    region = row_at(session, "regions", row["region"], change, EVERYWHERE)
    codes = [] if region is None else json.loads(region.document)["municipalities"]
    found = changed_since(session, change, _COMMON, _OF_MUNICIPALITIES, codes)
    return FiguresChanged(count=found.count, latest_at=found.latest_at, nouns=found.nouns)
