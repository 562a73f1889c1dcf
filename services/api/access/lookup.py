"""Find the actor behind a key or a subject, with its reach."""

from collections import defaultdict
from datetime import date, datetime

from sqlalchemy import ColumnElement, column, or_, select, table
from sqlalchemy.orm import Session

from services.api.access.actor import Actor, Kind, Reach, Role
from services.api.access.tables import (
    STORED_ROLES,
    api_keys,
    member_roles,
    members,
    organisation_municipalities,
    organisations,
)

ROLES = dict(zip(STORED_ROLES, Role, strict=True))
# Without any municipality these work for the whole country.
_WIDE = frozenset({Kind.PROVINCE, Kind.NATIONAL_BODY, Kind.AUDITOR})
# A noun knows access, so access cannot know the noun: this is its table by name.
_region_municipalities = table("region_municipalities", column("owner"), column("municipality"))


def actor_of_key(session: Session, key_hash: str, now: datetime, *, id_: str) -> Actor | None:
    """Find who has the key with this hash; None when it is revoked, expired or unknown.

    The history knows which key is whose, and not the hash. So a hash counts for the id that stands
    in the key itself, and whoever moves it to the key of another has nothing.
    """
    member = (
        select(api_keys.c.member)
        .where(
            api_keys.c.hash == key_hash,
            api_keys.c.id == id_,
            or_(api_keys.c.revoked_at.is_(None), api_keys.c.revoked_at > now),
            or_(api_keys.c.expires_at.is_(None), api_keys.c.expires_at > now),
        )
        .scalar_subquery()
    )
    return _actor(session, members.c.id == member, now)


def actor_of_subject(session: Session, subject: str, now: datetime) -> Actor | None:
    """Find the member with this identity at the issuer of tokens."""
    return _actor(session, members.c.subject == subject, now)


def reach_of(session: Session, organisation: str, now: datetime) -> Reach | None:
    """Find what is an organisation's own; None when there is none with this id now."""
    found = session.execute(
        select(
            organisations.c.id.label("organisation"), organisations.c.kind, organisations.c.region
        ).where(organisations.c.id == organisation, *exist_on(now.date()))
    ).first()
    return None if found is None else _reach(session, found.organisation, found.kind, found.region)


def exist_on(day: date) -> tuple[ColumnElement[bool], ...]:
    """Say in SQL which organisations take part on a day."""
    return (
        or_(organisations.c.valid_from.is_(None), organisations.c.valid_from <= day),
        or_(organisations.c.valid_to.is_(None), organisations.c.valid_to >= day),
    )


def _actor(session: Session, chosen: ColumnElement[bool], now: datetime) -> Actor | None:
    found = session.execute(
        select(
            members.c.id,
            organisations.c.id.label("organisation"),
            organisations.c.kind,
            organisations.c.region,
        )
        .join(organisations, organisations.c.id == members.c.organisation)
        .where(
            chosen,
            members.c.active,
            *exist_on(now.date()),
        )
    ).first()
    if found is None:
        return None
    query = select(member_roles.c.role).where(member_roles.c.owner == found.id)
    roles = frozenset(ROLES[role] for role in session.scalars(query))
    return Actor(
        found.id,
        found.organisation,
        found.kind,
        roles,
        _reach(session, found.organisation, found.kind, found.region),
    )


def _reach(session: Session, organisation: str, kind: str, own: str | None) -> Reach:
    lying: dict[str, set[str]] = defaultdict(set)
    for region, code in session.execute(select(_region_municipalities)):
        lying[region].add(code)
    listed = session.scalars(
        select(organisation_municipalities.c.municipality).where(
            organisation_municipalities.c.owner == organisation
        )
    )
    codes = frozenset(lying[own or ""]) if kind == Kind.REGION else frozenset(listed)
    return Reach(
        organisation=organisation,
        codes=codes,
        regions=frozenset(region for region, inside in lying.items() if inside & codes),
        whole_regions=frozenset(
            region for region, inside in lying.items() if inside and inside <= codes
        ),
        everywhere=kind in _WIDE and not codes,
    )
