"""Checks within one row that many nouns share."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from shared.faults import Fault


def in_order(
    low: Decimal | int | None,
    value: Decimal | int | None,
    high: Decimal | int | None,
    name: str = "likely",
) -> Iterator[Fault]:
    """Report a range that is not low <= value <= high; what is not known is not compared."""
    if low is not None and value is not None and low > value:
        yield Fault("/low", "not_in_order", f"low ({low}) is more than {name} ({value}).")
    if high is not None and value is not None and high < value:
        yield Fault("/high", "not_in_order", f"high ({high}) is less than {name} ({value}).")
    if value is None and low is not None and high is not None and low > high:
        yield Fault("/low", "not_in_order", f"low ({low}) is more than high ({high}).")


def not_before(first: date | None, last: date | None, field: str, other: str) -> Iterator[Fault]:
    """Report a stretch of time that ends before it starts; both days belong to it."""
    if first is not None and last is not None and last < first:
        message = f"{field} ({last}) is before {other} ({first})."
        yield Fault(f"/{field}", "not_in_order", message)


def around(name: str) -> Callable[[Mapping[str, Any]], Iterator[Fault]]:
    """Make the check that the field of this name lies between low and high."""

    def check(values: Mapping[str, Any]) -> Iterator[Fault]:
        return in_order(values.get("low"), values.get(name), values.get("high"), name)

    return check


def figure_in_order(values: Mapping[str, Any]) -> Iterator[Fault]:
    """Report a figure that does not lie in its range, or is told although it is suppressed."""
    yield from in_order(values.get("low"), values.get("likely"), values.get("high"))
    yield from suppressed(values, "likely")


def suppressed(values: Mapping[str, Any], *names: str) -> Iterator[Fault]:
    """Report numbers that are told although their source is said to suppress them."""
    if values.get("quality") != "suppressed":
        return
    for name in (name for name in names if values.get(name) is not None):
        message = "A suppressed figure is unknown: give null, or another quality."
        yield Fault(f"/{name}", "suppressed_with_value", message)
