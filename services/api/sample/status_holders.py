"""Need of status holders: the statutory quota, carried forward and turned into households."""

from collections.abc import Mapping

from services.api.sample.facts import municipalities, national_population, published, quota_totals
from services.api.sample.figures import YEARS, Body, figure
from services.api.sample.quota import statutory_quota
from services.api.sample.spread import largest_remainder, nearest, range_around

LAST_HALF_YEAR = "2025-II"
# Plan year 2027 counts the inhabitants of 1 January 2026, the year before. Later years ask for
# inhabitants that nobody has counted yet, so the same day is kept.
POPULATION_YEAR = 2026


def status_holder_needs() -> list[Body]:
    """Give the need of status holders [households] per municipality and plan year."""
    persons = _persons_a_year(quota_totals()[LAST_HALF_YEAR].national_total)
    fewest = _persons_a_year(min(total.national_total for total in quota_totals().values()))
    most = _persons_a_year(max(total.national_total for total in quota_totals().values()))
    size = published()["household_size_amsterdam"].value
    largest_size = published()["household_size_haarlemmermeer"].value
    households = largest_remainder(nearest(sum(persons.values()) / size), persons)
    source = quota_totals()[LAST_HALF_YEAR]
    fields = figure(
        f"Statutory quota, Huisvestingswet 2014 art. 29; national total of {LAST_HALF_YEAR} from "
        f"{source.source}; population CBS",
        source.reference_date,
        "estimate",
        _NOTE,
    )
    return [
        {
            "municipality": code,
            "group": "status_holders",
            "period": year,
            **range_around(fewest[code] / largest_size, households[code], most[code] / size),
            "persons": persons[code],
            **fields,
        }
        for code in municipalities()
        for year in YEARS
    ]


def _persons_a_year(national_total: int) -> Mapping[str, int]:
    """Two half-years of the quota, for the municipalities of the region [persons]."""
    quota = statutory_quota(national_total, national_population(POPULATION_YEAR))
    return {code: 2 * quota[code] for code in municipalities()}


_NOTE = (
    f"Half-year {LAST_HALF_YEAR} (13,000 persons nationally) carried forward: two half-years a "
    "year, inhabitants of 2026-01-01. 1.7 persons per household (Amsterdam 2016-2020). Low: the "
    "smallest half-year since 2019 (5,500) at 1.9 persons (Haarlemmermeer); high: the largest "
    "(21,200). Backlogs are left out: none is known after 2023."
)
