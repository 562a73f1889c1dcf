"""Checks within one row that many nouns share."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from shared.faults import Fault


def in_order(
    low: Decimal | int | None, likely: Decimal | int | None, high: Decimal | int | None
) -> Iterator[Fault]:
    """Report a range that is not low <= likely <= high; what is not known is not compared."""
    if low is not None and likely is not None and low > likely:
        yield Fault("/low", "not_in_order", f"low ({low}) is more than likely ({likely}).")
    if high is not None and likely is not None and high < likely:
        yield Fault("/high", "not_in_order", f"high ({high}) is less than likely ({likely}).")
    if likely is None and low is not None and high is not None and low > high:
        yield Fault("/low", "not_in_order", f"low ({low}) is more than high ({high}).")


def not_before(first: date | None, last: date | None, field: str, other: str) -> Iterator[Fault]:
    """Report a stretch of time that ends before it starts; both days belong to it."""
    if first is not None and last is not None and last < first:
        message = f"{field} ({last}) is before {other} ({first})."
        yield Fault(f"/{field}", "not_in_order", message)


def figure_in_order(values: Mapping[str, Any]) -> Iterator[Fault]:
    """Report a figure whose low, likely and high are not in that order."""
    return in_order(values.get("low"), values.get("likely"), values.get("high"))
