"""Who acts: roles, reach, and whoever changes something."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property


class Role(StrEnum):
    """What a member does for its organisation."""

    READER = "reader"
    EDITOR = "municipalEditor"
    PLANNER = "regionalPlanner"
    SIGNATORY = "signatory"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"


class Kind(StrEnum):
    """What sort of organisation takes part."""

    MUNICIPALITY = "municipality"
    REGION = "region"
    PROVINCE = "province"
    CORPORATION = "corporation"
    CARE_PROVIDER = "care_provider"
    NATIONAL_BODY = "national_body"
    AUDITOR = "auditor"


@dataclass(frozen=True)
class Reach:
    """Which rows are an organisation's own.

    Parameters
    ----------
    organisation
        Its id; rows to which it is a party are its own.
    codes
        Municipalities that are its own.
    regions
        Regions in which one of those lies: it may follow their proposals.
    whole_regions
        Regions of which all municipalities are its own.
    everywhere
        Whether everything is within reach.
    """

    organisation: str
    codes: frozenset[str] = frozenset()
    regions: frozenset[str] = frozenset()
    whole_regions: frozenset[str] = frozenset()
    everywhere: bool = False

    def sees(self, owners: Iterable[str]) -> bool:
        """Whether a row with these owner tokens may be seen; a row without owners is common."""
        tokens = frozenset(owners)
        return self.everywhere or not tokens or not tokens.isdisjoint(self._tokens)

    @cached_property
    def _tokens(self) -> frozenset[str]:
        own = {f"org:{self.organisation}", *(f"region:{region}" for region in self.regions)}
        return self.codes | own

    def holds(self, codes: Iterable[str]) -> bool:
        """Whether all of these municipalities are its own, so that it may write for them."""
        return self.everywhere or self.codes.issuperset(codes)

    def covers(self, region: str) -> bool:
        """Whether all municipalities of a region are its own."""
        return self.everywhere or region in self.whole_regions


EVERYWHERE = Reach("system", everywhere=True)


@dataclass(frozen=True)
class Actor:
    """A member with its organisation; `may_change` is False for a token that may only read."""

    member: str
    organisation: str
    kind: str
    roles: frozenset[Role]
    reach: Reach
    may_change: bool = True


SYSTEM = Actor("system", "system", Kind.NATIONAL_BODY, frozenset(), EVERYWHERE)


@dataclass(frozen=True)
class Caller:
    """An actor in one request: `reach` is everywhere where its role may do this to all rows."""

    actor: Actor
    reach: Reach


@dataclass(frozen=True)
class Author:
    """Whoever changes something, why, and by which way it came in."""

    caller: Caller
    reason: str | None = None
    origin: str = "api"
    request_id: str | None = None


def by_system(origin: str, reason: str | None = None) -> Author:
    """Make the author of what the program does by itself."""
    return Author(Caller(SYSTEM, EVERYWHERE), reason, origin)
