"""Whatever the API is busy with, it says at once that it is well."""

import json
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from statistics import quantiles

import httpx
import pytest

from tests.api.conftest import RunningApi
from tests.keys import administrator_key, bearer

AT_ONCE = 0.2
"""Seconds in which 95 of 100 questions must be answered."""
FEWEST = 40
MOST_BYTES = 10_000_000
ROWS = [{"id": f"i{number}", "x": [0] * 100} for number in range(9_000)]


def slowest_of_most(url: str, enough: Callable[[int], bool]) -> float:
    """Ask whether it is well until that is enough; the time in which 95 of 100 answers came."""
    seconds: list[float] = []
    with httpx.Client(base_url=url) as client:
        while not enough(len(seconds)):
            begin = time.perf_counter()
            assert client.get("/v1/health", timeout=10.0).status_code == 200
            seconds.append(time.perf_counter() - begin)
    return quantiles(seconds, n=20)[-1]


@pytest.mark.parametrize(
    "body",
    [
        json.dumps(ROWS).encode().ljust(MOST_BYTES),
        b"[" + b"{}," * 100_000 + b"{}]",
        b"[" + b"NaN," * 100_000 + b"0]",
    ],
    ids=["ten megabytes", "a row too many, many times", "a fault in every value"],
)
def test_a_large_body_is_read_and_refused(running_api: RunningApi, body: bytes) -> None:
    key = administrator_key(running_api.engine)

    def asked() -> int:
        answer = httpx.post(
            f"{running_api.url}/v1/indicators/_import",
            content=body,
            headers={**bearer(key), "Content-Type": "application/json"},
            timeout=120.0,
        )
        return answer.status_code

    with ThreadPoolExecutor(1) as caller:
        answer: Future[int] = caller.submit(asked)
        seconds = slowest_of_most(running_api.url, lambda asked: asked >= FEWEST and answer.done())

    assert answer.result() == 400
    assert seconds < AT_ONCE
