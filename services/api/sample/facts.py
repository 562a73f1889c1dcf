"""Reads the files in `facts`; numbers are exact."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path
from types import MappingProxyType

FACTS = Path(__file__).parent / "facts"


@dataclass(frozen=True)
class Municipality:
    """One of the 30 municipalities, in the division of 2026.

    Population per year is that of 1 January; the social stock is an estimate of 2021
    [homes of housing associations]; dwellings are all homes of 1 January 2021.
    """

    code: str
    name: str
    province: str
    subregion: str
    population: Mapping[int, int]
    households_2024: int
    dwellings_2021: int
    social_stock_2021: int
    in_lettings_region: bool
    in_amsterdam_amstelland: bool


@dataclass(frozen=True)
class Published:
    """One figure that a source states."""

    scope: str
    measure: str
    value: Fraction
    unit: str
    reference_date: str
    source: str
    note: str


@dataclass(frozen=True)
class QuotaTotal:
    """The national number of status holders to house in one half-year [persons]."""

    half_year: str
    national_total: int
    population_year: int
    reference_date: str
    source: str


@dataclass(frozen=True)
class Assumption:
    """A number that was chosen, not found: always labelled illustrative."""

    value: Fraction
    unit: str
    reason: str


@cache
def municipalities() -> Mapping[str, Municipality]:
    """Give the 30 municipalities by code, in the order of their codes."""
    rows = (_municipality(row) for row in _rows("municipalities"))
    return MappingProxyType({place.code: place for place in rows})


@cache
def national_population(year: int) -> Mapping[str, int]:
    """Give the inhabitants of all 342 municipalities on 1 January of a year [persons].

    Parameters
    ----------
    year
        2022 up to 2026.
    """
    rows = _rows("national_population")
    return MappingProxyType({row["code"]: int(row[f"population_{year}"]) for row in rows})


@cache
def population_of_province(province: str, year: int) -> int:
    """Give the inhabitants of a province on 1 January of a year [persons]."""
    rows = _rows("national_population")
    return sum(int(row[f"population_{year}"]) for row in rows if row["province"] == province)


@cache
def published() -> Mapping[str, Published]:
    """Give the published figures that the sample uses, by their id."""
    return MappingProxyType({row["id"]: _published(row) for row in _rows("published_figures")})


@cache
def quota_totals() -> Mapping[str, QuotaTotal]:
    """Give the published national totals by half-year, in order of time."""
    return MappingProxyType({row["half_year"]: _quota_total(row) for row in _rows("quota_totals")})


@cache
def assumptions(kind: str) -> Mapping[str, Assumption]:
    """Give the chosen numbers of one kind, by key."""
    rows = (row for row in _rows("assumptions") if row["kind"] == kind)
    return MappingProxyType(
        {row["key"]: Assumption(Fraction(row["value"]), row["unit"], row["reason"]) for row in rows}
    )


@cache
def distances() -> tuple[tuple[str, str, float], ...]:
    """Give every pair once: two codes and the distance [km, one decimal]."""
    return tuple((row["from"], row["to"], float(row["km"])) for row in _rows("distances"))


def _rows(name: str) -> list[dict[str, str]]:
    with (FACTS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _municipality(row: Mapping[str, str]) -> Municipality:
    return Municipality(
        code=row["code"],
        name=row["name"],
        province=row["province"],
        subregion=row["subregion"],
        population={year: int(row[f"population_{year}"]) for year in (2024, 2025, 2026)},
        households_2024=int(row["households_2024"]),
        dwellings_2021=int(row["dwellings_2021"]),
        social_stock_2021=int(row["social_stock_2021"]),
        in_lettings_region=row["in_lettings_region"] == "1",
        in_amsterdam_amstelland=row["in_amsterdam_amstelland"] == "1",
    )


def _published(row: Mapping[str, str]) -> Published:
    return Published(
        scope=row["scope"],
        measure=row["measure"],
        value=Fraction(row["value"]),
        unit=row["unit"],
        reference_date=row["reference_date"],
        source=row["source"],
        note=row["note"],
    )


def _quota_total(row: Mapping[str, str]) -> QuotaTotal:
    return QuotaTotal(
        half_year=row["half_year"],
        national_total=int(row["national_total"]),
        population_year=int(row["population_date"][:4]),
        reference_date=row["reference_date"],
        source=row["source"],
    )
