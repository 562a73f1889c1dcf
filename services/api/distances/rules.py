"""What must be true of one distance."""

from collections.abc import Iterator, Mapping
from typing import Any

from services.api.crud.rules import around
from shared.faults import Fault

_in_order = around("km")


def check(values: Mapping[str, Any]) -> Iterator[Fault]:
    """Report a distance from a municipality to itself, and a range out of order."""
    yield from _in_order(values)
    start, end = values.get("from_"), values.get("to")
    if start is not None and start == end:
        yield Fault("/to", "same_municipality", f"This is a distance from {start} to itself.")
