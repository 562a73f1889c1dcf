"""Keys for tests, made straight in the database of a running API."""

from collections.abc import Sequence
from functools import cache
from typing import Any
from uuid import uuid4

from fastapi import FastAPI
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from services.api.access.actor import EVERYWHERE, Actor, Kind, Role, by_system
from services.api.access.keys import key_hash, new_key
from services.api.api_keys.issuing import administrator, issue
from services.api.database import writing
from services.api.members.service import members
from services.api.organisations.service import organisations
from services.api.settings import SAMPLE_SECRET


def bearer(key: str) -> dict[str, str]:
    """The headers of a client that has this key, and writes whatever version is there."""
    return {"Authorization": f"Bearer {key}", "If-Match": "*"}


@cache
def administrator_key(engine: Engine) -> str:
    """Make a key that may do everything but what is an act of a party; one per database."""
    with writing(engine) as session:
        author, member = by_system("test"), administrator(session)
        return issue(session, author, SAMPLE_SECRET, member, "Test").key


def new_organisation(
    session: Session, kind: Kind, codes: Sequence[str] = (), region: str | None = None
) -> str:
    """Make an organisation with these municipalities as its own; gives its id."""
    tree = {
        "id": f"test-{uuid4()}",
        "name": "Test",
        "kind": kind.value,
        "municipalities": list(codes),
        "region": region,
    }
    return organisations.create(session, by_system("test"), tree)[0].id


def new_member(session: Session, organisation: str, roles: Sequence[Role], **others: Any) -> str:
    """Make a member of an organisation with these roles; gives its id."""
    tree = {"organisation": organisation, "label": "Test", "roles": [role.value for role in roles]}
    return members.create(session, by_system("test"), {**tree, **others})[0].id


def key_for(
    engine: Engine,
    kind: Kind,
    roles: Sequence[Role],
    codes: Sequence[str] = (),
    *,
    organisation: str | None = None,
    region: str | None = None,
) -> str:
    """Make a key of a new member with these roles.

    The organisation is new, with these municipalities as its own, unless its id is given of one
    that was made before: then `codes` and `region` are those of then.
    """
    with writing(engine) as session:
        if organisation is None:
            organisation = new_organisation(session, kind, codes, region)
        member = new_member(session, organisation, roles)
        return issue(session, by_system("test"), SAMPLE_SECRET, member, "Test").key


def known_key(app: FastAPI) -> str:
    """Make a key of an administrator that the application knows without its database."""
    key = new_key().key
    actor = Actor("m", "o", Kind.NATIONAL_BODY, frozenset({Role.ADMINISTRATOR}), EVERYWHERE)
    app.state.actors.keep(key_hash(SAMPLE_SECRET, key), actor)
    return key
