"""Asking over HTTP what clashes and what would help: a process of its own, as a solve is."""

import json
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.allocator.shell.documents import LARGE, contradiction
from tests.processes import Allocator, running_allocator, wait_until

EVENTS = {"Content-Type": "application/json", "Accept": "text/event-stream"}


@pytest.fixture
def allocator(tmp_path: Path) -> Iterator[Allocator]:
    with running_allocator(tmp_path, MAX_PARALLEL="1") as running:
        yield running


def test_repairs_come_as_json(allocator_url: str, tmp_path: Path) -> None:
    problem = contradiction(tmp_path / "problem.json").read_bytes()

    answer = httpx.post(f"{allocator_url}/v1/repairs", content=problem, timeout=60.0)

    assert answer.headers["Content-Type"] == "application/json"
    assert [rule["id"] for rule in answer.json()["conflict"]] == ["ceiling", "pin"]
    assert [repair["family"] for repair in answer.json()["repairs"]] == ["pins", "ceilings"]


def test_the_search_for_repairs_tells_how_far_it_is(allocator_url: str, tmp_path: Path) -> None:
    problem = contradiction(tmp_path / "problem.json").read_bytes()

    answer = httpx.post(
        f"{allocator_url}/v1/repairs", content=problem, headers=EVENTS, timeout=60.0
    )

    stages = [line for line in answer.text.splitlines() if line.startswith('data: {"stage"')]
    assert json.loads(stages[0].removeprefix("data: "))["stage"] == "conflict"
    assert "event: result" in answer.text


def test_a_caller_who_does_not_wait_for_repairs_ends_the_search(allocator: Allocator) -> None:
    with pytest.raises(httpx.ReadTimeout):
        httpx.post(f"{allocator.url}/v1/repairs", content=LARGE.read_bytes(), timeout=1.0)

    wait_until(lambda: allocator.children() == [], "the search is gone", seconds=2.0)
