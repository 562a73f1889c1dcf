"""What must be true of one need, and how persons become households."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from math import ceil
from typing import Any

from services.api.crud.rules import figure_in_order, in_order
from shared.faults import Fault

# A number that is made out of others is not published.
MADE = frozenset({"computed", "estimate"})


def households_of(persons: int, persons_per_household: Decimal) -> int:
    """Convert persons to households [households]: whoever is left over needs a home too."""
    return ceil(persons / Fraction(persons_per_household))


def check(values: Mapping[str, Any]) -> Iterator[Fault]:
    """Report a range out of order, and households that do not follow from the persons."""
    yield from figure_in_order(values)
    persons, rate = values.get("persons"), values.get("persons_per_household")
    if persons is None or rate is None or "likely" not in values:
        return
    made = households_of(persons, rate)
    if values["likely"] is None:
        yield from _filled_in(values, made)
    elif values["likely"] != made:
        message = (
            f"likely ({values['likely']}) is not persons ({persons}) divided by "
            f"personsPerHousehold ({rate}), rounded up: {made}."
        )
        yield Fault("/likely", "conversion_differs", message)


def _filled_in(values: Mapping[str, Any], made: int) -> Iterator[Fault]:
    yield from in_order(values.get("low"), made, None)
    yield from in_order(None, made, values.get("high"))
    if "quality" in values and values["quality"] not in MADE:
        message = f"Households computed from persons ({made}) are `computed`, or an `estimate`."
        yield Fault("/quality", "conversion_differs", message)
