"""What must be true of one capacity."""

from collections.abc import Iterator, Mapping
from typing import Any

from services.api.crud.rules import figure_in_order
from shared.faults import Fault


def check(values: Mapping[str, Any]) -> Iterator[Fault]:
    """Report a range out of order, and less potential than is reported already."""
    yield from figure_in_order(values)
    likely, potential = values.get("likely"), values.get("potential")
    if likely is not None and potential is not None and potential < likely:
        message = f"potential ({potential}) is less than likely ({likely})."
        yield Fault("/potential", "not_in_order", message)
