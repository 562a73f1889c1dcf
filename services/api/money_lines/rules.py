"""What must be true of one money line."""

from collections.abc import Iterable, Mapping
from typing import Any

from services.api.crud.rules import not_before
from shared.faults import Fault


def check(values: Mapping[str, Any]) -> Iterable[Fault]:
    """Report a stretch of time that ends before it starts."""
    return not_before(values.get("start"), values.get("end"), "end", "start")
