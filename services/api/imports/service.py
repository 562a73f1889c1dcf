"""What can be done with an import: send it, choose, preview, apply."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from sqlalchemy.orm import Session

from services.api.access.actor import Author, Caller
from services.api.access.rights import cell_for
from services.api.crud.conditions import Expected
from services.api.crud.errors import NotFound, PreconditionRequired
from services.api.crud.saving import latest_change
from services.api.imports import store
from services.api.imports.choices import Way, faults_of, way_of
from services.api.imports.columns import suggested
from services.api.imports.errors import ImportChanged, ImportEnded, ImportNotReady
from services.api.imports.profiles.places import Place, Places
from services.api.imports.schemas import ChoicesIn, ImportColumn, ImportCounts, ImportOut
from services.api.imports.sheet import Sheet
from services.api.imports.store import StoredImport
from services.api.imports.targets import Target, target_of
from services.api.municipalities.service import municipalities
from shared.faults import InvalidDocument

KEPT_FOR = timedelta(hours=24)


def keep(
    session: Session,
    author: Author,
    target: Target,
    sheet: Sheet,
    file_name: str | None,
    media_type: str,
    now: datetime,
) -> ImportOut:
    """Keep a file that was read, until it is applied or a day has passed."""
    actor = author.caller.actor
    id_ = str(uuid4())
    headings = [column.heading for column in sheet.columns]
    fields = _suggested(target, headings)
    columns = [
        ImportColumn(
            heading=column.heading,
            samples=list(column.samples),
            suggested=fields[column.heading],
            number_format=column.written_in,
            must_be_chosen=column.must_be_chosen,
        ).model_dump(mode="json")
        for column in sheet.columns
    ]
    told = {"columns": columns, "rows": sheet.rows, "leftOut": sheet.left_out}
    store.insert_import(
        session,
        {
            "id": id_,
            "noun": target.registry.noun.path,
            "profile": target.profile and target.profile.name,
            "file_name": file_name,
            "state": "uploaded",
            "file": sheet.packed,
            "media_type": media_type,
            "columns": json.dumps(told, ensure_ascii=False),
            "owned_by": actor.organisation,
            "member": actor.member,
            "created_at": now,
        },
    )
    return as_told(find(session, author.caller, id_))


def find(session: Session, caller: Caller, id_: str) -> StoredImport:
    """Give an import of the caller's organisation; of any, for who may see all.

    Raises
    ------
    NotFound
        When there is none.
    """
    found = store.one_import(session, id_[:64].replace("\0", ""), _owner(caller))
    if found is None:
        raise NotFound("imports", id_)
    return found


def page(session: Session, caller: Caller, limit: int, offset: int) -> tuple[list[ImportOut], int]:
    """Give some imports, the newest first, and how many there are."""
    rows, total = store.page_of_imports(session, _owner(caller), limit, offset)
    return [as_told(row) for row in rows], total


def choose(
    session: Session, caller: Caller, id_: str, choices: ChoicesIn, expected: Expected
) -> ImportOut:
    """Keep how the file is to be read.

    Raises
    ------
    InvalidDocument
        When columns or fields do not exist.
    """
    row = _open(session, caller, id_)
    refuse_stale(expected, tag_of(row))
    target = target_of(row.noun, row.profile)
    headings = [column.heading for column in _columns(row)]
    faults = list(faults_of(choices, headings, target.columns, target.profile))
    if faults:
        raise InvalidDocument(faults)
    values = {"choices": choices.model_dump_json(by_alias=True), "state": "ready"}
    store.update_import(session, id_, values)
    return as_told(find(session, caller, id_))


def throw_away(session: Session, caller: Caller, id_: str, expected: Expected) -> None:
    """Delete an import; what it stored stays, and so does its history."""
    row = find(session, caller, id_)
    refuse_stale(expected, tag_of(row))
    store.delete_import(session, id_)


def forget(session: Session, now: datetime) -> int:
    """Throw files away that nobody applied within a day; the worker does so. Gives how many."""
    return store.fail_older(session, now - KEPT_FOR)


@dataclass(frozen=True)
class Ready:
    """An import of which everything is chosen.

    Parameters
    ----------
    row, target
        The import, and where its rows go to.
    way
        How its rows are read.
    packed
        The rows.
    tag
        Changes whenever the preview may: with the choices, and with the figures.
    """

    row: StoredImport
    target: Target
    way: Way
    packed: bytes
    tag: str


def ready(session: Session, caller: Caller, id_: str) -> Ready:
    """Give an import with everything it takes to compare it with the registry.

    Raises
    ------
    ImportEnded, ImportNotReady
        When it is applied already, or when nothing is chosen yet.
    """
    row = _open(session, caller, id_)
    packed = store.file_of(session, id_)
    if row.choices is None or packed is None:
        raise ImportNotReady(0)
    target = target_of(row.noun, row.profile)
    choices = ChoicesIn.model_validate_json(row.choices, by_alias=True, by_name=False)
    places = _places(session) if target.profile is not None else Places()
    way = way_of(
        choices, _columns(row), target.columns, target.profile, places, target.may_be_unknown
    )
    newest = latest_change(session, target.registry.noun)
    told = f"{row.id} {row.choices} {newest}".encode()
    tag = hashlib.sha256(hashlib.sha256(packed).digest() + told).hexdigest()
    return Ready(row, target, way, packed, tag)


def refuse_stale(expected: Expected, tag: str) -> None:
    """Refuse to act on something else than was seen.

    Raises
    ------
    PreconditionRequired, ImportChanged
        When it is not said what was seen, or when it has changed.
    """
    if expected is None:
        raise PreconditionRequired
    if "*" not in expected and tag not in expected:
        raise ImportChanged


def tag_of(row: StoredImport) -> str:
    """Give the tag of an import itself, apart from the figures that it touches."""
    return hashlib.sha256(f"{row.id} {row.state} {row.choices}".encode()).hexdigest()


def as_told(row: StoredImport) -> ImportOut:
    """Give an import as a client reads it."""
    told = json.loads(row.columns)
    columns = _columns(row)
    languages = {column.number_format for column in columns} - {None}
    address = f"/v1/imports/{row.id}"
    return ImportOut(
        id=row.id,
        noun=row.noun,
        profile=row.profile,
        file_name=row.file_name,
        state=row.state,  # type: ignore[arg-type]
        columns=columns,
        number_format=languages.pop() if len(languages) == 1 else None,
        rows=told["rows"],
        left_out=told["leftOut"],
        choices=row.choices and ChoicesIn.model_validate_json(row.choices, by_alias=True),  # type: ignore[arg-type]
        counts=row.counts and ImportCounts.model_validate_json(row.counts),  # type: ignore[arg-type]
        created_at=row.created_at,
        applied_at=row.applied_at,
        change=row.change,
        links={name: f"{address}/{name}" for name in ("choices", "preview", "application")},
    )


def _open(session: Session, caller: Caller, id_: str) -> StoredImport:
    row = find(session, caller, id_)
    if row.state in {"applied", "failed"}:
        raise ImportEnded(row.state)
    return row


def _owner(caller: Caller) -> str | None:
    # A reach is about figures; a file is its organisation's own, also of one that sees all figures.
    every = cell_for("imports:use", caller.actor.roles) == "all"
    return None if every else caller.actor.organisation


def _columns(row: StoredImport) -> list[ImportColumn]:
    return [ImportColumn.model_validate(column) for column in json.loads(row.columns)["columns"]]


def _suggested(target: Target, headings: Sequence[str]) -> dict[str, str | None]:
    if target.profile is None:
        return suggested(headings, target.columns)
    at = target.profile.positions(headings)
    fields = {headings[place]: target.profile.parts[name].field for name, place in at.items()}
    return {heading: fields.get(heading) for heading in headings}


def _places(session: Session) -> Places:
    return Places(
        Place(row.code, row.name, row.valid_from, row.valid_to)
        for row in municipalities.every(session)
    )
