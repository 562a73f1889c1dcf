"""Which organisations have to sign, and whether each is what its part says."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from services.api.access.actor import Actor, Kind
from services.api.access.tables import organisation_municipalities, organisations
from services.api.commitments.schemas import Commitment, Part
from shared.faults import Fault, pointer

HOST: Part = "host"
_KINDS: Mapping[str, Kind] = {
    "host": Kind.MUNICIPALITY,
    "responsible": Kind.MUNICIPALITY,
    "corporation": Kind.CORPORATION,
    "care_provider": Kind.CARE_PROVIDER,
}


class _Organisation(NamedTuple):
    kind: str
    municipalities: frozenset[str]


def organisations_of(
    session: Session, municipalities: Sequence[str], today: date
) -> dict[str, str]:
    """Find the organisation that speaks for each municipality today, where exactly one does.

    Returns
    -------
    Its id, by code of the municipality.
    """
    mine = organisation_municipalities
    query = (
        select(mine.c.municipality, mine.c.owner)
        .join(organisations, organisations.c.id == mine.c.owner)
        .where(
            organisations.c.kind == Kind.MUNICIPALITY.value,
            or_(organisations.c.valid_to.is_(None), organisations.c.valid_to >= today),
            mine.c.municipality.in_(sorted(set(municipalities))),
        )
    )
    found: dict[str, list[str]] = {}
    for code, organisation in session.execute(query):
        found.setdefault(code, []).append(organisation)
    return {code: names[0] for code, names in found.items() if len(names) == 1}


def wrong_parties(session: Session, row: Commitment) -> Iterator[Fault]:
    """Report organisations that cannot have the part they are given, and a second host."""
    known = _organisations(session, [party.organisation for party in row.parties])
    hosts = 0
    for place, party in enumerate(row.parties):
        organisation = known[party.organisation]
        if organisation.kind != _KINDS[party.part]:
            message = f"{party.organisation!r} is a {organisation.kind}, which is no {party.part}."
            yield Fault(pointer("parties", place, "part"), "wrong_kind", message)
        elif party.part == HOST:
            hosts += 1
            if row.municipality not in organisation.municipalities or hosts > 1:
                message = f"The host is the one organisation of municipality {row.municipality}."
                yield Fault(pointer("parties", place, "organisation"), "not_the_host", message)


def has_host(row: Commitment) -> bool:
    """Whether the municipality that houses has to sign."""
    return any(party.part == HOST for party in row.parties)


def is_party(actor: Actor, row: Commitment) -> bool:
    """Whether the organisation of this member has to sign."""
    return any(party.organisation == actor.organisation for party in row.parties)


def speaks_for_host(actor: Actor, row: Commitment) -> bool:
    """Whether this member acts for the municipality that houses, or for its region."""
    return actor.kind in {Kind.MUNICIPALITY, Kind.REGION} and actor.reach.holds([row.municipality])


def _organisations(session: Session, ids: Sequence[str]) -> dict[str, _Organisation]:
    mine = organisation_municipalities
    codes: dict[str, set[str]] = {}
    for owner, code in session.execute(
        select(mine.c.owner, mine.c.municipality).where(mine.c.owner.in_(ids))
    ):
        codes.setdefault(owner, set()).add(code)
    query = select(organisations.c.id, organisations.c.kind).where(organisations.c.id.in_(ids))
    return {
        id_: _Organisation(kind, frozenset(codes.get(id_, ())))
        for id_, kind in session.execute(query)
    }
