"""What can be done with plan periods."""

from services.api.crud.noun import Filter, Noun
from services.api.crud.service import Registry
from services.api.periods.rules import check
from services.api.periods.schemas import Period
from services.api.periods.tables import periods as table
from shared.contract.fields import Day

periods = Registry(
    Noun(
        one="period",
        about="Plan periods, first and last day included.",
        schema=Period,
        table=table,
        filters=(
            Filter(
                "contains_day",
                Day,
                lambda day: (table.c.start <= day) & (table.c.end >= day),
                "Only periods that this day belongs to.",
                # Days as text, such as 2026-01-31, have the order of the days.
                lambda day, row: row["start"] <= day <= row["end"],
            ),
        ),
        check=check,
    )
)
