"""The database goes away in the middle of the work."""

from pathlib import Path

import psycopg

from tests.journeys.conftest import Town
from tests.journeys.processes_of_evenwicht import Allocator, frozen
from tests.journeys.small_region import QUESTION
from tests.processes import wait_until


def test_a_lost_connection_to_postgresql_ends_no_proposal(
    postgres_town: Town, postgres_server: str, tmp_path: Path
) -> None:
    planner, allocator = postgres_town.planner, Allocator(tmp_path)
    installation = postgres_town.installation.asking(allocator.url, tmp_path)
    with allocator.running() as solver:
        with frozen(solver), installation.worker("first") as worker:
            address = planner.asks(QUESTION)
            planner.waits_until(address, "running")
            with psycopg.connect(postgres_server, autocommit=True) as server:
                server.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'town'"
                )
            # Its slot went with its connection, so another could be this worker: it ends.
            wait_until(lambda: worker.poll() is not None, "the worker without a slot ends")
        with installation.worker("second"):
            proposal = planner.waits_for_the_end(address)
    assert worker.returncode != 0
    assert (proposal["state"], proposal["attempt"]) == ("ready", 2)
