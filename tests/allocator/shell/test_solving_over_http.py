"""Solving over HTTP: every solve is a process that never outlives its purpose."""

import json
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from services.allocator.certificate.check import check
from shared.contract.reading import read_problem, read_result
from tests.allocator.shell.asking import EVENTS, LONG, following
from tests.allocator.shell.documents import MINI, beside_each_other
from tests.processes import Allocator, is_gone, running_allocator, wait_until


@pytest.fixture
def allocator(tmp_path: Path) -> Iterator[Allocator]:
    with running_allocator(tmp_path, MAX_PARALLEL="1") as running:
        yield running


def child_of(allocator: Allocator) -> int:
    """The process id of the one solve that runs, once it runs."""
    wait_until(lambda: len(allocator.children()) == 1, "a solve runs")
    return allocator.children()[0]


def test_a_result_comes_as_json(allocator_url: str) -> None:
    answer = httpx.post(f"{allocator_url}/v1/allocations", content=MINI.read_bytes(), timeout=60.0)

    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.json()["status"] == "optimal"


def test_a_plan_comes_with_its_certificate_when_that_is_asked_for(allocator_url: str) -> None:
    url = f"{allocator_url}/v1/allocations"
    with_it, without = (
        httpx.post(f"{url}?certificate={asked}", content=MINI.read_bytes(), timeout=60.0)
        for asked in ("true", "false")
    )

    result = read_result(with_it.content)
    assert check(read_problem(MINI.read_bytes()), result).violations == ()
    assert result.certificate is not None
    assert without.json()["certificate"] is None


def test_progress_comes_before_the_result(allocator_url: str) -> None:
    answer = httpx.post(
        f"{allocator_url}/v1/allocations?timeLimit=60&threads=1",
        content=MINI.read_bytes(),
        headers=EVENTS,
        timeout=60.0,
    )

    events = [event.split("\ndata: ") for event in answer.text.strip().split("\n\n")]
    assert answer.headers["Content-Type"].startswith("text/event-stream")
    assert events[0][0] == "event: progress"
    assert {"stage", "elapsedSeconds"} <= json.loads(events[0][1]).keys()
    assert events[-1][0] == "event: result"
    assert json.loads(events[-1][1])["status"] == "optimal"


def test_a_caller_who_leaves_the_stream_ends_the_solve(allocator: Allocator) -> None:
    with following(allocator):
        solve = child_of(allocator)

    wait_until(lambda: is_gone(solve), "the solve is gone", seconds=1.0)


def test_a_caller_who_does_not_wait_for_the_answer_ends_the_solve(allocator: Allocator) -> None:
    with pytest.raises(httpx.ReadTimeout):
        httpx.post(f"{allocator.url}/v1/allocations", content=LONG, timeout=1.0)

    wait_until(lambda: allocator.children() == [], "the solve is gone", seconds=1.0)


def test_an_abandoned_solve_makes_room_for_the_next(allocator: Allocator) -> None:
    with following(allocator):
        solve = child_of(allocator)
    wait_until(lambda: is_gone(solve), "the solve is gone", seconds=1.0)

    answer = httpx.post(f"{allocator.url}/v1/allocations", content=MINI.read_bytes(), timeout=60.0)

    assert answer.status_code == 200


def test_a_solve_too_many_is_told_when_to_come_back(allocator: Allocator) -> None:
    with following(allocator):
        child_of(allocator)
        answer = httpx.post(f"{allocator.url}/v1/allocations", content=MINI.read_bytes())

    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "5"
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_health_answers_while_a_problem_is_solved(allocator: Allocator) -> None:
    with following(allocator):
        solve = child_of(allocator)
        answer = httpx.get(f"{allocator.url}/v1/health", timeout=1.0)
        assert not is_gone(solve)

    assert answer.status_code == 200


def test_a_solve_that_is_killed_is_told_as_a_problem(allocator: Allocator) -> None:
    with following(allocator) as answer:
        os.kill(child_of(allocator), signal.SIGKILL)
        text = answer.read().decode()

    assert "event: problem" in text
    assert '"reason": "crash"' in text


def test_a_solve_dies_with_the_allocator(allocator: Allocator) -> None:
    with following(allocator) as answer:
        solve = child_of(allocator)
        assert next(answer.iter_lines()).startswith("event: progress")
        os.kill(allocator.process_id, signal.SIGKILL)

    wait_until(lambda: is_gone(solve), "the solve is gone", seconds=5.0)


def test_a_solve_that_outlives_its_time_limit_is_killed(tmp_path: Path) -> None:
    with running_allocator(tmp_path, GRACE_SECONDS="0") as allocator:
        answer = httpx.post(f"{allocator.url}/v1/allocations?timeLimit=0.01", content=LONG)

        assert allocator.children() == []
    assert answer.status_code == 504
    assert answer.json()["title"] == "Time limit exceeded"
    assert answer.json()["reason"] == "timeLimit"


def test_a_solve_that_needs_too_much_memory_says_so_and_others_go_on(tmp_path: Path) -> None:
    # Enough to load the solver and for a small problem, and not for sixteen regions.
    with running_allocator(tmp_path, MEMORY_LIMIT_MB="250") as allocator:
        url = f"{allocator.url}/v1/allocations"
        answer = httpx.post(url, content=beside_each_other(16), timeout=60.0)
        next_answer = httpx.post(url, content=MINI.read_bytes(), timeout=60.0)

    assert answer.status_code == 500
    assert answer.json()["title"] == "Out of memory"
    assert answer.json()["reason"] == "memory"
    assert next_answer.status_code == 200


def test_a_ceiling_too_low_for_the_solver_itself_is_told_and_not_tried_for_ever(
    tmp_path: Path,
) -> None:
    with running_allocator(tmp_path, MEMORY_LIMIT_MB="60") as allocator:
        answer = httpx.post(
            f"{allocator.url}/v1/allocations", content=MINI.read_bytes(), timeout=60.0
        )
        wait_until(lambda: allocator.spares() == [], "nobody waits")

    assert answer.json()["reason"] == "memory"
