"""What binds beside homes: support, commitments, ceilings, access rates."""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from math import floor

from services.api.sample.facts import assumptions, municipalities, published
from services.api.sample.figures import YEARS, Body, figure, illustrative
from services.api.sample.needs import inhabitants
from services.api.sample.spread import nearest, range_around
from services.api.sample.supply import turnover
from services.api.sample.target_groups import GROUPS

SMALL = 20_000
TIGHT_SUBREGION = "IJmond"
AMSTERDAM = "GM0363"
HAARLEMMERMEER = "GM0394"
_VULNERABLE = (
    "status_holders",
    "homeless",
    "shelter_outflow",
    "sheltered_housing_outflow",
    "youth_care_outflow",
    "detention_outflow",
)
_ACCUMULATING = ["homeless", "shelter_outflow", "sheltered_housing_outflow"]


def support_capacity_bodies() -> list[Body]:
    """Give ambulatory support per municipality and integration per sub-region [slots]."""
    return [*_ambulatory(), *_integration()]


def commitment_bodies() -> list[Body]:
    """Give published agreements, carried forward a year at a time, and illustrative pacts."""
    return [*_amsterdam_agreement(), *_corporation_agreements(), *_illustrative_pacts()]


def ceiling_bodies() -> list[Body]:
    """Give one published upper share and illustrative ceilings against accumulation."""
    return [*_largest_share_haarlemmermeer(), *_illustrative_ceilings()]


def access_rate_bodies() -> list[Body]:
    """Give the part of the need that the rules of a municipality are taken to admit."""
    return [
        {
            "municipality": municipality,
            "group": group,
            "rate": float(chosen.value),
            **illustrative(
                f"{chosen.reason}: rules as read in 2021-2024. How many they keep out is not known."
            ),
        }
        for key, chosen in assumptions("access").items()
        for group, municipality in [key.split(":")]
    ]


def _ambulatory() -> Iterable[Body]:
    for code, people in inhabitants().items():
        rate = "ambulatory_small" if people < SMALL else "ambulatory"
        yield from _slots([code], "ambulatory", rate, people)


def _integration() -> Iterable[Body]:
    people = inhabitants()
    for subregion, codes in _subregions().items():
        rate = "integration_tight" if subregion == TIGHT_SUBREGION else "integration"
        yield from _slots(codes, "integration", rate, sum(people[code] for code in codes))


def _slots(codes: list[str], kind: str, rate: str, people: int) -> Iterable[Body]:
    chosen = assumptions("support")[rate]
    range_ = assumptions("range")
    likely = nearest(chosen.value * people / 10_000)
    amounts = range_around(
        likely * range_["supply_low"].value, likely, likely * range_["supply_high"].value
    )
    fields = illustrative(f"{chosen.value} {chosen.unit}. {chosen.reason}.")
    for year in YEARS:
        yield {"municipalities": codes, "type": kind, "period": year, **amounts, **fields}


def _subregions() -> Mapping[str, list[str]]:
    members: dict[str, list[str]] = {}
    for place in municipalities().values():
        members.setdefault(place.subregion, []).append(place.code)
    return dict(sorted(members.items()))


def _amsterdam_agreement() -> Iterable[Body]:
    stated = published()["homes_vulnerable_amsterdam_2021"]
    fields = figure(
        stated.source,
        stated.reference_date,
        "estimate",
        "About 1,500 homes a year for all vulnerable groups including status holders, agreed in "
        "2021; carried forward to every plan year. Which groups it counts is read broadly.",
    )
    for year in YEARS:
        yield _commitment(
            AMSTERDAM,
            list(_VULNERABLE),
            [year],
            int(stated.value),
            "Amsterdam working agreements on vulnerable groups",
            fields,
        )


def _corporation_agreements() -> Iterable[Body]:
    for name, stated in published().items():
        if name.startswith("prewonen_agreement_"):
            fields = figure(
                stated.source,
                stated.reference_date,
                "estimate",
                "Agreed for 2022 by one housing association, carried forward to every plan year. "
                f"{stated.note}; read as households.",
            )
            for year in YEARS:
                basis = "Performance agreement with Pre Wonen"
                group = ["status_holders"]
                yield _commitment(stated.scope, group, [year], int(stated.value), basis, fields)


def _illustrative_pacts() -> Iterable[Body]:
    for key, chosen in assumptions("commitment").items():
        group, municipality = key.split(":")
        basis = "Illustrative regional pact"
        fields = illustrative(f"{chosen.reason}.")
        yield _commitment(municipality, [group], list(YEARS), int(chosen.value), basis, fields)


def _commitment(
    municipality: str,
    groups: list[str],
    periods: list[str],
    households: int,
    basis: str,
    fields: Body,
) -> Body:
    return {
        "municipality": municipality,
        "groups": groups,
        "periods": periods,
        "households": households,
        "basis": basis,
        "state": "agreed",
        **fields,
    }


def _largest_share_haarlemmermeer() -> Iterable[Body]:
    stated = published()["largest_share_haarlemmermeer_2023"]
    stock = Fraction(municipalities()[HAARLEMMERMEER].social_stock_2021)
    fields = figure(
        stated.source,
        stated.reference_date,
        "estimate",
        f"35% of lettings for special groups. {stated.note}; check it. Lettings: stock x 4.66%.",
    )
    for year in YEARS:
        yield {
            "municipality": HAARLEMMERMEER,
            "groups": [group.id for group in GROUPS if group.tier == 1],
            "periods": [year],
            "households": floor(stock * turnover() * stated.value),
            **fields,
        }


def _illustrative_ceilings() -> Iterable[Body]:
    for municipality, chosen in assumptions("ceiling").items():
        yield {
            "municipality": municipality,
            "groups": list(_ACCUMULATING),
            "periods": list(YEARS),
            "households": int(chosen.value),
            **illustrative(f"{chosen.reason}."),
        }
