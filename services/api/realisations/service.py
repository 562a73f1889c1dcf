"""What can be done with realisations."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy.orm import Session

from services.api.crud.fields import MunicipalityCode, Slug, Uuid
from services.api.crud.noun import Noun, Owners, equals
from services.api.crud.service import Registry
from services.api.half_years import HalfYear
from services.api.realisations import store
from services.api.realisations.rules import Reported, check
from services.api.realisations.schemas import Realisation
from services.api.realisations.tables import realisations as table

realisations = Registry(
    Noun(
        one="realisation",
        about="Realisations: who was housed in a stretch of time; who was responsible, who hosts "
        "and for whom it counts are kept apart.",
        schema=Realisation,
        table=table,
        filters=(
            equals(table.c.group, Slug, "Only realisations of this target group."),
            equals(
                table.c.responsible, MunicipalityCode, "Only those that it was responsible for."
            ),
            equals(table.c.host, MunicipalityCode, "Only those housed in this municipality."),
            equals(table.c.credited, MunicipalityCode, "Only those that count for it."),
            equals(table.c.commitment, Uuid, "Only those that fulfil this commitment."),
        ),
        check=check,
        owners=Owners(read=("responsible", "host", "credited"), write=("host",)),
    )
)


def of_commitment(session: Session, commitment: str) -> list[Realisation]:
    """Read the realisations that fulfil a part of a commitment, whoever may see them."""
    return realisations.every(session, [table.c.commitment == commitment])


def credited_persons(
    session: Session, group: str, during: HalfYear, to_day: date
) -> Mapping[str, Reported]:
    """Add up per credited municipality what was reported of a half-year up to a day."""
    last = min(during.last_day, to_day)
    return store.credited_persons(session, group, during.first_day, last)
