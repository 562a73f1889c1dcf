"""Two municipalities in one region, and the half-years in which they house status holders."""

from typing import Any

import httpx

from tests.api.rows import AMSTERDAM, HAARLEMMERMEER, Body, add

HALF_YEAR = "2025-I"


def two_municipalities(api: httpx.Client) -> None:
    """Add Amsterdam and Haarlemmermeer, their region, and status holders."""
    add(api, "municipalities")
    add(api, "municipalities", code=HAARLEMMERMEER, name="Haarlemmermeer")
    add(api, "regions")
    add(api, "housing-forms")
    add(api, "target-groups")
    add(api, "indicators")


def quota(api: httpx.Client, persons: int | None, **changes: Any) -> None:
    """Tell the national number of a half-year in a country of a million inhabitants."""
    given = {"halfYear": HALF_YEAR, "nationalInhabitants": 1_000_000, "multiplier": None}
    add(api, "quota-totals", **{**given, "persons": persons, **changes})


def inhabitants(api: httpx.Client, day: str = "2024-01-01", **people: int) -> None:
    """Tell how many inhabitants municipalities have on a day."""
    for code, number in people.items():
        changes = {"municipality": code, "likely": number, "low": None, "high": None}
        add(api, "indicator-values", referenceDate=day, **changes)


def housed(api: httpx.Client, persons: int | None, **changes: Any) -> Body:
    """Report persons that Amsterdam housed for itself in the first half of 2025."""
    given = {"start": "2025-01-01", "end": "2025-06-30", "persons": persons, "households": None}
    return add(api, "realisations", **{**given, **changes})


def balance(api: httpx.Client, persons: int, **changes: Any) -> None:
    """Tell what Amsterdam was ahead or behind when a half-year began."""
    add(api, "quota-balances", **{"halfYear": HALF_YEAR, "persons": persons, **changes})


def ledger(api: httpx.Client, **query: str) -> Body:
    """Read the ledger of the first half of 2025."""
    answer = api.get("/v1/quota-ledger", params={"halfYear": HALF_YEAR, **query})
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def line(api: httpx.Client, municipality: str = AMSTERDAM, **query: str) -> Body:
    """Read the line of one municipality."""
    (found,) = ledger(api, municipality=municipality, **query)["lines"]
    return dict(found)
