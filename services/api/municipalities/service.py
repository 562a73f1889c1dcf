"""What can be done with municipalities."""

from services.api.crud.fields import ShortText
from services.api.crud.noun import Filter, Noun, equals
from services.api.crud.service import Registry
from services.api.municipalities.rules import check
from services.api.municipalities.schemas import Municipality
from services.api.municipalities.tables import municipalities as table
from shared.contract.fields import Day

municipalities = Registry(
    Noun(
        one="municipality",
        about="Municipalities by CBS code, with the days on which they exist.",
        schema=Municipality,
        table=table,
        filters=(
            equals(table.c.name, ShortText, "Only the municipality with this name."),
            equals(table.c.province, ShortText, "Only municipalities in this province."),
            equals(table.c.subregion, ShortText, "Only municipalities in this sub-region."),
            Filter(
                "valid_on",
                Day,
                lambda day: (
                    (table.c.valid_from <= day)
                    & (table.c.valid_to.is_(None) | (table.c.valid_to >= day))
                ),
                "Only municipalities that exist on this day.",
                # Days as text, such as 2026-01-31, have the order of the days.
                lambda day, row: (
                    row["validFrom"] <= day
                    and (row.get("validTo") is None or row["validTo"] >= day)
                ),
            ),
        ),
        check=check,
    )
)
