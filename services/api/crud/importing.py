"""Add many rows of one noun in one transaction: all of them, or none."""

from typing import Any

from sqlalchemy.orm import Session

from services.api.access.actor import Author
from services.api.crud.noun import Row
from services.api.crud.service import Registry
from shared.faults import Fault, InvalidDocument

MOST_ROWS = 10_000


def add_all(session: Session, registry: Registry[Row], author: Author, trees: Any) -> int:
    """Add rows in the order given, from plain dicts and lists with the names of the wire.

    Returns
    -------
    How many rows were added.

    Raises
    ------
    InvalidDocument
        With every fault of every row; a pointer begins with the place of the row.
    OutsideReach
        When one of them is a row of others.
    AlreadyExists
        When a row has the id or the key fields of another.
    """
    if not isinstance(trees, list) or not 0 < len(trees) <= MOST_ROWS:
        message = f"Send an array of 1 to {MOST_ROWS} rows."
        raise InvalidDocument([Fault("", "not_an_array", message)])
    return len(registry.create_all(session, author, trees))
