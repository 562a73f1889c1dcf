"""Whatever the allocator is busy with, it says at once that it is well."""

import json
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from statistics import quantiles

import httpx
import pytest

from tests.allocator.shell.asking import following
from tests.allocator.shell.documents import beside_each_other
from tests.processes import Allocator, running_allocator, wait_until

AT_ONCE = 0.2
"""Seconds in which 95 of 100 questions must be answered."""
FEWEST = 40


@pytest.fixture
def allocator(tmp_path: Path) -> Iterator[Allocator]:
    with running_allocator(tmp_path, MAX_PARALLEL="2") as running:
        yield running


def slowest_of_most(allocator: Allocator, enough: Callable[[int], bool]) -> float:
    """Ask whether it is well until that is enough; the time in which 95 of 100 answers came."""
    seconds: list[float] = []
    with httpx.Client(base_url=allocator.url) as client:
        while not enough(len(seconds)):
            begin = time.perf_counter()
            assert client.get("/v1/health", timeout=10.0).status_code == 200
            seconds.append(time.perf_counter() - begin)
    return quantiles(seconds, n=20)[-1]


def test_both_cores_are_busy_with_solving(allocator: Allocator) -> None:
    with following(allocator), following(allocator):
        wait_until(lambda: len(allocator.children()) == 2, "two problems are solved")
        seconds = slowest_of_most(allocator, lambda asked: asked >= FEWEST)

    assert seconds < AT_ONCE


def faulty(problem: bytes) -> bytes:
    """The same problem with a fault in each of its needs."""
    tree = json.loads(problem)
    return json.dumps({**tree, "needs": [{**row, "x": 1} for row in tree["needs"]]}).encode()


@pytest.mark.parametrize("change", [bytes, faulty], ids=["valid", "with a fault in every need"])
def test_ten_megabytes_are_read(allocator: Allocator, change: Callable[[bytes], bytes]) -> None:
    problem = change(beside_each_other(26))
    assert len(problem) > 10_000_000

    def asked() -> int:
        answer = httpx.post(
            f"{allocator.url}/v1/allocations?timeLimit=1", content=problem, timeout=120.0
        )
        return answer.status_code

    with ThreadPoolExecutor(1) as caller:
        answer: Future[int] = caller.submit(asked)
        seconds = slowest_of_most(allocator, lambda asked: asked >= FEWEST and answer.done())

    assert seconds < AT_ONCE
