"""The sample region as a whole: complete, labelled, and made the way its README says."""

import json
import re
from datetime import date
from math import asin, cos, radians, sin, sqrt

from services.api.sample.facts import (
    FACTS,
    municipalities,
)
from services.api.sample.homeless import homeless_areas, outflow_areas
from services.api.sample.supply import priority_share, requested_share, turnover
from tests.api.sample.region import (
    FIGURES,
    RANGED,
    REGION,
    YEARS,
    key_names,
    listed,
    number,
    text,
    total,
)

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
