"""What can be done with ceilings."""

from services.api.ceilings.schemas import Ceiling
from services.api.ceilings.tables import ceiling_groups, ceiling_periods
from services.api.ceilings.tables import ceilings as table
from services.api.crud.fields import MunicipalityCode, ShortText, Slug
from services.api.crud.noun import Noun, Owners, equals, has, members
from services.api.crud.rules import around
from services.api.crud.service import Registry

ceilings = Registry(
    Noun(
        one="ceiling",
        about="Ceilings: a municipality or district houses at most so many.",
        schema=Ceiling,
        table=table,
        owners=Owners(("municipality",), ("municipality",)),
        parts=(
            members("groups", ceiling_groups, "group"),
            members("periods", ceiling_periods, "period"),
        ),
        filters=(
            equals(table.c.municipality, MunicipalityCode, "Only ceilings of this municipality."),
            equals(table.c.district, ShortText, "Only ceilings on the district of this name."),
            has("group", "groups", ceiling_groups, "group", Slug, "Only ceilings on this group."),
            has(
                "period",
                "periods",
                ceiling_periods,
                "period",
                Slug,
                "Only ceilings in this period.",
            ),
        ),
        check=around("households"),
    )
)
