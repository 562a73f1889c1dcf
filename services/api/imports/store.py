"""All SQL of imports."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, func, insert, select, update
from sqlalchemy.orm import Session

from services.api.imports.tables import imports

_WITHOUT_FILE = [column for column in imports.columns if column.key != "file"]


@dataclass(frozen=True)
class StoredImport:
    """An import without its rows."""

    id: str
    noun: str
    profile: str | None
    file_name: str | None
    state: str
    media_type: str
    columns: str
    choices: str | None
    counts: str | None
    owned_by: str
    member: str
    created_at: datetime
    applied_at: datetime | None
    change: int | None


def insert_import(session: Session, values: Mapping[str, Any]) -> None:
    """Add an import."""
    session.execute(insert(imports).values(**values))


def one_import(session: Session, id_: str, owned_by: str | None) -> StoredImport | None:
    """Read an import of an organisation, or with None of any."""
    query = select(*_WITHOUT_FILE).where(imports.c.id == id_, *_own(owned_by))
    row = session.execute(query).first()
    return None if row is None else StoredImport(*row)


def page_of_imports(
    session: Session, owned_by: str | None, limit: int, offset: int
) -> tuple[list[StoredImport], int]:
    """Read some imports, the newest first, and count them all."""
    query = (
        select(*_WITHOUT_FILE)
        .where(*_own(owned_by))
        .order_by(imports.c.created_at.desc(), imports.c.id)
        .limit(limit)
        .offset(offset)
    )
    counting = select(func.count()).select_from(imports).where(*_own(owned_by))
    rows = [StoredImport(*row) for row in session.execute(query)]
    return rows, session.scalars(counting).one()


def file_of(session: Session, id_: str) -> bytes | None:
    """Read the packed rows of an import."""
    file: bytes | None = session.scalars(select(imports.c.file).where(imports.c.id == id_)).one()
    return file


def update_import(session: Session, id_: str, values: Mapping[str, Any]) -> None:
    """Change columns of an import."""
    session.execute(update(imports).where(imports.c.id == id_).values(**values))


def delete_import(session: Session, id_: str) -> None:
    """Delete an import; what it stored stays."""
    session.execute(delete(imports).where(imports.c.id == id_))


def fail_older(session: Session, moment: datetime) -> int:
    """Throw the files away that nobody applied since this moment; gives how many."""
    waits = imports.c.state.in_(("uploaded", "ready"))
    gone = session.execute(
        update(imports)
        .where(waits, imports.c.created_at < moment)
        .values(state="failed", file=None)
        .returning(imports.c.id)
    )
    return len(gone.all())


def _own(owned_by: str | None) -> list[ColumnElement[bool]]:
    return [] if owned_by is None else [imports.c.owned_by == owned_by]
