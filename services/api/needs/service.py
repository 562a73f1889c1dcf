"""What can be done with needs."""

from services.api.crud.fields import MunicipalityCode, Slug
from services.api.crud.noun import Noun, equals
from services.api.crud.rules import figure_in_order
from services.api.crud.service import Registry
from services.api.needs.schemas import Need
from services.api.needs.tables import needs as table

needs = Registry(
    Noun(
        one="need",
        about="Needs: households to house, once per responsible municipality, group and period.",
        schema=Need,
        table=table,
        filters=(
            equals(table.c.municipality, MunicipalityCode, "Only needs of this municipality."),
            equals(table.c.group, Slug, "Only needs of this target group."),
            equals(table.c.period, Slug, "Only needs of this period."),
        ),
        check=figure_in_order,
    )
)
