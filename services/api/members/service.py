"""What can be done with members."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from services.api.access.actor import Author, Role
from services.api.access.administrators import (
    Administrator,
    administrators,
    days_of,
    refuse_lockout,
    today,
)
from services.api.access.lookup import ROLES
from services.api.access.tables import member_roles
from services.api.access.tables import members as table
from services.api.crud.fields import Slug
from services.api.crud.noun import Noun, Owners, Part, Placed, equals
from services.api.crud.service import Registry
from services.api.members.schemas import Member
from shared.faults import Fault

_STORED = {role: name for name, role in ROLES.items()}


def _to_rows(roles: Sequence[Role] | None) -> list[Placed]:
    return [((place,), {"role": _STORED[role]}) for place, role in enumerate(roles or ())]


def _from_rows(rows: Sequence[Mapping[str, Any]]) -> tuple[Role, ...]:
    return tuple(ROLES[row["role"]] for row in rows)


def _guard(
    session: Session, _author: Author, before: Member | None, after: Member | None
) -> Iterator[Fault]:
    """Refuse that the last one goes who can admit others."""
    if before is not None:
        now = administrators(session)
        others = [one for one in now if one.member != before.id]
        refuse_lockout(now, [*others, *_administrator(session, after)])
    yield from ()


def _administrator(session: Session, member: Member | None) -> Iterator[Administrator]:
    """Give a member as one who can admit others, when it would be one."""
    if member is None or not member.active or Role.ADMINISTRATOR not in member.roles:
        return
    days = days_of(session, member.organisation)
    if days is not None and days.hold(today()):
        yield Administrator(member.id, member.organisation, lasts=days.last is None)


members = Registry(
    Noun(
        one="member",
        about="Members: the accounts of organisations, with their roles.",
        schema=Member,
        table=table,
        parts=(Part("roles", member_roles, _to_rows, _from_rows),),
        filters=(
            equals(table.c.organisation, Slug, "Only members of this organisation."),
            equals(table.c.active, bool, "Only members that are admitted, or that are not."),
        ),
        owners=Owners(parties=("organisation",)),
        guard=_guard,
    )
)
