"""What can be done with indicators."""

from services.api.crud.noun import Noun
from services.api.crud.service import Registry
from services.api.indicators.schemas import Indicator
from services.api.indicators.tables import indicators as table

indicators = Registry(
    Noun(
        one="indicator",
        about="Indicators: what is known of every municipality and can weigh in a share.",
        schema=Indicator,
        table=table,
    )
)
