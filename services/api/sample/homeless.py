"""Need of homeless people and of outflow from institutions: regional figures by population."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction

from services.api.sample.facts import (
    Municipality,
    municipalities,
    national_population,
    population_of_province,
    published,
)
from services.api.sample.figures import YEARS, Body, figure
from services.api.sample.spread import largest_remainder, nearest, over_years, range_around

POPULATION_YEAR = 2026


@dataclass(frozen=True)
class Area:
    """Part of the region with one regional figure [households, exact]."""

    members: tuple[Municipality, ...]
    low: Fraction
    likely: Fraction
    high: Fraction
    source: str
    reference_date: str
    note: str

    @property
    def inhabitants(self) -> int:
        """People who live in the area [persons]."""
        return _inhabitants(self.members)


def homeless_needs() -> list[Body]:
    """Give the need of homeless people [households]: one fifth of a count in every plan year."""
    return [body for area in homeless_areas() for body in _homeless_in(area)]


def outflow_needs() -> list[Body]:
    """Give the need of outflow from shelter and from sheltered housing [households]."""
    return [
        body
        for group in ("shelter_outflow", "sheltered_housing_outflow")
        for area in outflow_areas()
        for body in _outflow_in(area, group)
    ]


def homeless_areas() -> tuple[Area, ...]:
    """Give the four areas; figures are for the plan years together [households].

    One household per adult. Counts of persons of all ages are turned into adults by the share
    of adults in the ETHOS Light count; the CBS estimate of 18 to 65 years is taken as it is.
    """
    amstelland = _members(lambda place: place.in_amsterdam_amstelland)
    flevoland = _members(lambda place: place.province == "Flevoland")
    gooi = _members(lambda place: place.subregion == "Gooi en Vechtstreek")
    others = _members(lambda place: place not in amstelland + flevoland + gooi)
    country = _count("homeless_national_2024") / sum(national_population(POPULATION_YEAR).values())
    highest = _adults("registered_homeless_rate_almere_2023") / 1000
    roofless = _adults("roofless_gooi_2019")
    part_of_flevoland = Fraction(
        _inhabitants(flevoland), population_of_province("Flevoland", POPULATION_YEAR)
    )
    return (
        _area(
            amstelland,
            country * _inhabitants(amstelland),
            _adults("registered_homeless_amsterdam_2023"),
            _adults("ethos_amsterdam_amstelland_2025"),
            "registered_homeless_amsterdam_2023",
            "Low: the national CBS rate. High: the ETHOS Light count of 2025 (13,000 persons), "
            "which includes hidden homelessness; the two counts are never added.",
        ),
        _area(
            flevoland,
            country * _inhabitants(flevoland),
            _adults("registered_homeless_almere_2023") * part_of_flevoland,
            highest * _inhabitants(flevoland),
            "registered_homeless_almere_2023",
            "Almere and Lelystad by their part of Flevoland, taken to be the centre region. Low: "
            "the national CBS rate. High: 3.3 per 1,000 inhabitants, the rate of this region.",
        ),
        _area(
            gooi,
            roofless,
            roofless + _adults("houseless_gooi_2019"),
            highest * _inhabitants(gooi),
            "roofless_gooi_2019",
            "An old estimate. Low: roofless only. High: 3.3 per 1,000 inhabitants, the rate of "
            "centre region Almere.",
        ),
        _area(
            others,
            roofless / _inhabitants(gooi) * _inhabitants(others),
            country * _inhabitants(others),
            highest * _inhabitants(others),
            "homeless_national_2024",
            "No regional figure found: the national CBS rate (18 to 65 years). Low: the roofless "
            "rate of Gooi en Vechtstreek in 2019. High: the rate of centre region Almere.",
        ),
    )


def outflow_areas() -> tuple[Area, ...]:
    """Give the two areas; figures are for one group and one year [households].

    Amsterdam is the centre municipality of Amsterdam-Amstelland, so its figures are spread over
    these six; the other municipalities get the same rate per inhabitant.
    """
    amstelland = _members(lambda place: place.in_amsterdam_amstelland)
    others = _members(lambda place: not place.in_amsterdam_amstelland)
    ratio = Fraction(_inhabitants(others), _inhabitants(amstelland))
    return (
        _outflow_area(amstelland, Fraction(1, 2), ""),
        _outflow_area(
            others, ratio / 2, " No figure of its own: the rate of Amsterdam-Amstelland."
        ),
    )


def _outflow_area(members: tuple[Municipality, ...], part: Fraction, where: str) -> Area:
    return _area(
        members,
        _count("outflow_homes_amsterdam_2017") * part,
        _count("outflow_places_amsterdam_2021") * part,
        _count("outflow_demand_amsterdam_2021") * part,
        "outflow_places_amsterdam_2021",
        "One published figure for outflow from shelter and sheltered housing together; each gets "
        "half, since no division was found. One household per person. Low: 441 homes in 2017; "
        f"high: a demand of about 1,700 in 2021.{where}",
    )


def _area(
    members: tuple[Municipality, ...],
    low: Fraction,
    likely: Fraction,
    high: Fraction,
    figure_id: str,
    note: str,
) -> Area:
    stated = published()[figure_id]
    source = f"{stated.source}: {stated.scope}, {stated.measure}; spread by population (CBS)"
    return Area(members, low, likely, high, source, stated.reference_date, note)


def _homeless_in(area: Area) -> Iterable[Body]:
    likely = _by_population(area)
    note = f"Counted persons, one fifth in each plan year; later inflow is not known. {area.note}"
    for place in area.members:
        part = Fraction(place.population[POPULATION_YEAR], area.inhabitants * len(YEARS))
        for year, households in over_years(likely[place.code], YEARS).items():
            amounts = range_around(area.low * part, households, area.high * part)
            yield _need(place, "homeless", year, amounts, area, note)


def _outflow_in(area: Area, group: str) -> Iterable[Body]:
    likely = _by_population(area)
    for place in area.members:
        part = Fraction(place.population[POPULATION_YEAR], area.inhabitants)
        for year in YEARS:
            amounts = range_around(area.low * part, likely[place.code], area.high * part)
            yield _need(place, group, year, amounts, area, area.note)


def _need(
    place: Municipality, group: str, year: str, amounts: dict[str, int], area: Area, note: str
) -> Body:
    fields = figure(area.source, area.reference_date, "estimate", note)
    return {"municipality": place.code, "group": group, "period": year, **amounts, **fields}


def _by_population(area: Area) -> dict[str, int]:
    weights = {place.code: place.population[POPULATION_YEAR] for place in area.members}
    return largest_remainder(nearest(area.likely), weights)


def _members(belongs: Callable[[Municipality], bool]) -> tuple[Municipality, ...]:
    return tuple(place for place in municipalities().values() if belongs(place))


def _inhabitants(members: Iterable[Municipality]) -> int:
    return sum(place.population[POPULATION_YEAR] for place in members)


def _count(figure_id: str) -> Fraction:
    return published()[figure_id].value


def _adults(figure_id: str) -> Fraction:
    share = _count("ethos_nine_regions_adults_2025") / _count("ethos_nine_regions_2025")
    return _count(figure_id) * share
