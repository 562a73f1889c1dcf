"""Lists come in pages, can be narrowed, and refuse what they do not understand."""

import re
from typing import Any

import httpx
import pytest

from services.api.crud.queries import MOST_PER_PAGE
from tests.api.rows import NOUNS, Filled, add, body

CODES = ["GM0001", "GM0002", "GM0003", "GM0004", "GM0005"]


@pytest.fixture
def five(api: httpx.Client) -> httpx.Client:
    """A client of an API with five municipalities, added in another order than their codes."""
    for code in reversed(CODES):
        add(api, "municipalities", code=code)
    return api


def codes(answer: httpx.Response) -> list[str]:
    """Give the codes in a list of municipalities."""
    return [row["code"] for row in answer.json()["items"]]


def links(answer: httpx.Response) -> dict[str, str]:
    """Read the links to the other pages."""
    found = re.findall(r'<([^>]+)>; rel="(\w+)"', answer.headers["link"])
    return {relation: address for address, relation in found}


def test_a_list_is_ordered_by_id_whatever_the_order_of_adding(five: httpx.Client) -> None:
    assert codes(five.get("/v1/municipalities")) == CODES


def test_following_the_links_gives_every_row_once(five: httpx.Client) -> None:
    first = five.get("/v1/municipalities", params={"limit": 2})
    second = five.get(links(first)["next"])
    third = five.get(links(second)["next"])

    assert codes(first) + codes(second) + codes(third) == CODES
    assert "next" not in links(third)
    assert "prev" not in links(first)
    assert five.get(links(third)["prev"]).json() == second.json()
    assert five.get(links(first)["last"]).json() == third.json()
    assert five.get(links(third)["first"]).json() == first.json()


def test_a_link_keeps_what_the_list_was_narrowed_by(five: httpx.Client) -> None:
    wanted = {"province": "Noord-Holland", "limit": "2"}

    answer = five.get("/v1/municipalities", params=wanted)

    assert httpx.URL(links(answer)["next"]).params.get("province") == "Noord-Holland"


def test_a_page_past_the_end_is_empty_and_still_knows_the_total(five: httpx.Client) -> None:
    answer = five.get("/v1/municipalities", params={"offset": 50})

    assert answer.json() == {"items": [], "total": 5}


FILTERS = [
    ("municipalities", {"name": "Amsterdam"}),
    ("municipalities", {"province": "Noord-Holland"}),
    ("municipalities", {"subregion": "Amsterdam"}),
    ("municipalities", {"validOn": "2030-01-01"}),
    ("regions", {"municipality": "GM0394"}),
    ("target-groups", {"tier": "1"}),
    ("target-groups", {"category": "statutory"}),
    ("target-groups", {"spread": "region"}),
    ("target-groups", {"legalStatus": "in_force"}),
    ("fits", {"form": "social_rent", "group": "status_holders"}),
    ("periods", {"containsDay": "2027-12-31"}),
    ("indicator-values", {"indicator": "population", "municipality": "GM0363"}),
    ("indicator-values", {"referenceDate": "2026-01-01"}),
    ("allocation-keys", {"group": "status_holders", "indicator": "population"}),
    ("needs", {"municipality": "GM0363", "group": "status_holders", "period": "2027"}),
    ("capacities", {"municipality": "GM0363", "form": "social_rent", "period": "2027"}),
    ("capacities", {"district": "Noord", "group": "status_holders"}),
    ("support-capacities", {"municipality": "GM0363", "type": "ambulatory", "period": "2027"}),
    ("commitments", {"municipality": "GM0363", "group": "status_holders", "period": "2027"}),
    ("ceilings", {"municipality": "GM0363", "group": "status_holders", "period": "2027"}),
    ("ceilings", {"district": "Noord"}),
    ("access-rates", {"municipality": "GM0363", "group": "status_holders"}),
    ("distances", {"from": "GM0363", "to": "GM0394"}),
    ("distances", {"municipality": "GM0394"}),
]
OTHERWISE = {
    "validOn": "2000-01-01",
    "containsDay": "2028-01-01",
    "referenceDate": "2025-01-01",
    "municipality": "GM0001",
    "from": "GM0001",
    "to": "GM0001",
    "tier": "2",
    "category": "local",
    "spread": "home",
    "legalStatus": "none",
}


@pytest.mark.parametrize(("noun", "wanted"), FILTERS)
def test_a_list_can_be_narrowed_to_what_is_wanted(
    filled: Filled, noun: str, wanted: dict[str, str]
) -> None:
    answer = filled.api.get(f"/v1/{noun}", params=wanted)

    assert filled.rows[noun] in answer.json()["items"]


@pytest.mark.parametrize(("noun", "wanted"), FILTERS)
def test_a_list_leaves_out_what_is_not_wanted(
    filled: Filled, noun: str, wanted: dict[str, str]
) -> None:
    others = {name: OTHERWISE.get(name, "other") for name in wanted}

    answer = filled.api.get(f"/v1/{noun}", params=others)

    assert answer.json() == {"items": [], "total": 0}


@pytest.mark.parametrize("noun", NOUNS)
def test_a_query_key_that_a_list_does_not_have_is_refused(filled: Filled, noun: str) -> None:
    answer = filled.api.get(f"/v1/{noun}", params={"colour": "red", "order": "name"})

    assert answer.status_code == 400
    assert [fault["pointer"] for fault in answer.json()["errors"]] == ["?colour", "?order"]


REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "more than a page": ({"limit": MOST_PER_PAGE + 1}, "?limit"),
    "no rows": ({"limit": 0}, "?limit"),
    "rows before the first": ({"offset": -1}, "?offset"),
    "a number in words": ({"limit": "ten"}, "?limit"),
    "a number with an underscore": ({"limit": "1_0"}, "?limit"),
    "a number with a point": ({"offset": "1.0"}, "?offset"),
    "a number with a plus": ({"limit": "+1"}, "?limit"),
    "a number after a space": ({"limit": " 1"}, "?limit"),
    "digits of another script": ({"offset": "١"}, "?offset"),
    "more keys than anybody has": ({f"x{number}": "1" for number in range(5_000)}, "?"),
    "a key twice": ({"limit": [1, 2]}, "?limit"),
    "a code that is none": ({"municipality": "Amsterdam"}, "?municipality"),
    "a NUL": ({"group": "a\0b"}, "?group"),
    "a snake": ({"valid_on": "2027-01-01"}, "?valid_on"),
}


@pytest.mark.parametrize(("wanted", "place"), REFUSED.values(), ids=REFUSED)
def test_a_query_that_cannot_be_meant_is_refused_with_its_key(
    filled: Filled, wanted: dict[str, Any], place: str
) -> None:
    answer = filled.api.get("/v1/needs", params=wanted)

    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    assert [fault["pointer"] for fault in answer.json()["errors"]] == [place]


def test_a_region_with_a_nul_has_no_proposals_to_list(filled: Filled) -> None:
    answer = filled.api.get("/v1/proposals?region=%00")

    assert answer.status_code == 400
    assert [fault["pointer"] for fault in answer.json()["errors"]] == ["?region"]


def test_one_row_has_no_query_keys_but_as_of(filled: Filled) -> None:
    answer = filled.api.get("/v1/municipalities/GM0363", params={"fields": "name"})

    assert answer.status_code == 400


def test_a_merged_municipality_is_found_on_the_days_that_it_existed(api: httpx.Client) -> None:
    merged = {"code": "GM0457", "name": "Weesp", "validFrom": "1812-01-01"}
    add(api, "municipalities", **merged, validTo="2022-03-23")
    add(api, "municipalities", validFrom="2022-03-24")

    before = api.get("/v1/municipalities", params={"validOn": "2022-03-23"})
    after = api.get("/v1/municipalities", params={"validOn": "2022-03-24"})

    assert codes(before) == ["GM0457"]
    assert codes(after) == ["GM0363"]


def test_an_address_with_a_nul_in_it_is_not_found(filled: Filled) -> None:
    answer = filled.api.get("/v1/municipalities/GM%00")

    assert answer.status_code == 404


def test_a_body_says_which_of_its_fields_a_list_can_be_narrowed_by(filled: Filled) -> None:
    answer = filled.api.get("/v1/needs", params={"source": body("needs")["source"]})

    assert (
        "known are asOf, fields, group, limit, municipality, offset, period, sort"
        in answer.json()["errors"][0]["detail"]
    )
