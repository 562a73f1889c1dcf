"""What must be true of one target group."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from services.api.crud.rules import not_before
from shared.faults import Fault


def check(values: Mapping[str, Any]) -> Iterator[Fault]:
    """Report a distance without spread `near` or the reverse, and validity in the wrong order."""
    if "spread" in values and "max_km" in values:
        yield from _distance(values["spread"], values["max_km"])
    yield from not_before(values.get("valid_from"), values.get("valid_to"), "validTo", "validFrom")


def _distance(spread: str | None, max_km: Decimal | None) -> Iterator[Fault]:
    if spread == "near" and max_km is None:
        yield Fault("/maxKm", "missing", "Spread near needs maxKm: how far at most [km].")
    if spread != "near" and max_km is not None:
        yield Fault("/maxKm", "only_near", f"maxKm is for spread near, not for {spread}.")
