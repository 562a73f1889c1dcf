"""No update is lost: who changes a row has seen the version that is there."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import httpx

from tests.api.conftest import RunningApi
from tests.api.races.sizes import PUTS
from tests.api.rows import add, fill

ROWS, CLIENTS = 10, 20


def test_no_update_is_lost_in_very_many_at_once(running_api: RunningApi, api: httpx.Client) -> None:
    fill(api)
    addresses = [_counter(api, number) for number in range(ROWS)]
    took_place = _turns(PUTS)

    def add_ones(place: int) -> list[str]:
        with httpx.Client(base_url=running_api.url, headers=api.headers, timeout=120.0) as client:
            own = addresses[place % ROWS :] + addresses[: place % ROWS]
            done: list[str] = []
            while (turn := took_place()) is not None:
                done.append(_add_one(client, own[turn % ROWS]))
            return done

    with ThreadPoolExecutor(CLIENTS) as clients:
        outcomes = [one for done in clients.map(add_ones, range(CLIENTS)) for one in done]

    added = [one for one in outcomes if one != "412"]
    counted = {address: api.get(address) for address in addresses}
    assert len(outcomes) == PUTS
    assert 0 < len(added) <= PUTS
    for address, answer in counted.items():
        # One for each success, and one version for each: the first was 0.
        successes = added.count(address)
        assert answer.json()["households"] == successes
        assert answer.headers["etag"] == f'"{successes + 1}"'


def _counter(api: httpx.Client, number: int) -> str:
    row = add(api, "ceilings", households=0, low=None, high=None, district=f"District {number}")
    return f"/v1/ceilings/{row['id']}"


def _turns(most: int) -> Callable[[], int | None]:
    """Hand out 0, 1, 2 … to whoever asks, and None when all have been handed out."""
    lock, numbers = threading.Lock(), iter(range(most))

    def next_turn() -> int | None:
        with lock:
            return next(numbers, None)

    return next_turn


def _add_one(client: httpx.Client, address: str) -> str:
    """Read a counter and write one more; gives its address, or the status of a refusal."""
    seen = client.get(address)
    assert seen.status_code == 200, seen.text
    row = seen.json()
    more = {**row, "households": row["households"] + 1}
    answer = client.put(address, json=more, headers={"If-Match": seen.headers["etag"]})
    assert answer.status_code in {200, 412}, answer.text
    return address if answer.status_code == 200 else "412"
