"""What can be done with access rates."""

from services.api.access_rates.schemas import AccessRate
from services.api.access_rates.tables import access_rates as table
from services.api.crud.fields import MunicipalityCode, Slug
from services.api.crud.noun import Noun, Owners, equals
from services.api.crud.rules import around
from services.api.crud.service import Registry

access_rates = Registry(
    Noun(
        one="access rate",
        about="Access rates: which part of a need the rules of a municipality admit.",
        schema=AccessRate,
        table=table,
        owners=Owners(("municipality",), ("municipality",)),
        filters=(
            equals(table.c.municipality, MunicipalityCode, "Only rates of this municipality."),
            equals(table.c.group, Slug, "Only rates of this target group."),
        ),
        check=around("rate"),
    )
)
