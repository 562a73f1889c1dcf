"""One process has loaded the solver and waits, so that a problem need not wait for that."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.allocator.shell.asking import following
from tests.allocator.shell.documents import MINI
from tests.processes import Allocator, is_gone, running_allocator, wait_until


@pytest.fixture
def allocator(tmp_path: Path) -> Iterator[Allocator]:
    with running_allocator(tmp_path, MAX_PARALLEL="1") as running:
        yield running


def waiting_in(allocator: Allocator) -> int:
    """The process id of the one process that waits, once it waits."""
    wait_until(lambda: len(allocator.spares()) == 1, "a process waits for a problem")
    return allocator.spares()[0]


def solved(allocator: Allocator, problem: bytes) -> httpx.Response:
    return httpx.post(f"{allocator.url}/v1/allocations", content=problem, timeout=60.0)


def test_the_process_that_waited_solves_and_another_takes_its_place(allocator: Allocator) -> None:
    waited = waiting_in(allocator)
    with following(allocator):
        wait_until(lambda: allocator.children() == [waited], "it solves")
        # There is one place, and it is taken: who waits needs none.
        assert waiting_in(allocator) != waited

    wait_until(lambda: is_gone(waited), "the solve is gone")


def test_a_refused_problem_uses_nobody_up(allocator: Allocator) -> None:
    waited = waiting_in(allocator)

    refused = [solved(allocator, body).status_code for body in (b"{", b"{}", b"[]")]

    assert refused == [400, 400, 400]
    assert waiting_in(allocator) == waited
    assert solved(allocator, MINI.read_bytes()).status_code == 200


def test_a_process_that_died_while_it_waited_is_replaced(allocator: Allocator) -> None:
    waited = waiting_in(allocator)
    os.kill(waited, signal.SIGKILL)
    wait_until(lambda: is_gone(waited), "it is gone")

    answer = solved(allocator, MINI.read_bytes())

    assert answer.status_code == 200
    assert waiting_in(allocator) != waited


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGKILL])
def test_the_process_that_waits_ends_with_the_allocator(
    allocator: Allocator, ending: signal.Signals
) -> None:
    waited = waiting_in(allocator)

    os.kill(allocator.process_id, ending)

    wait_until(lambda: is_gone(waited), "it is gone")


def test_a_solve_gives_the_same_plan_in_a_process_that_has_refused_before(
    allocator: Allocator,
) -> None:
    first = solved(allocator, MINI.read_bytes()).json()
    solved(allocator, b"{}")
    second = solved(allocator, MINI.read_bytes()).json()

    assert first["provenance"]["planHash"] == second["provenance"]["planHash"]
