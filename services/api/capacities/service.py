"""What can be done with capacities."""

from services.api.capacities.rules import check
from services.api.capacities.schemas import Capacity
from services.api.capacities.tables import capacities as table
from services.api.capacities.tables import capacity_groups
from services.api.crud.fields import MunicipalityCode, ShortText, Slug
from services.api.crud.noun import Noun, Owners, equals, has, members
from services.api.crud.service import Registry

capacities = Registry(
    Noun(
        one="capacity",
        about="Capacities: lots of homes that come free in a municipality and a period.",
        schema=Capacity,
        table=table,
        owners=Owners(("municipality",), ("municipality",)),
        parts=(members("groups", capacity_groups, "group", empty=None),),
        filters=(
            equals(table.c.municipality, MunicipalityCode, "Only lots in this municipality."),
            equals(table.c.district, ShortText, "Only lots in the district of this name."),
            equals(table.c.form, Slug, "Only lots of this housing form."),
            equals(table.c.period, Slug, "Only lots of this period."),
            has(
                "group", "groups", capacity_groups, "group", Slug, "Only lots that name this group."
            ),
        ),
        check=check,
    )
)
