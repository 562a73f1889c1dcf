"""Make and revoke keys, also the very first one."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import exists, insert, select, update
from sqlalchemy.orm import Session

from services.api.access.actor import Author, Kind, Role, by_system
from services.api.access.keys import NewKey, key_hash, new_key
from services.api.access.tables import api_keys as table
from services.api.access.tables import members as members_table
from services.api.api_keys.schemas import ApiKey, ApiKeyIn
from services.api.crud.fields import Uuid
from services.api.crud.lists import Stored
from services.api.crud.noun import Noun, equals
from services.api.crud.service import Registry, document_of
from services.api.history.recording import Recorded, record
from services.api.members.service import members
from services.api.organisations.service import organisations
from shared.faults import Fault, InvalidDocument

FIRST_ORGANISATION = "demo"
_ORIGIN = "command-line"

api_keys = Registry(
    Noun(
        one="key",
        about="API keys: what a program sends as `Authorization: Bearer`. Only a hash is kept.",
        schema=ApiKey,
        table=table,
        filters=(equals(table.c.member, Uuid, "Only keys of this member."),),
    )
)


def issue(
    session: Session,
    author: Author,
    secret: str,
    member: str,
    label: str,
    expires_at: datetime | None = None,
) -> NewKey:
    """Make a key for a member; what is kept of it cannot be turned back into the key."""
    wanted = ApiKeyIn(member=member, label=label, expires_at=expires_at)
    return make(session, author, secret, wanted)[0]


def make(
    session: Session, author: Author, secret: str, wanted: ApiKeyIn
) -> tuple[NewKey, ApiKey, int]:
    """Make a key that is wanted.

    Returns
    -------
    The key itself, what is known of it from now on, and its version.

    Raises
    ------
    InvalidDocument
        When there is no such member, or the key would have ended already.
    """
    now = datetime.now(UTC)
    _refuse_useless(session, wanted, now)
    made = new_key()
    row = ApiKey(**wanted.model_dump(by_alias=False), id=made.id, created_at=now)
    done = _record(session, author, row, "created")
    values = {**_columns(row), "hash": key_hash(secret, made.key), "change": done.change}
    session.execute(insert(table).values(values))
    return made, row, done.version


def revoke(session: Session, author: Author, key_id: str) -> Stored:
    """End a key; one that was ended before stays as it is.

    Raises
    ------
    NotFound
        When there is no key with this id.
    """
    row = api_keys.find(session, key_id)
    if row.revoked_at is not None:
        return api_keys.document(session, author.caller, key_id)
    ended = row.model_copy(update={"revoked_at": datetime.now(UTC)})
    done = _record(session, author, ended, "revoked")
    session.execute(
        update(table)
        .where(table.c.id == key_id)
        .values(revoked_at=ended.revoked_at, change=done.change)
    )
    return Stored(document_of(ended), done.version, done.change)


def first_key(session: Session, secret: str) -> NewKey | None:
    """Make an administrator and its key, while there is no key at all; None when there is one."""
    if session.scalar(select(exists().select_from(table))):
        return None
    return issue(session, by_system(_ORIGIN), secret, administrator(session), "First key")


def passing_key(session: Session, secret: str, lasts: timedelta) -> NewKey:
    """Make a key of the first administrator that expires by itself."""
    until = datetime.now(UTC) + lasts
    author, label = by_system(_ORIGIN), "Loading the sample region"
    return issue(session, author, secret, administrator(session), label, until)


def administrator(session: Session) -> str:
    """Give the id of the first administrator, which is made when it is not there yet."""
    query = select(members_table.c.id).where(members_table.c.organisation == FIRST_ORGANISATION)
    found = session.scalars(query.order_by(members_table.c.id)).first()
    return found or _make_administrator(session)


def _make_administrator(session: Session) -> str:
    author = by_system(_ORIGIN)
    organisation = {
        "id": FIRST_ORGANISATION,
        "name": "Demo",
        "kind": Kind.NATIONAL_BODY.value,
    }
    account = {
        "organisation": FIRST_ORGANISATION,
        "label": "Administrator",
        "roles": [Role.ADMINISTRATOR.value],
    }
    organisations.create(session, author, organisation)
    member, _ = members.create(session, author, account)
    return member.id


def _refuse_useless(session: Session, wanted: ApiKeyIn, now: datetime) -> None:
    faults = []
    known = select(exists().where(members_table.c.id == wanted.member))
    if not session.scalar(known):
        message = f"There is no row {wanted.member!r} in members."
        faults.append(Fault("/member", "unknown_id", message))
    if wanted.expires_at is not None and wanted.expires_at <= now:
        faults.append(Fault("/expiresAt", "in_the_past", "The key would have ended already."))
    if faults:
        raise InvalidDocument(faults)


def _record(session: Session, author: Author, row: ApiKey, action: str) -> Recorded:
    query = select(members_table.c.organisation).where(members_table.c.id == row.member)
    owners = (f"org:{session.scalars(query).one()}",)
    (done,) = record(session, author, [replace(api_keys.changed(row, action), owners=owners)])
    return done


def _columns(row: ApiKey) -> dict[str, Any]:
    return {name: getattr(row, name) for name in ApiKey.model_fields}
