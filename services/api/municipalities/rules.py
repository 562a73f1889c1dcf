"""What must be true of one municipality."""

from collections.abc import Iterable, Mapping
from typing import Any

from services.api.crud.rules import not_before
from shared.faults import Fault


def check(values: Mapping[str, Any]) -> Iterable[Fault]:
    """Report validity that ends before it starts."""
    return not_before(values.get("valid_from"), values.get("valid_to"), "validTo", "validFrom")
