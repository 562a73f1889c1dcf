"""What can be done with support capacities."""

from services.api.crud.fields import MunicipalityCode, Slug
from services.api.crud.noun import Noun, Owners, equals, has, members
from services.api.crud.rules import figure_in_order
from services.api.crud.service import Registry
from services.api.support_capacities.schemas import SupportCapacity
from services.api.support_capacities.tables import (
    support_capacities as table,
)
from services.api.support_capacities.tables import support_capacity_municipalities

support_capacities = Registry(
    Noun(
        one="support capacity",
        about="Support capacities: slots that municipalities share; no row means no limit.",
        schema=SupportCapacity,
        table=table,
        owners=Owners(("municipalities",), ("municipalities",)),
        parts=(members("municipalities", support_capacity_municipalities, "municipality"),),
        filters=(
            has(
                "municipality",
                "municipalities",
                support_capacity_municipalities,
                "municipality",
                MunicipalityCode,
                "Only support that this municipality shares in.",
            ),
            equals(table.c.type, Slug, "Only support of this type."),
            equals(table.c.period, Slug, "Only support in this period."),
        ),
        check=figure_in_order,
    )
)
