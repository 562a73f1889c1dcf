"""What can be done with organisations."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session

# Organisations refer to both, so wherever organisations are written these must be known.
import services.api.municipalities.tables
import services.api.regions.tables  # noqa: F401
from services.api.access.actor import Author, Kind
from services.api.access.administrators import Days, administrators, refuse_lockout, today
from services.api.access.tables import organisation_municipalities
from services.api.access.tables import organisations as table
from services.api.crud.fields import MunicipalityCode, Slug
from services.api.crud.noun import Noun, equals, has, members
from services.api.crud.service import Registry
from services.api.organisations.schemas import Organisation
from shared.faults import Fault

_WITHOUT = frozenset({Kind.REGION, Kind.CORPORATION, Kind.CARE_PROVIDER})


def _in_order(values: Mapping[str, Any]) -> Iterator[Fault]:
    kind, codes = values.get("kind"), values.get("municipalities")
    if kind is not None and "region" in values and (kind == Kind.REGION) != bool(values["region"]):
        message = "An organisation of the kind region names its region; no other does."
        yield Fault("/region", "region_differs", message)
    if kind == Kind.MUNICIPALITY and codes is not None and len(codes) != 1:
        yield Fault(
            "/municipalities", "one_municipality", "A municipality has exactly one: its own code."
        )
    if kind in _WITHOUT and codes:
        message = f"An organisation of the kind {kind} has no municipalities here."
        yield Fault("/municipalities", "no_municipalities", message)
    first, last = values.get("valid_from"), values.get("valid_to")
    if first and last and last < first:
        yield Fault("/validTo", "end_before_start", "The last day is before the first.")


def _guard(
    session: Session, _author: Author, before: Organisation | None, after: Organisation | None
) -> Iterator[Fault]:
    """Refuse that the last one who can admit others goes with its organisation."""
    if before is not None:
        now = administrators(session)
        stay = [one for one in now if one.organisation != before.id]
        if after is not None and Days(after.valid_from, after.valid_to).hold(today()):
            lasts = after.valid_to is None
            own = [one for one in now if one.organisation == before.id]
            stay += [replace(one, lasts=lasts) for one in own]
        refuse_lockout(now, stay)
    yield from ()


organisations = Registry(
    Noun(
        one="organisation",
        about="Organisations that take part, and which municipalities are their own.",
        schema=Organisation,
        table=table,
        parts=(members("municipalities", organisation_municipalities, "municipality"),),
        filters=(
            equals(table.c.kind, Kind, "Only organisations of this kind."),
            equals(table.c.region, Slug, "Only the organisation of this region."),
            has(
                "municipality",
                "municipalities",
                organisation_municipalities,
                "municipality",
                MunicipalityCode,
                "Only organisations of which this municipality is listed as their own.",
            ),
        ),
        check=_in_order,
        guard=_guard,
    )
)
