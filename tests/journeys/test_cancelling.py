"""A planner cancels: the solve ends within a second, nothing of it is kept, the rest goes on."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select, update

from services.api.database import open_database, reading, writing
from services.api.proposals.tables import proposals
from tests.allocator.shell.asking import LONG
from tests.journeys.conftest import Town
from tests.journeys.small_region import QUESTION
from tests.processes import Allocator, is_gone, running_allocator, wait_until

AT_ONCE = 1.0
"""Seconds from the planner's word to the end of the process."""


@pytest.fixture(params=["sqlite_town", "postgres_town"])
def town(request: pytest.FixtureRequest) -> Town:
    """An installation on either database."""
    town: Town = request.getfixturevalue(request.param)
    return town


@pytest.fixture
def allocator(tmp_path: Path) -> Iterator[Allocator]:
    """An allocator with one place."""
    with running_allocator(tmp_path, MAX_PARALLEL="1") as running:
        yield running


def asks_for_something_long(town: Town) -> str:
    """Ask while nobody works, and make the question one that takes minutes."""
    address = town.planner.asks(QUESTION)
    engine = open_database(town.installation.database_url)
    with writing(engine) as session:
        row = proposals.c.id == town.planner.reads(address)["id"]
        session.execute(update(proposals).where(row).values(problem=LONG.decode()))
    engine.dispose()
    return address


def kept_of(town: Town, address: str) -> tuple[str | None, str | None]:
    """What the database keeps of the answer: result and reason."""
    engine = open_database(town.installation.database_url)
    wanted = select(proposals.c.result, proposals.c.reason)
    with reading(engine) as session:
        row = session.execute(
            wanted.where(proposals.c.id == town.planner.reads(address)["id"])
        ).one()
    engine.dispose()
    return row.result, row.reason


def test_a_solve_ends_within_a_second_and_leaves_its_place_to_the_next(
    town: Town, tmp_path: Path, allocator: Allocator
) -> None:
    planner, address = town.planner, asks_for_something_long(town)
    with town.installation.asking(allocator.url, tmp_path).worker():
        wait_until(lambda: len(allocator.children()) == 1, "it is solved")
        (solve,) = allocator.children()

        cancelled = planner.client.post(f"{address}/cancellation")
        wait_until(lambda: is_gone(solve), "the solve is gone", seconds=AT_ONCE)

        again = planner.client.post(f"{address}/cancellation")
        after = planner.waits_for_the_end(planner.asks(QUESTION))
    assert (cancelled.status_code, cancelled.json()["state"]) == (200, "cancelled")
    assert (again.status_code, again.json()["endedAt"]) == (200, cancelled.json()["endedAt"])
    assert kept_of(town, address) == (None, None)
    assert after["state"] == "ready"


def test_a_proposal_that_waits_behind_another_is_cancelled_without_a_solve(
    town: Town, tmp_path: Path, allocator: Allocator
) -> None:
    planner, first = town.planner, asks_for_something_long(town)
    waiting = planner.asks(QUESTION)
    alone = {"EVENWICHT_PARALLEL_JOBS": "1"}
    with town.installation.asking(allocator.url, tmp_path, **alone).worker():
        planner.waits_until(first, "running")

        cancelled = planner.client.post(f"{waiting}/cancellation")
        planner.client.post(f"{first}/cancellation").raise_for_status()
        after = planner.waits_for_the_end(planner.asks(QUESTION))
    assert cancelled.json()["state"] == "cancelled"
    assert planner.reads(waiting)["attempt"] == 0
    assert after["state"] == "ready"
