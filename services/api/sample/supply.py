"""Homes that the region can offer: social rent from stock and turnover, other forms beside it."""

from fractions import Fraction
from math import ceil, floor

from services.api.sample.facts import (
    Municipality,
    assumptions,
    municipalities,
    national_population,
    published,
)
from services.api.sample.figures import YEARS, Body, figure, illustrative
from services.api.sample.needs import inhabitants
from services.api.sample.spread import largest_remainder, nearest, over_years
from services.api.sample.status_holders import POPULATION_YEAR


def capacity_bodies() -> list[Body]:
    """Give all lots [households], by municipality, form and year; empty lots are left out."""
    bodies = [*_social_rent(), *_flex(), *_by_rate(), *_on_sites()]
    return sorted(
        bodies,
        key=lambda body: (str(body["municipality"]), str(body["form"]), str(body["period"])),
    )


def turnover() -> Fraction:
    """Part of the social stock that is let in a year: region Amsterdam, 14 municipalities.

    Lettings of 2024 over the stock estimate of 2021 [share per year].
    """
    stock = sum(
        place.social_stock_2021 for place in municipalities().values() if place.in_lettings_region
    )
    return published()["lettings_region_2024"].value / stock


def priority_share() -> Fraction:
    """Part of the lettings that goes to vulnerable groups and status holders: Amsterdam 2021."""
    figures = published()
    return (
        figures["homes_vulnerable_amsterdam_2021"].value / figures["lettings_amsterdam_2021"].value
    )


def requested_share() -> Fraction:
    """Part of the lettings that was asked for in 2023; not an adopted norm."""
    return published()["requested_share_2023"].value


def _social_rent() -> list[Body]:
    stock = {code: place.social_stock_2021 for code, place in municipalities().items()}
    total = nearest(sum(stock.values()) * turnover() * priority_share())
    likely = largest_remainder(total, stock)
    return [
        {
            "municipality": code,
            "form": "social_rent",
            "period": year,
            **_social_amounts(place, likely[code]),
            **_SOCIAL_FIELDS,
        }
        for code, place in municipalities().items()
        for year in YEARS
    ]


def _social_amounts(place: Municipality, likely: int) -> dict[str, int]:
    figures = published()
    slowest = figures["turnover_city_region_2014"].value
    fastest = (
        figures["freed_homes_national_2022"].value
        / figures["association_stock_national_2023"].value
    )
    stock = place.social_stock_2021
    potential = max(likely, floor(stock * turnover() * requested_share()))
    return {
        "low": floor(stock * slowest * priority_share()),
        "likely": likely,
        "high": min(ceil(stock * fastest * priority_share()), potential),
        "potential": potential,
    }


_SOCIAL_FIELDS = figure(
    "Computed from CBS (stock 2021), the annual report on housing allocation in region Amsterdam "
    "2024 (lettings), and AFWC 2021 and the municipality of Amsterdam 2021 (share)",
    "2024-12-31",
    "estimate",
    "Stock x 4.66% let in a year (14 municipalities of region Amsterdam, applied to all 30) x "
    "18.7% for priority groups (Amsterdam 2021: about 1,500 of 8,037). Low: turnover 4.3% (2014); "
    "high: 7.0% (national, 2022). Potential: 30% of lettings, as asked for in 2023; no norm.",
)


def _flex() -> list[Body]:
    people = inhabitants()
    stated = published()["flex_homes_national_2023"]
    everybody = sum(national_population(POPULATION_YEAR).values())
    total = nearest(stated.value * sum(people.values()) / everybody)
    fields = figure(
        f"{stated.source}; spread by population (CBS)",
        stated.reference_date,
        "estimate",
        "2,933 flex homes nationally; the part of the region by population, once more over the "
        "five plan years. No range was found.",
    )
    return [
        {
            "municipality": code,
            "form": "flex",
            "period": year,
            "likely": part,
            "potential": part,
            **fields,
        }
        for code, homes in largest_remainder(total, people).items()
        for year, part in over_years(homes, YEARS).items()
        if part
    ]


def _by_rate() -> list[Body]:
    people = inhabitants()
    everybody = sum(people.values())
    return [
        body
        for form, chosen in assumptions("form").items()
        for code, homes in largest_remainder(
            nearest(chosen.value * everybody * len(YEARS) / 10_000), people
        ).items()
        for year, part in over_years(homes, YEARS).items()
        for body in _lot(code, form, year, part, illustrative(f"{chosen.reason}. {_RANGE}"))
    ]


def _on_sites() -> list[Body]:
    return [
        body
        for key, chosen in assumptions("form_site").items()
        for year in YEARS
        for body in _lot(
            key.partition(":")[2],
            key.partition(":")[0],
            year,
            int(chosen.value),
            illustrative(f"{chosen.reason}. {_RANGE}"),
        )
    ]


def _lot(code: str, form: str, year: str, homes: int, fields: Body) -> list[Body]:
    range_ = assumptions("range")
    high = nearest(homes * range_["supply_high"].value)
    lot: Body = {
        "municipality": code,
        "form": form,
        "period": year,
        "low": floor(homes * range_["supply_low"].value),
        "likely": homes,
        "high": high,
        "potential": high,
        **fields,
    }
    return [lot] if homes else []


_RANGE = "Low is half, high and potential a quarter more, a convention: no range was found."
