"""What can be done with needs."""

from services.api.crud.fields import MunicipalityCode, Slug
from services.api.crud.noun import Noun, Owners, equals
from services.api.crud.service import Registry
from services.api.needs.rules import check, households_of
from services.api.needs.schemas import Need
from services.api.needs.tables import needs as table


def with_households(row: Need) -> Need:
    """Fill in households that are told as persons, with their conversion."""
    if row.likely is not None or row.persons is None or row.persons_per_household is None:
        return row
    made = households_of(row.persons, row.persons_per_household)
    return row.model_copy(update={"likely": made})


needs = Registry(
    Noun(
        one="need",
        about="Needs: households to house, once per responsible municipality, group and period.",
        schema=Need,
        table=table,
        owners=Owners(("municipality",), ("municipality",)),
        filters=(
            equals(table.c.municipality, MunicipalityCode, "Only needs of this municipality."),
            equals(table.c.group, Slug, "Only needs of this target group."),
            equals(table.c.period, Slug, "Only needs of this period."),
        ),
        check=check,
        arrange=with_households,
    )
)
