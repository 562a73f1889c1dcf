"""That somebody stays who can admit others."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.api.access.errors import LastAdministrator
from services.api.access.lookup import ROLES, exist_on
from services.api.access.tables import member_roles, members, organisations

_ADMINISTRATORS = {stored for stored, role in ROLES.items() if role == "administrator"}


@dataclass(frozen=True)
class Days:
    """From which day and until which an organisation takes part; None: without that end."""

    first: date | None
    last: date | None

    def hold(self, day: date) -> bool:
        """Whether it takes part on a day."""
        return (self.first or day) <= day <= (self.last or day)


@dataclass(frozen=True)
class Administrator:
    """Somebody who can admit others now.

    Parameters
    ----------
    member, organisation
        Who it is, and for whom.
    lasts
        Whether its organisation takes part without a last day.
    """

    member: str
    organisation: str
    lasts: bool


def administrators(session: Session) -> list[Administrator]:
    """Find all who can admit others now."""
    query = (
        select(members.c.id, organisations.c.id, organisations.c.valid_to.is_(None))
        .join(organisations, organisations.c.id == members.c.organisation)
        .join(member_roles, member_roles.c.owner == members.c.id)
        .where(members.c.active, member_roles.c.role.in_(_ADMINISTRATORS), *exist_on(today()))
    )
    return [Administrator(*row) for row in session.execute(query)]


def days_of(session: Session, organisation: str) -> Days | None:
    """Find the days of an organisation; None when there is none with this id."""
    query = select(organisations.c.valid_from, organisations.c.valid_to)
    found = session.execute(query.where(organisations.c.id == organisation)).first()
    return None if found is None else Days(*found)


def today() -> date:
    """Give the day on which it is asked who takes part."""
    return datetime.now(UTC).date()


def refuse_lockout(before: Iterable[Administrator], after: Iterable[Administrator]) -> None:
    """Refuse a change after which nobody can admit others, now or once a last day has passed.

    Raises
    ------
    LastAdministrator
        When it is such a change.
    """
    were, stay = list(before), list(after)
    nobody_now = bool(were) and not stay
    nobody_lasts = any(one.lasts for one in were) and not any(one.lasts for one in stay)
    if nobody_now or nobody_lasts:
        raise LastAdministrator
