"""Many rows can be added at once: all of them, or none."""

from typing import Any

import httpx
import pytest

from tests.api.rows import Filled, add, body

ADDRESS = "/v1/municipalities/_import"


def municipality(code: str, **changes: Any) -> dict[str, Any]:
    """Make a municipality with this code."""
    return body("municipalities", code=code, **changes)


def test_all_rows_are_added_with_their_lists(api: httpx.Client) -> None:
    added = api.post(ADDRESS, json=[municipality("GM0001"), municipality("GM0002")])
    regions = [
        body("regions", id="both", municipalities=["GM0001", "GM0002"]),
        body("regions", id="one", municipalities=["GM0002"]),
    ]

    answer = api.post("/v1/regions/_import", json=regions)

    assert [added.json(), answer.json()] == [{"added": 2}, {"added": 2}]
    assert [row["municipalities"] for row in api.get("/v1/regions").json()["items"]] == [
        ["GM0001", "GM0002"],
        ["GM0002"],
    ]


def test_one_fault_refuses_all_rows_and_every_fault_is_told_with_its_row(
    filled: Filled,
) -> None:
    before = filled.api.get("/v1/needs").json()
    rows = [
        body("needs", municipality="GM0394"),
        body("needs", municipality="GM9999", likely=-1),
        body("needs", group="nobody", period=2027),
    ]

    answer = filled.api.post("/v1/needs/_import", json=rows)

    assert answer.status_code == 400
    assert [(fault["pointer"], fault["code"]) for fault in answer.json()["errors"]] == [
        ("/1/likely", "out_of_range"),
        ("/1/municipality", "unknown_id"),
        ("/2/group", "unknown_id"),
        ("/2/period", "wrong_type"),
    ]
    assert filled.api.get("/v1/needs").json() == before


def test_a_row_that_is_there_already_refuses_all_rows_and_is_named(api: httpx.Client) -> None:
    add(api, "municipalities", code="GM0002")
    rows = [municipality("GM0001"), municipality("GM0002"), municipality("GM0003")]

    answer = api.post(ADDRESS, json=rows)

    assert answer.status_code == 409
    assert answer.json()["key"] == {"code": "GM0002"}
    assert api.get("/v1/municipalities").json()["total"] == 1


def test_a_row_given_twice_refuses_all_rows_and_is_named(api: httpx.Client) -> None:
    rows = [municipality("GM0001"), municipality("GM0002"), municipality("GM0001")]

    answer = api.post(ADDRESS, json=rows)

    assert answer.status_code == 409
    assert answer.json()["key"] == {"code": "GM0001"}
    assert api.get("/v1/municipalities").json()["total"] == 0


def test_more_ids_than_one_query_looks_up_are_all_found(api: httpx.Client) -> None:
    codes = [f"GM{number:04d}" for number in range(2_500)]
    api.post(ADDRESS, json=[municipality(code) for code in codes])
    values = [body("ceilings", municipality=code) for code in codes]

    add(api, "target-groups", size={})
    add(api, "periods")
    answer = api.post("/v1/ceilings/_import", json=values)

    assert answer.json() == {"added": 2_500}


@pytest.mark.parametrize("sent", [[], {}, "rows", 1], ids=["nothing", "a row", "text", "a number"])
def test_what_is_not_a_list_of_rows_is_refused(filled: Filled, sent: Any) -> None:
    answer = filled.api.post(ADDRESS, json=sent)

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["code"] == "not_an_array"
