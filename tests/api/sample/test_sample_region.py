"""The sample region as a whole: complete, labelled, and made the way its README says."""

import json
import re
from datetime import date
from math import asin, cos, radians, sin, sqrt

import pytest

from services.api.sample.build import sample_region
from services.api.sample.facts import (
    FACTS,
    assumptions,
    municipalities,
    national_population,
    published,
    quota_totals,
)
from services.api.sample.figures import Body
from services.api.sample.homeless import homeless_areas, outflow_areas
from services.api.sample.supply import priority_share, requested_share, turnover

REGION = sample_region()
YEARS = ["2027", "2028", "2029", "2030", "2031"]
FIGURE_NOUNS = [
    "indicator-values",
    "needs",
    "capacities",
    "support-capacities",
    "commitments",
    "ceilings",
    "access-rates",
    "distances",
]
FIGURES = [body for noun in FIGURE_NOUNS for body in REGION[noun]]
RANGED = [body for body in FIGURES if "low" in body]


def total(noun: str, field: str, **wanted: str) -> int:
    """Sum a field over the rows that match."""
    return sum(
        number(body, field)
        for body in REGION[noun]
        if all(body[name] == value for name, value in wanted.items())
    )


def number(body: Body, field: str) -> int:
    value = body[field]
    assert isinstance(value, int)
    return value


def text(body: Body, field: str) -> str:
    value = body[field]
    assert isinstance(value, str)
    return value


def listed(body: Body, field: str) -> list[str]:
    value = body[field]
    assert isinstance(value, list)
    return value


def key_names(value: object) -> set[str]:
    """All keys at any depth."""
    if isinstance(value, dict):
        return {str(key) for key in value}.union(*(key_names(part) for part in value.values()))
    return set().union(*(key_names(part) for part in value)) if isinstance(value, list) else set()


# The region


def test_the_thirty_municipalities_lie_in_seven_sub_regions_and_two_provinces() -> None:
    places = REGION["municipalities"]

    assert len(places) == 30
    assert len({text(place, "subregion") for place in places}) == 7
    assert {text(place, "province") for place in places} == {"Noord-Holland", "Flevoland"}
    assert all(re.fullmatch(r"GM\d{4}", text(place, "code")) for place in places)


def test_wijdemeren_is_kept_because_its_merger_was_not_checked() -> None:
    assert {"GM0402", "GM1696"} <= set(listed(REGION["regions"][0], "municipalities"))


def test_the_plan_years_are_2027_up_to_2031() -> None:
    assert [text(period, "id") for period in REGION["periods"]] == YEARS
    assert REGION["periods"][0] == {"id": "2027", "start": "2027-01-01", "end": "2027-12-31"}


def test_there_are_eleven_groups_and_every_group_has_exactly_one_key() -> None:
    groups = [text(group, "id") for group in REGION["target-groups"]]
    keyed = [group for key in REGION["allocation-keys"] for group in listed(key, "groups")]

    assert len(groups) == 11
    assert sorted(keyed) == sorted(groups)


def test_every_group_has_need_and_a_form_that_suits_it() -> None:
    groups = {text(group, "id") for group in REGION["target-groups"]}

    assert {text(need, "group") for need in REGION["needs"]} == groups
    assert {text(fit, "group") for fit in REGION["fits"]} == groups


def test_urgency_categories_are_not_said_to_be_in_force() -> None:
    status = {text(group, "id"): group["legalStatus"] for group in REGION["target-groups"]}

    assert [group for group, value in status.items() if value == "in_force"] == ["status_holders"]
    assert status["shelter_outflow"] == "unverified"


def test_the_fifteen_percent_idea_of_2023_is_not_shipped_as_a_rule() -> None:
    assert "15 percent" not in json.dumps(REGION)
    assert "15%" not in json.dumps(REGION)


def test_every_pair_of_municipalities_has_its_great_circle_distance_once() -> None:
    pairs = {frozenset((text(body, "from"), text(body, "to"))) for body in REGION["distances"]}
    points = _points()

    assert len(REGION["distances"]) == len(pairs) == 435
    assert all(
        body["km"] == round(_great_circle(points[body["from"]], points[body["to"]]), 1)
        for body in REGION["distances"]
    )


def _points() -> dict[object, tuple[float, float]]:
    lines = (FACTS / "municipalities.csv").read_text(encoding="utf-8").splitlines()[1:]
    cells = [line.split(",") for line in lines]
    return {row[0]: (float(row[-2]), float(row[-1])) for row in cells}


def _great_circle(one: tuple[float, float], other: tuple[float, float]) -> float:
    lat, lon, lat2, lon2 = map(radians, (*one, *other))
    half = sin((lat2 - lat) / 2) ** 2 + cos(lat) * cos(lat2) * sin((lon2 - lon) / 2) ** 2
    return 2 * 6371.0088 * asin(sqrt(half))


# Labels


def test_every_figure_says_its_source_date_quality_and_what_to_know() -> None:
    assert all(0 < len(text(body, "source")) <= 500 for body in FIGURES)
    assert all(0 < len(text(body, "note")) <= 500 for body in FIGURES)
    assert all(
        date.fromisoformat(text(body, "referenceDate")) < date(2027, 1, 1) for body in FIGURES
    )
    assert {text(body, "quality") for body in FIGURES} == {
        "published",
        "computed",
        "estimate",
        "illustrative",
    }


def test_a_chosen_number_is_illustrative_and_nothing_else_is() -> None:
    chosen = [body for body in FIGURES if text(body, "source").startswith("Chosen")]

    assert chosen == [body for body in FIGURES if body["quality"] == "illustrative"]
    assert all(text(body, "note").startswith("Illustrative.") for body in chosen)


def test_groups_without_any_figure_are_illustrative_and_the_others_estimates() -> None:
    quality = {(text(body, "group"), text(body, "quality")) for body in REGION["needs"]}

    assert {group for group, label in quality if label == "estimate"} == {
        "status_holders",
        "homeless",
        "shelter_outflow",
        "sheltered_housing_outflow",
        "caravan_dwellers",
    }
    assert len(quality) == 11


def test_keys_fits_and_groups_say_that_they_are_choices() -> None:
    chosen = [*REGION["allocation-keys"], *REGION["fits"], *REGION["target-groups"]]

    assert all("llustrative" in text(body, "note") for body in chosen)


def test_ranges_hold_their_likely_value() -> None:
    assert all(
        0 <= number(body, "low") <= number(body, "likely") <= number(body, "high")
        for body in RANGED
    )


def test_only_pitches_and_flex_homes_have_no_range_because_none_was_found() -> None:
    without = [body for body in FIGURES if "likely" in body and "low" not in body]

    assert {body.get("group", body.get("form")) for body in without} == {"caravan_dwellers", "flex"}
    assert all(text(body, "note").endswith("No range was found.") for body in without)


def test_a_lot_can_always_grow_to_its_high_value() -> None:
    assert all(number(lot, "likely") <= number(lot, "potential") for lot in REGION["capacities"])
    assert all(
        number(lot, "high") <= number(lot, "potential")
        for lot in REGION["capacities"]
        if "high" in lot
    )


def test_no_field_describes_a_person_a_nationality_or_an_origin_country() -> None:
    forbidden = re.compile(r"national|nation|country|citizen|birth|gender|bsn|person(?!s$)", re.I)

    assert [name for name in sorted(key_names(REGION)) if forbidden.search(name)] == []


# Method


def test_need_of_status_holders_is_two_half_years_of_the_quota_at_1_7_persons() -> None:
    persons = total("needs", "persons", group="status_holders", period="2027")

    assert persons == 3766
    assert total("needs", "likely", group="status_holders", period="2027") == 2215
    assert total("needs", "likely", group="status_holders", period="2031") == 2215


def test_need_of_homeless_people_over_the_plan_sums_to_the_regional_figures() -> None:
    areas = homeless_areas()

    assert sum(len(area.members) for area in areas) == 30
    assert [round(area.likely) for area in areas] == [2318, 709, 447, 1683]
    assert total("needs", "likely", group="homeless") == 5157


def test_the_outflow_of_amsterdam_amstelland_is_the_published_810() -> None:
    codes = {place.code for place in outflow_areas()[0].members}
    rows = [
        number(body, "likely")
        for body in REGION["needs"]
        if body["period"] == "2027"
        and body["municipality"] in codes
        and body["group"] in ("shelter_outflow", "sheltered_housing_outflow")
    ]

    assert sum(rows) == 810


def test_social_rent_is_stock_times_turnover_times_priority_share() -> None:
    stock = sum(place.social_stock_2021 for place in municipalities().values())

    assert round(float(turnover()), 4) == 0.0466
    assert round(float(priority_share()), 3) == 0.187
    assert total("capacities", "likely", form="social_rent", period="2027") == round(
        stock * turnover() * priority_share()
    )


def test_social_rent_may_grow_to_the_30_percent_asked_for_in_2023() -> None:
    amsterdam = municipalities()["GM0363"].social_stock_2021
    potential = total(
        "capacities", "potential", form="social_rent", period="2029", municipality="GM0363"
    )

    assert requested_share() * 10 == 3
    assert potential == int(amsterdam * turnover() * requested_share())


def test_supply_is_below_need_even_when_all_potential_is_used() -> None:
    need = total("needs", "likely")
    potential = total("capacities", "potential")

    assert 6_000 < need / 5 < 8_000
    assert 0.9 < potential / need < 1
    assert total("capacities", "likely") < potential


def test_commitments_fit_in_the_homes_of_their_municipality() -> None:
    assert all(
        total("commitments", "households", municipality=code)
        <= total("capacities", "potential", municipality=code)
        for code in municipalities()
    )


def test_the_readme_states_the_totals_that_the_code_gives() -> None:
    readme = (FACTS.parent / "README.md").read_text(encoding="utf-8")

    assert f"{total('needs', 'likely'):,}" in readme
    assert f"{total('capacities', 'potential'):,}" in readme
    assert f"| **{total('needs', 'likely', period='2027'):,}** |" in readme


# Form


def test_nouns_come_after_the_nouns_they_refer_to() -> None:
    assert list(REGION) == [
        "municipalities",
        "regions",
        "target-groups",
        "housing-forms",
        "fits",
        "periods",
        "indicators",
        "indicator-values",
        "allocation-keys",
        "needs",
        "capacities",
        "support-capacities",
        "commitments",
        "ceilings",
        "access-rates",
        "distances",
    ]


def test_all_references_are_known() -> None:
    codes = set(municipalities())
    groups = {text(body, "id") for body in REGION["target-groups"]}
    forms = {text(body, "id") for body in REGION["housing-forms"]}
    rows = [body for bodies in REGION.values() for body in bodies]

    assert {body["municipality"] for body in rows if "municipality" in body} <= codes
    assert {body["group"] for body in rows if "group" in body} <= groups
    assert {body["form"] for body in rows if "form" in body} <= forms
    assert {body["period"] for body in rows if "period" in body} <= set(YEARS)
    assert {
        group for body in rows if "groups" in body for group in listed(body, "groups")
    } <= groups


@pytest.mark.parametrize(
    ("noun", "fields"),
    [
        ("fits", ("form", "group")),
        ("indicator-values", ("indicator", "municipality", "referenceDate")),
        ("needs", ("municipality", "group", "period")),
        ("capacities", ("municipality", "form", "period")),
        ("access-rates", ("municipality", "group")),
    ],
)
def test_no_row_is_given_twice(noun: str, fields: tuple[str, ...]) -> None:
    keys = [tuple(body[field] for field in fields) for body in REGION[noun]]

    assert len(keys) == len(set(keys))


def test_the_region_is_plain_json_and_the_same_every_time() -> None:
    written = json.dumps(REGION, allow_nan=False)

    assert json.loads(written) == REGION
    assert json.dumps(sample_region()) == written


def test_every_fact_and_every_choice_on_file_is_used() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in sorted(FACTS.parent.glob("*.py")))
    unused = [name for name in published() if name not in code and "prewonen" not in name]

    assert unused == []
    assert all(len(assumptions(kind)) > 0 for kind in ("need", "form", "support", "access"))


def test_the_country_has_342_municipalities_and_thirteen_known_half_years() -> None:
    assert len(national_population(2026)) == 342
    assert len(quota_totals()) == 13
