"""Requests at the same moment: exactly one wins, and nothing is stored twice or by halves."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import httpx

from tests.api.rows import add, body, fill

AT_ONCE = 8


def at_once(api: httpx.Client, *requests: httpx.Request) -> list[int]:
    """Send all requests at the same moment and give their statuses, sorted."""
    ready = Barrier(len(requests))

    def send(request: httpx.Request) -> int:
        ready.wait()
        return api.send(request).status_code

    with ThreadPoolExecutor(len(requests)) as threads:
        return sorted(threads.map(send, requests))


def test_of_many_who_add_the_same_id_one_wins(api: httpx.Client) -> None:
    requests = [
        api.build_request("POST", "/v1/municipalities", json=body("municipalities", name=f"N{n}"))
        for n in range(AT_ONCE)
    ]

    assert at_once(api, *requests) == [201, *[409] * (AT_ONCE - 1)]
    assert api.get("/v1/municipalities").json()["total"] == 1


def test_more_writers_than_the_api_has_threads_are_all_served(api: httpx.Client) -> None:
    codes = [f"GM{number:04}" for number in range(100, 180)]
    requests = [
        api.build_request("POST", "/v1/municipalities", json=body("municipalities", code=code))
        for code in codes
    ]

    assert at_once(api, *requests) == [201] * len(codes)
    readers = [api.build_request("GET", "/v1/municipalities?limit=200") for _ in codes]
    assert at_once(api, *readers) == [200] * len(codes)


def test_of_many_who_add_the_same_need_one_wins(api: httpx.Client) -> None:
    fill(api)
    requests = [
        api.build_request("POST", "/v1/needs", json=body("needs", municipality="GM0394", likely=n))
        for n in range(95, 95 + AT_ONCE)
    ]

    assert at_once(api, *requests) == [201, *[409] * (AT_ONCE - 1)]
    assert api.get("/v1/needs", params={"municipality": "GM0394"}).json()["total"] == 1


def test_a_distance_added_both_ways_at_once_is_stored_once(api: httpx.Client) -> None:
    add(api, "municipalities")
    add(api, "municipalities", code="GM0394")
    there = body("distances")
    back = body("distances", **{"from": "GM0394", "to": "GM0363"})

    statuses = at_once(
        api,
        api.build_request("POST", "/v1/distances", json=there),
        api.build_request("POST", "/v1/distances", json=back),
    )

    assert statuses == [201, 409]


def test_rows_with_ids_of_their_own_do_not_stand_in_each_others_way(api: httpx.Client) -> None:
    requests = [
        api.build_request("POST", "/v1/indicators", json=body("indicators", id=f"indicator-{n}"))
        for n in range(AT_ONCE)
    ]

    assert at_once(api, *requests) == [201] * AT_ONCE


def test_deleting_and_referring_at_once_leaves_no_reference_to_nothing(api: httpx.Client) -> None:
    add(api, "municipalities")

    at_once(
        api,
        api.build_request("DELETE", "/v1/municipalities/GM0363"),
        api.build_request("POST", "/v1/regions", json=body("regions", municipalities=["GM0363"])),
    )

    municipalities = api.get("/v1/municipalities").json()["total"]
    regions = api.get("/v1/regions").json()["total"]
    assert (municipalities, regions) in {(0, 0), (1, 1)}
