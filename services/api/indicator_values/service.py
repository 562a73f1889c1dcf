"""What can be done with indicator values."""

from services.api.crud.fields import MunicipalityCode, Slug
from services.api.crud.noun import Noun, Owners, equals
from services.api.crud.rules import figure_in_order
from services.api.crud.service import Registry
from services.api.indicator_values.schemas import IndicatorValue
from services.api.indicator_values.tables import indicator_values as table
from shared.contract.fields import Day

indicator_values = Registry(
    Noun(
        one="indicator value",
        about="Values of indicators: one per indicator, municipality and reference date.",
        schema=IndicatorValue,
        table=table,
        owners=Owners((), ("municipality",)),
        filters=(
            equals(table.c.indicator, Slug, "Only values of this indicator."),
            equals(table.c.municipality, MunicipalityCode, "Only values of this municipality."),
            equals(table.c.reference_date, Day, "Only values of this day."),
        ),
        check=figure_in_order,
    )
)
