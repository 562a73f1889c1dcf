"""Every noun can be listed, read, added, replaced and deleted, on both databases."""

import httpx
import pytest

from tests.api.rows import NOUNS, Filled, add, body, fill, id_of

every_noun = pytest.mark.parametrize("noun", NOUNS)
UNKNOWN = "3f2c0f5e-0000-4000-8000-000000000000"
# The other nouns have nothing that refers to them.
USED = (
    "municipalities",
    "housing-forms",
    "target-groups",
    "periods",
    "indicators",
)
used_noun = pytest.mark.parametrize("noun", USED)


@every_noun
def test_a_new_row_comes_back_as_it_was_sent(filled: Filled, noun: str) -> None:
    row = filled.rows[noun]

    answer = filled.api.get(f"/v1/{noun}/{id_of(noun, row)}")

    assert answer.status_code == 200
    assert answer.json() == row
    assert body(noun).items() <= row.items()


@every_noun
def test_a_list_has_the_row_and_their_number(filled: Filled, noun: str) -> None:
    answer = filled.api.get(f"/v1/{noun}", params={"limit": 1})

    assert answer.json()["items"] == [filled.rows[noun]]
    assert answer.json()["total"] == (2 if noun == "municipalities" else 1)


@every_noun
def test_a_row_that_is_sent_back_unchanged_is_accepted(filled: Filled, noun: str) -> None:
    row = filled.rows[noun]

    answer = filled.api.put(f"/v1/{noun}/{id_of(noun, row)}", json=row)

    assert answer.status_code == 200
    assert answer.json() == row


@every_noun
def test_the_same_row_cannot_be_added_twice(filled: Filled, noun: str) -> None:
    answer = filled.api.post(f"/v1/{noun}", json=filled.rows[noun])

    assert answer.status_code == 409
    assert answer.json()["title"] == "Already exists"
    assert list(answer.json()["key"].values()) == [id_of(noun, filled.rows[noun])]


@every_noun
def test_a_row_that_does_not_exist_cannot_be_read_replaced_or_deleted(
    filled: Filled, noun: str
) -> None:
    address = f"/v1/{noun}/{UNKNOWN}"

    answers = [
        filled.api.get(address),
        filled.api.put(address, json=body(noun)),
        filled.api.delete(address),
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert {answer.headers["content-type"] for answer in answers} == {"application/problem+json"}


@every_noun
def test_a_row_keeps_its_id_when_it_is_replaced(filled: Filled, noun: str) -> None:
    row = filled.rows[noun]
    name = "code" if noun == "municipalities" else "id"
    other = "GM0001" if noun == "municipalities" else UNKNOWN

    answer = filled.api.put(f"/v1/{noun}/{id_of(noun, row)}", json={**row, name: other})

    assert answer.status_code == 400
    assert [fault["pointer"] for fault in answer.json()["errors"]] == [f"/{name}"]
    assert filled.api.get(f"/v1/{noun}/{id_of(noun, row)}").json() == row


@used_noun
def test_a_row_in_use_cannot_be_deleted_and_the_answer_says_by_what(
    filled: Filled, noun: str
) -> None:
    answer = filled.api.delete(f"/v1/{noun}/{id_of(noun, filled.rows[noun])}")

    assert answer.status_code == 409
    assert answer.json()["title"] == "In use"
    assert set(answer.json()["usedBy"]) <= set(NOUNS)
    assert filled.api.get(f"/v1/{noun}/{id_of(noun, filled.rows[noun])}").status_code == 200


def test_the_answer_counts_each_kind_of_row_that_uses_a_target_group(filled: Filled) -> None:
    answer = filled.api.delete("/v1/target-groups/status_holders")

    assert answer.json()["usedBy"] == {
        "access-rates": 1,
        "allocation-keys": 1,
        "capacities": 1,
        "ceilings": 1,
        "commitments": 1,
        "fits": 1,
        "needs": 1,
        "realisations": 1,
    }


def test_everything_can_be_deleted_again_from_the_last_to_the_first(api: httpx.Client) -> None:
    rows = fill(api)

    answers = [
        api.delete(f"/v1/{noun}/{id_of(noun, rows[noun])}").status_code
        for noun in reversed(list(NOUNS))
    ]

    assert answers == [204] * len(NOUNS)
    assert [api.get(f"/v1/{noun}").json()["total"] for noun in NOUNS] == [
        1,
        *[0] * (len(NOUNS) - 1),
    ]


def test_a_new_row_is_found_at_its_location(api: httpx.Client) -> None:
    answer = api.post("/v1/indicators", json=body("indicators"))

    assert answer.status_code == 201
    assert answer.headers["location"] == "/v1/indicators/population"
    assert api.get(answer.headers["location"]).json() == answer.json()


def test_what_a_replacement_leaves_out_is_gone(api: httpx.Client) -> None:
    add(api, "municipalities")
    bare = {
        "name": "Amsterdam aan de Amstel",
        "province": "Noord-Holland",
        "validFrom": "2022-03-24",
    }

    answer = api.put("/v1/municipalities/GM0363", json=bare)

    assert answer.status_code == 200
    assert api.get("/v1/municipalities/GM0363").json() == {
        "code": "GM0363",
        **bare,
        "subregion": None,
        "validTo": None,
    }


def test_a_replacement_replaces_the_members_of_a_list_too(api: httpx.Client) -> None:
    fill(api)
    one = body("regions", municipalities=["GM0394"])

    api.put("/v1/regions/mra", json=one)

    assert api.get("/v1/regions/mra").json()["municipalities"] == ["GM0394"]


def test_a_list_of_ids_comes_back_in_the_order_of_the_ids(api: httpx.Client) -> None:
    add(api, "municipalities")
    add(api, "municipalities", code="GM0394")

    row = add(api, "regions", municipalities=["GM0394", "GM0363"])

    assert api.get(f"/v1/regions/{row['id']}").json()["municipalities"] == ["GM0363", "GM0394"]


def test_homes_without_groups_are_for_every_group_that_fits(api: httpx.Client) -> None:
    fill(api)
    lot = body("capacities", period="2027", district="Zuid")
    del lot["groups"]

    answer = api.post("/v1/capacities", json=lot)

    assert answer.json()["groups"] is None


def test_a_distance_holds_both_ways_and_is_stored_once(api: httpx.Client) -> None:
    fill(api)
    back = {"from": "GM0394", "to": "GM0363"}

    answer = api.post("/v1/distances", json=body("distances", **back, low=8, km=9))

    assert answer.status_code == 409
    assert answer.json()["key"] == {"from": "GM0363", "to": "GM0394"}


def test_an_unknown_figure_stays_unknown_and_does_not_become_zero(api: httpx.Client) -> None:
    fill(api)
    unknown = {"low": None, "high": None, "persons": None, "municipality": "GM0394"}

    row = add(api, "needs", **unknown)

    assert api.get(f"/v1/needs/{row['id']}").json().items() >= unknown.items()


def test_decimals_come_back_digit_for_digit(api: httpx.Client) -> None:
    fill(api)
    figures = {"low": 0.1, "likely": 123456789.123456, "high": 999999999999999}

    row = add(api, "indicator-values", **figures, referenceDate="2025-01-01")

    assert api.get(f"/v1/indicator-values/{row['id']}").json().items() >= figures.items()


def test_a_decimal_may_also_be_written_as_text(api: httpx.Client) -> None:
    fill(api)
    weights = [{"indicator": "population", "weight": "0.125"}]

    row = add(api, "allocation-keys", id="in_text", weights=weights)

    assert row["weights"] == [{"indicator": "population", "weight": 0.125}]
