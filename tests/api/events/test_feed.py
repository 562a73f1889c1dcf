"""Another system follows what changes, and hears only of what it may read."""

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest

from services.api.access.actor import Kind, Role
from tests.api.conftest import RunningApi
from tests.api.rows import AMSTERDAM, HAARLEMMERMEER, add, body
from tests.keys import bearer, key_for

Row = dict[str, Any]


def newest(api: httpx.Client) -> int:
    """Follow the feed to its end, and give the cursor there."""
    cursor, last = 0, -1
    while cursor != last:
        last, cursor = cursor, read(api, cursor, 1_000)["next"]
    return cursor


def read(api: httpx.Client, after: int, limit: int = 100, **query: str) -> Row:
    """Read one page of the feed."""
    answer = api.get("/v1/events", params={"after": after, "limit": limit, **query})
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def told(page: Row) -> list[tuple[str, str]]:
    """Give noun and id of every event of a page."""
    return [(event["data"]["noun"], event["data"]["id"]) for event in page["items"]]


def follow(api: httpx.Client, after: int, limit: int) -> list[Row]:
    """Read pages until nothing new comes."""
    found: list[Row] = []
    page = read(api, after, limit)
    while page["items"]:
        found += page["items"]
        page = read(api, page["next"], limit)
    return found


@pytest.fixture
def two_municipalities(api: httpx.Client) -> httpx.Client:
    """An API with two municipalities, a group and a period."""
    add(api, "municipalities", code=AMSTERDAM, name="Amsterdam")
    add(api, "municipalities", code=HAARLEMMERMEER, name="Haarlemmermeer")
    add(api, "housing-forms")
    add(api, "target-groups")
    add(api, "periods")
    return api


def client_of(running_api: RunningApi, *roles: Role, code: str) -> httpx.Client:
    """Make the client of a member of a municipality."""
    key = key_for(running_api.engine, Kind.MUNICIPALITY, roles, [code])
    return httpx.Client(base_url=running_api.url, headers=bearer(key), timeout=30.0)


def test_what_changes_after_the_cursor_is_told_in_order(two_municipalities: httpx.Client) -> None:
    api = two_municipalities
    start = newest(api)
    need = add(api, "needs")
    api.put(f"/v1/needs/{need['id']}", json={**need, "note": "Counted by hand"})
    api.delete(f"/v1/needs/{need['id']}")

    page = read(api, start)

    assert [event["type"] for event in page["items"]] == [
        "nl.overheid.needs.need-created.v1",
        "nl.overheid.needs.need-replaced.v1",
        "nl.overheid.needs.need-deleted.v1",
    ]
    assert {event["subject"] for event in page["items"]} == {need["id"]}
    assert [int(event["id"]) for event in page["items"]] == [start + 1, start + 2, start + 3]
    assert page["next"] == start + 3


def test_an_event_holds_no_figure(two_municipalities: httpx.Client) -> None:
    start = newest(two_municipalities)
    add(two_municipalities, "needs")

    (event,) = read(two_municipalities, start)["items"]

    assert event["data"].keys() == {"noun", "id", "version", "href"}
    assert event["data"]["href"].endswith(f"/v1/needs/{event['subject']}")


def test_page_by_page_is_the_same_as_all_at_once(two_municipalities: httpx.Client) -> None:
    api = two_municipalities
    start = newest(api)
    add(api, "needs")
    add(api, "needs", municipality=HAARLEMMERMEER)
    add(api, "capacities")

    assert follow(api, start, 1) == follow(api, start, 100)
    assert len(follow(api, start, 1)) == 3


def test_only_the_collections_that_are_asked_for_are_told(
    two_municipalities: httpx.Client,
) -> None:
    api = two_municipalities
    start = newest(api)
    add(api, "needs")
    capacity = add(api, "capacities")

    page = read(api, start, nouns="capacities,periods")

    assert told(page) == [("capacities", capacity["id"])]
    assert page["next"] == start + 2


def test_where_nothing_is_for_you_the_cursor_moves_all_the_same(
    two_municipalities: httpx.Client,
) -> None:
    api = two_municipalities
    start = newest(api)
    add(api, "needs")

    assert read(api, start, nouns="periods") == {"items": [], "next": start + 1}
    assert read(api, start + 1) == {"items": [], "next": start + 1}


def test_the_link_leads_to_what_comes_next(two_municipalities: httpx.Client) -> None:
    start = newest(two_municipalities)
    add(two_municipalities, "needs")

    answer = two_municipalities.get(
        "/v1/events", params={"after": start, "limit": 1, "nouns": "needs"}
    )

    assert answer.links["next"]["url"] == f"/v1/events?after={start + 1}&limit=1&nouns=needs"


def test_an_event_of_another_municipality_never_reaches_you(
    running_api: RunningApi, two_municipalities: httpx.Client
) -> None:
    api = two_municipalities
    with client_of(running_api, Role.EDITOR, code=AMSTERDAM) as amsterdam:
        start = newest(api)
        foreign = add(api, "needs", municipality=HAARLEMMERMEER)
        api.put(f"/v1/needs/{foreign['id']}", json={**foreign, "note": "Counted by hand"})
        api.delete(f"/v1/needs/{foreign['id']}")
        own = add(api, "needs", municipality=AMSTERDAM)
        common = add(api, "indicators")

        page = read(amsterdam, start)

    assert len(read(api, start)["items"]) == 5
    assert told(page) == [("needs", own["id"]), ("indicators", common["id"])]


def test_who_may_not_read_members_does_not_hear_of_them(
    running_api: RunningApi, two_municipalities: httpx.Client
) -> None:
    start = newest(two_municipalities)
    with client_of(running_api, Role.READER, code=AMSTERDAM) as amsterdam:
        # Making its key was a change too, of the organisation that it belongs to.
        assert "api-keys" not in {noun for noun, _ in told(read(amsterdam, start))}
    assert "api-keys" in {noun for noun, _ in told(read(two_municipalities, start))}


@pytest.mark.parametrize(
    "query",
    [
        {"after": "-1"},
        {"after": "x"},
        {"after": "1000000000000000"},
        {"limit": "0"},
        {"limit": "1001"},
        {"nouns": "nothing"},
        {"nouns": "needs,"},
        {"nouns": "NEEDS"},
        {"until": "7"},
    ],
)
def test_a_question_that_makes_no_sense_is_refused(api: httpx.Client, query: Row) -> None:
    assert api.get("/v1/events", params=query).status_code == 400


def test_a_cursor_beyond_the_end_stays_where_it_is(api: httpx.Client) -> None:
    assert read(api, 999_999_999_999_999) == {"items": [], "next": 999_999_999_999_999}


def test_nobody_hears_anything_without_a_key(running_api: RunningApi) -> None:
    assert httpx.get(f"{running_api.url}/v1/events").status_code == 401


def test_under_twenty_writers_no_event_is_left_out_and_none_comes_twice(
    two_municipalities: httpx.Client,
) -> None:
    api = two_municipalities
    start = newest(api)
    done = threading.Event()
    found: list[Row] = []

    def reader() -> None:
        cursor, last_look = start, False
        while not last_look:
            last_look = done.is_set()
            page = read(api, cursor)
            found.extend(page["items"])
            cursor = page["next"]

    def write(number: int) -> str:
        code = f"GM{2000 + number}"
        answer = api.post("/v1/municipalities", json=body("municipalities", code=code, name=code))
        assert answer.status_code == 201, answer.text
        return code

    with ThreadPoolExecutor(21) as pool:
        reading = pool.submit(reader)
        codes = list(pool.map(write, range(100)))
        done.set()
        reading.result()

    assert sorted(event["subject"] for event in found) == sorted(codes)
    assert [int(event["id"]) for event in found] == list(range(start + 1, start + 101))
