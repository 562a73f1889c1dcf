"""Lists in a chosen order, with chosen fields, and only when they have changed."""

import httpx
import pytest

from tests.api.rows import Filled, add, fill

CODES = ("GM0001", "GM0002", "GM0003")
LIKELY = (9, 100, 25)


@pytest.fixture
def three(api: httpx.Client) -> httpx.Client:
    """A client of an API with a distance of 9, 100 and 25 km, and periods of several names."""
    fill(api)
    for code, km in zip(CODES, LIKELY, strict=True):
        add(api, "municipalities", code=code, name=f"Town of {code}")
        add(api, "needs", municipality=code, likely=km, low=None, high=None)
        add(api, "distances", **{"from": code, "to": "GM0363", "km": km, "low": None, "high": None})
    return api


def column(answer: httpx.Response, name: str) -> list[object]:
    assert answer.status_code == 200, answer.text
    return [row[name] for row in answer.json()["items"]]


def test_a_list_is_sorted_from_high_to_low(three: httpx.Client) -> None:
    answer = three.get("/v1/needs", params={"sort": "-likely"})
    found = column(answer, "likely")
    assert found == sorted(found, key=lambda number: -int(str(number)))
    assert len(found) == 4


def test_decimals_are_sorted_as_numbers(three: httpx.Client) -> None:
    answer = three.get("/v1/distances", params={"sort": "km"})
    assert column(answer, "km") == [9, 15.2, 25, 100]


def test_the_second_field_decides_among_equals(three: httpx.Client) -> None:
    answer = three.get("/v1/needs", params={"sort": "group,-municipality"})
    codes = [str(code) for code in column(answer, "municipality")]
    assert codes == sorted(codes, reverse=True)


def test_what_is_unknown_comes_last_either_way(three: httpx.Client) -> None:
    up = column(three.get("/v1/needs", params={"sort": "low"}), "low")
    down = column(three.get("/v1/needs", params={"sort": "-low"}), "low")
    assert up[0] is not None
    assert up == down
    assert up[1:] == [None, None, None]


def test_sorting_and_paging_go_together(three: httpx.Client) -> None:
    first = three.get("/v1/needs", params={"sort": "-likely", "limit": 3})
    second = three.get(first.links["next"]["url"])
    whole = three.get("/v1/needs", params={"sort": "-likely"})
    assert first.json()["items"] + second.json()["items"] == whole.json()["items"]


def test_a_list_holds_only_the_fields_that_are_wanted(three: httpx.Client) -> None:
    whole = three.get("/v1/distances").json()["items"]
    answer = three.get("/v1/distances", params={"fields": "km,id,from"})
    assert answer.json()["items"] == [{k: row[k] for k in ("id", "from", "km")} for row in whole]
    assert answer.json()["total"] == 4


REFUSED = {
    "an unknown field": ({"fields": "id,colour"}, "?fields", "unknown_field"),
    "no field": ({"fields": ""}, "?fields", "unknown_field"),
    "an unknown order": ({"sort": "colour"}, "?sort", "unknown_sort"),
    "a list of ids": ({"sort": "groups"}, "?sort", "unknown_sort"),
    "a snake": ({"sort": "reference_date"}, "?sort", "unknown_sort"),
    "two signs": ({"sort": "--likely"}, "?sort", "unknown_sort"),
    "what is not on the wire": ({"sort": "change"}, "?sort", "unknown_sort"),
}


@pytest.mark.parametrize(("query", "place", "code"), REFUSED.values(), ids=REFUSED)
def test_what_a_row_does_not_have_is_refused(
    filled: Filled, query: dict[str, str], place: str, code: str
) -> None:
    answer = filled.api.get("/v1/capacities", params=query)

    assert answer.status_code == 400
    assert [(f["pointer"], f["code"]) for f in answer.json()["errors"]] == [(place, code)]


@pytest.mark.parametrize("address", ["/v1/needs", "/v1/needs?fields=id", "/v1/needs/{id}"])
def test_a_client_that_has_it_already_gets_no_body(filled: Filled, address: str) -> None:
    address = address.format(id=filled.rows["needs"]["id"])
    first = filled.api.get(address)

    again = filled.api.get(address, headers={"If-None-Match": first.headers["etag"]})

    assert again.status_code == 304
    assert again.content == b""
    assert again.headers["etag"] == first.headers["etag"]


def test_a_list_that_has_changed_is_sent_whole(api: httpx.Client) -> None:
    fill(api)
    first = api.get("/v1/periods")
    add(api, "periods", id="later")

    again = api.get("/v1/periods", headers={"If-None-Match": first.headers["etag"]})

    assert again.status_code == 200
    assert again.json()["total"] == 2


def test_the_tag_of_a_row_is_new_after_each_change(api: httpx.Client) -> None:
    row = fill(api)["needs"]
    address = f"/v1/needs/{row['id']}"
    seen = api.get(address).headers["etag"]

    changed = api.put(address, json={**row, "likely": 105}, headers={"If-Match": seen})
    stale = api.put(address, json={**row, "likely": 106}, headers={"If-Match": seen})

    assert changed.status_code == 200
    assert changed.headers["etag"] != seen
    assert stale.status_code == 412
    assert api.get(address).json()["likely"] == 105
    fresh = {"If-None-Match": seen}
    assert api.get(address, headers=fresh).status_code == 200


def test_a_change_without_what_was_seen_is_refused(api: httpx.Client) -> None:
    row = fill(api)["needs"]
    address = f"/v1/needs/{row['id']}"
    del api.headers["If-Match"]

    assert api.put(address, json=row).status_code == 428
    assert api.delete(address).status_code == 428
