"""Whatever is killed, frozen or lying: a proposal ends, once, and nothing wrong is shown."""

import signal
from pathlib import Path

from tests.journeys.conftest import Town
from tests.journeys.processes_of_evenwicht import Allocator, Installation, Row, frozen, killed
from tests.journeys.small_region import QUESTION
from tests.journeys.stand_in import keeps_silent, standing_in
from tests.processes import run_evenwicht, stop, wait_until


def answers_kept(installation: Installation, *workers: str) -> list[Row]:
    return [
        event
        for worker in workers
        for event in installation.events(worker)
        if event["event"] == "proposal.answered" and event["kept"]
    ]


def test_a_worker_killed_in_the_middle_finishes_the_work_when_it_is_back(
    sqlite_town: Town, tmp_path: Path
) -> None:
    planner, allocator = sqlite_town.planner, Allocator(tmp_path)
    installation = sqlite_town.installation.asking(allocator.url, tmp_path)
    with allocator.running() as solver:
        with frozen(solver), installation.worker("first") as worker:
            address = planner.asks(QUESTION)
            planner.waits_until(address, "running")
            killed(worker)
        assert planner.state(address) == "running"
        with installation.worker("second"):
            proposal = planner.waits_for_the_end(address)
    assert (proposal["state"], proposal["attempt"]) == ("ready", 2)
    assert len(answers_kept(installation, "first", "second")) == 1


def test_on_postgresql_another_worker_takes_over_from_a_killed_one(
    postgres_town: Town, tmp_path: Path
) -> None:
    planner, allocator = postgres_town.planner, Allocator(tmp_path)
    installation = postgres_town.installation.asking(allocator.url, tmp_path)
    with (
        allocator.running() as solver,
        frozen(solver),
        installation.worker("first") as worker,
    ):
        address = planner.asks(QUESTION)
        planner.waits_until(address, "running")
        with installation.worker("second"):
            killed(worker)
            wait_until(lambda: planner.reads(address)["attempt"] == 2, "it is taken over")
            solver.send_signal(signal.SIGCONT)
            proposal = planner.waits_for_the_end(address)
    assert (proposal["state"], proposal["attempt"]) == ("ready", 2)
    assert len(answers_kept(installation, "second")) == 1


def test_a_worker_that_is_asked_to_stop_leaves_its_work_to_the_next(
    sqlite_town: Town, tmp_path: Path
) -> None:
    planner, allocator = sqlite_town.planner, Allocator(tmp_path)
    installation = sqlite_town.installation.asking(allocator.url, tmp_path)
    with allocator.running() as solver:
        with frozen(solver), installation.worker("first") as worker:
            address = planner.asks(QUESTION)
            planner.waits_until(address, "running")
            assert stop(worker) == 0
        with installation.worker("second"):
            proposal = planner.waits_for_the_end(address)
    assert (proposal["state"], proposal["attempt"]) == ("ready", 2)


def test_work_survives_the_loss_of_the_queue(
    sqlite_town: Town, tmp_path: Path, allocator_url: str
) -> None:
    planner = sqlite_town.planner
    queue = Path(sqlite_town.installation.jobs_database_url.removeprefix("sqlite:///"))
    with (
        standing_in(keeps_silent) as stand_in,
        sqlite_town.installation.asking(stand_in.url, tmp_path).worker("first") as worker,
    ):
        address = planner.asks(QUESTION)
        planner.waits_until(address, "running")
        killed(worker)
    queue.unlink()
    sqlite_town.installation.migrate()
    with sqlite_town.installation.asking(allocator_url, tmp_path).worker("second"):
        assert planner.waits_for_the_end(address)["state"] == "ready"


def test_an_allocator_killed_in_the_middle_is_asked_again(
    sqlite_town: Town, tmp_path: Path
) -> None:
    planner, allocator = sqlite_town.planner, Allocator(tmp_path)
    installation = sqlite_town.installation.asking(allocator.url, tmp_path)
    with installation.worker():
        with allocator.running() as solver, frozen(solver):
            address = planner.asks(QUESTION)
            planner.waits_until(address, "running")
            killed(solver)
        with allocator.running():
            proposal = planner.waits_for_the_end(address)
    # Whether it was killed before or after it took the question, and so cost an attempt, is luck.
    assert proposal["state"] == "ready"
    assert len(answers_kept(installation, "worker")) == 1


def test_a_cancelled_proposal_ends_at_once_and_the_allocator_is_left(
    sqlite_town: Town, tmp_path: Path
) -> None:
    planner = sqlite_town.planner
    with (
        standing_in(keeps_silent) as stand_in,
        sqlite_town.installation.asking(stand_in.url, tmp_path).worker(),
    ):
        address = planner.asks(QUESTION)
        wait_until(lambda: bool(stand_in.asked), "the allocator is asked")
        cancelled = planner.client.post(f"{address}/cancellation")
        assert stand_in.left.wait(10)
    again = planner.client.post(f"{address}/cancellation")
    result = planner.client.get(f"{address}/result")
    assert (cancelled.status_code, cancelled.json()["state"]) == (200, "cancelled")
    assert again.json()["endedAt"] == cancelled.json()["endedAt"]
    assert (result.status_code, result.json()["state"]) == (409, "cancelled")


def test_a_proposal_cancelled_in_the_queue_is_never_computed(
    sqlite_town: Town, tmp_path: Path
) -> None:
    planner = sqlite_town.planner
    with standing_in(keeps_silent) as stand_in:
        first, second = planner.asks(QUESTION), planner.asks(QUESTION)
        planner.client.post(f"{first}/cancellation").raise_for_status()
        assert planner.client.get(f"{second}/result").json()["state"] == "queued"
        with sqlite_town.installation.asking(stand_in.url, tmp_path).worker():
            wait_until(lambda: bool(stand_in.asked), "the allocator is asked")
            planner.client.post(f"{second}/cancellation").raise_for_status()
            assert stand_in.left.wait(10)
    assert planner.reads(first)["attempt"] == 0
    assert len(stand_in.asked) == 1


def test_a_second_worker_on_one_sqlite_queue_is_refused(sqlite_town: Town, tmp_path: Path) -> None:
    installation = sqlite_town.installation.asking("http://127.0.0.1:9", tmp_path)
    with installation.worker():
        refused = run_evenwicht("worker", env=installation.env)
    assert refused.returncode == 1
    assert "a SQLite queue has one worker" in refused.stderr


def test_two_workers_on_postgresql_share_the_work(
    postgres_town: Town, tmp_path: Path, allocator_url: str
) -> None:
    planner = postgres_town.planner
    installation = postgres_town.installation.asking(allocator_url, tmp_path)
    with installation.worker("first"), installation.worker("second"):
        addresses = [planner.asks(QUESTION) for _ in range(6)]
        ends = [planner.waits_for_the_end(address) for address in addresses]
    assert [(end["state"], end["attempt"]) for end in ends] == [("ready", 1)] * 6
    assert len(answers_kept(installation, "first", "second")) == 6


def test_who_asks_while_nobody_works_is_served_later(
    sqlite_town: Town, tmp_path: Path, allocator_url: str
) -> None:
    asked = sqlite_town.planner.asks(QUESTION)
    with sqlite_town.installation.asking(allocator_url, tmp_path).worker():
        assert sqlite_town.planner.waits_for_the_end(asked)["state"] == "ready"
