"""Need of every group per municipality and plan year."""

from collections.abc import Mapping
from fractions import Fraction

from services.api.sample.facts import (
    Assumption,
    assumptions,
    municipalities,
    national_population,
    published,
)
from services.api.sample.figures import YEARS, Body, figure, illustrative
from services.api.sample.homeless import homeless_needs, outflow_needs
from services.api.sample.spread import largest_remainder, nearest, over_years, range_around
from services.api.sample.status_holders import POPULATION_YEAR, status_holder_needs
from services.api.sample.target_groups import GROUPS


def need_bodies() -> list[Body]:
    """Give all needs [households], by group, municipality and year."""
    bodies = [
        *status_holder_needs(),
        *homeless_needs(),
        *outflow_needs(),
        *_illustrative_needs(),
        *_pitch_needs(),
        *_student_needs(),
    ]
    order = {group.id: place for place, group in enumerate(GROUPS)}
    return sorted(
        bodies,
        key=lambda body: (
            order[str(body["group"])],
            str(body["municipality"]),
            str(body["period"]),
        ),
    )


def inhabitants() -> dict[str, int]:
    """Inhabitants of the 30 municipalities [persons], by code."""
    return {code: place.population[POPULATION_YEAR] for code, place in municipalities().items()}


def _illustrative_needs() -> list[Body]:
    return [
        body
        for group, chosen in assumptions("need").items()
        for body in _needs_by_rate(group, chosen)
    ]


def _needs_by_rate(group: str, chosen: Assumption) -> list[Body]:
    people = inhabitants()
    total = nearest(chosen.value * sum(people.values()) / 10_000)
    likely = largest_remainder(total, people)
    fields = illustrative(f"{float(chosen.value)} {chosen.unit}. {chosen.reason}. {_RANGE}")
    return [
        {
            "municipality": code,
            "group": group,
            "period": year,
            **_half_to_double(households),
            **fields,
        }
        for code, households in likely.items()
        for year in YEARS
    ]


def _pitch_needs() -> list[Body]:
    people = inhabitants()
    everybody = sum(national_population(POPULATION_YEAR).values())
    shortage = published()["pitch_shortage_national"]
    total = nearest(shortage.value * sum(people.values()) / everybody)
    likely = largest_remainder(total, people)
    fields = figure(
        f"{shortage.source}: {shortage.measure}, national; spread by population (CBS)",
        shortage.reference_date,
        "estimate",
        "About 3,000 pitches short nationally, first estimated in 2009; the part of the region "
        "by population, one fifth in each plan year. No range was found.",
    )
    return [
        {
            "municipality": code,
            "group": "caravan_dwellers",
            "period": year,
            "likely": households,
            **fields,
        }
        for code, over_plan in likely.items()
        for year, households in over_years(over_plan, YEARS).items()
    ]


def _student_needs() -> list[Body]:
    return [
        {
            "municipality": code,
            "group": "students",
            "period": year,
            **_half_to_double(int(chosen.value)),
            **illustrative(f"{chosen.reason}. {_RANGE}"),
        }
        for code, chosen in assumptions("student_need").items()
        for year in YEARS
    ]


def _half_to_double(likely: int) -> Mapping[str, int]:
    range_ = assumptions("range")
    return range_around(
        Fraction(likely) * range_["need_low"].value,
        likely,
        Fraction(likely) * range_["need_high"].value,
    )


_RANGE = "Low and high are half and double, a convention: no range was found."
