"""Municipalities, the region, its years, indicators and distances."""

from fractions import Fraction

from services.api.sample.facts import Municipality, distances, municipalities
from services.api.sample.figures import YEARS, Body, figure, illustrative
from services.api.sample.spread import range_around

REGION = "mra"
REACH_KM = 15
MIN_NEED = 5

# Since Weesp joined Amsterdam the 30 have their present shape.
PRESENT_SHAPE_SINCE = "2022-03-24"

_HOUSEHOLDS_SOURCE = "CBS, Kerncijfers wijken en buurten 2024 (table 85984NED)"
_STOCK_SOURCE = (
    "Computed: homes at the end of 2020 (CBS, Voorraad woningen) times the share of housing "
    "associations (CBS, Kerncijfers wijken en buurten 2021)"
)
_STOCK_NOTE = (
    "The share is a whole percentage, so the error is up to half a percent of all homes. Homes "
    "of housing associations include middle rents."
)


def municipality_bodies() -> list[Body]:
    """Give the 30 municipalities in the division of 2026."""
    return [
        {
            "code": place.code,
            "name": place.name,
            "province": place.province,
            "subregion": place.subregion,
            "validFrom": PRESENT_SHAPE_SINCE,
        }
        for place in municipalities().values()
    ]


def region_bodies() -> list[Body]:
    """Give the region as one group of 30 municipalities."""
    return [
        {
            "id": REGION,
            "name": "Metropoolregio Amsterdam",
            "municipalities": list(municipalities()),
            "reachKm": REACH_KM,
            "minNeed": MIN_NEED,
            **illustrative(
                "How far a household asks elsewhere, as the crow flies, and below which "
                "need chances are not compared."
            ),
        }
    ]


def period_bodies() -> list[Body]:
    """Give the five plan years."""
    return [{"id": year, "start": f"{year}-01-01", "end": f"{year}-12-31"} for year in YEARS]


def indicator_bodies() -> list[Body]:
    """Give the indicators that allocation keys may weigh."""
    return [
        {"id": "population", "nameNl": "Inwoners", "nameEn": "Population", "unit": "persons"},
        {"id": "households", "nameNl": "Huishoudens", "nameEn": "Households", "unit": "households"},
        {
            "id": "social_stock",
            "nameNl": "Corporatiewoningen",
            "nameEn": "Homes of housing associations",
            "unit": "homes",
        },
    ]


def indicator_value_bodies() -> list[Body]:
    """Give population (three years), households and social stock per municipality."""
    return [body for place in municipalities().values() for body in _values_of(place)]


def distance_bodies() -> list[Body]:
    """Give every pair of municipalities once [km]."""
    return [{"from": one, "to": other, "km": km, **_MEASURED} for one, other, km in distances()]


_MEASURED = figure(
    "Computed from municipal boundaries (CBS, Kadaster: Gebiedsindelingen 2022, CC BY 4.0)",
    "2022-01-01",
    "computed",
    "Great circle between area centroids, as the crow flies, not travel. Bloemendaal: a point "
    "inside the boundary, because its centroid lies outside.",
)


def _values_of(place: Municipality) -> list[Body]:
    population = [
        {
            "indicator": "population",
            "municipality": place.code,
            **_exactly(people),
            **figure("CBS, population on 1 January", f"{year}-01-01", "published", _caution(year)),
        }
        for year, people in place.population.items()
    ]
    households: Body = {
        "indicator": "households",
        "municipality": place.code,
        **_exactly(place.households_2024),
        **figure(_HOUSEHOLDS_SOURCE, "2024-01-01", "published", "Edition 2024 of the table."),
    }
    margin = Fraction(place.dwellings_2021, 200)
    stock: Body = {
        "indicator": "social_stock",
        "municipality": place.code,
        **range_around(
            place.social_stock_2021 - margin,
            place.social_stock_2021,
            place.social_stock_2021 + margin,
        ),
        **figure(_STOCK_SOURCE, "2021-01-01", "computed", _STOCK_NOTE),
    }
    return [*population, households, stock]


def _exactly(amount: int) -> Body:
    return {"low": amount, "likely": amount, "high": amount}


def _caution(year: int) -> str:
    return "May be provisional." if year == 2026 else "As stated by CBS."
