"""The 342 municipalities of the Netherlands, from tests/data/nl_municipalities.csv."""

import csv
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt
from pathlib import Path

DATA = Path(__file__).parent.parent / "data"
EARTH_RADIUS_KM = 6371.0


@dataclass(frozen=True)
class Municipality:
    """A municipality: inhabitants, homes of housing corporations, and its centre in degrees."""

    code: str
    name: str
    population: int
    corporation_homes: float
    latitude: float
    longitude: float


def municipalities() -> list[Municipality]:
    """Give all municipalities, in order of their code."""
    with (DATA / "nl_municipalities.csv").open(encoding="utf-8", newline="") as file:
        return [_municipality(row) for row in csv.DictReader(file)]


def kilometres(a: Municipality, b: Municipality) -> float:
    """Distance between two centres as the crow flies (haversine formula) [km]."""
    north = radians(b.latitude - a.latitude)
    east = radians(b.longitude - a.longitude)
    scale = cos(radians(a.latitude)) * cos(radians(b.latitude))
    half_chord = sin(north / 2) ** 2 + scale * sin(east / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(sqrt(half_chord))


def _municipality(row: dict[str, str]) -> Municipality:
    # Where the stock was not found, every household is taken to have a home of its own.
    homes = int(row["dwellings_2021"] or row["households_2024"])
    return Municipality(
        code=row["gm_code"],
        name=row["name"],
        population=int(row["population_2026"]),
        corporation_homes=homes * float(row["corp_share_pct_2021"]) / 100,
        latitude=float(row["lat"]),
        longitude=float(row["lon"]),
    )
