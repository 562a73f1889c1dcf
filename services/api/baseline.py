"""Write the first version down of rows that are older than the history."""

from typing import Any

from sqlalchemy import Engine, bindparam, update
from sqlalchemy.orm import Session

from services.api.access.actor import by_system
from services.api.crud import store
from services.api.crud.noun import Noun
from services.api.crud.service import Registry
from services.api.database import writing
from services.api.history.recording import record
from services.api.nouns import REGISTRIES

_BATCH = 1_000


def write_first_versions(engine: Engine) -> None:
    """Give every row without a version its first one; rows that have one are left alone."""
    for registry in REGISTRIES:
        with writing(engine) as session:
            _write(session, registry)


def _write(session: Session, registry: Registry[Any]) -> None:
    noun: Noun[Any] = registry.noun
    statement = (
        update(noun.table)
        .where(noun.id_column == bindparam("row_id"))
        .values(change=bindparam("its_change"))
    )
    while rows := store.rows(session, noun, [noun.table.c.change.is_(None)], _BATCH):
        changed = [registry.changed(row, "created") for row in rows]
        recorded = record(session, by_system("migration"), changed)
        pairs = zip(changed, recorded, strict=True)
        values = [{"row_id": one.row_id, "its_change": done.change} for one, done in pairs]
        session.execute(statement, values)
