"""Installations for journeys: on SQLite and on PostgreSQL."""

from collections.abc import Iterator
from dataclasses import dataclass

import psycopg
import pytest

from tests.journeys.processes_of_evenwicht import Installation, Planner


@dataclass
class Town:
    """An installation whose API runs, and a planner who uses it; workers come and go."""

    installation: Installation
    planner: Planner


@pytest.fixture(scope="session")
def sqlite_town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """A town on SQLite, with the small region."""
    folder = tmp_path_factory.mktemp("sqlite")
    database, jobs = (f"sqlite:///{folder / name}.sqlite" for name in ("evenwicht", "jobs"))
    yield from _town(Installation(folder, database, jobs, "http://127.0.0.1:9"))


@pytest.fixture(scope="session")
def postgres_town(tmp_path_factory: pytest.TempPathFactory, postgres_server: str) -> Iterator[Town]:
    """A town on PostgreSQL, with the small region."""
    with psycopg.connect(postgres_server, autocommit=True) as connection:
        connection.execute("CREATE DATABASE town")
    address = postgres_server.replace("/postgres?", "/town?", 1)
    url = address.replace("postgresql://", "postgresql+psycopg://", 1)
    folder = tmp_path_factory.mktemp("postgresql")
    yield from _town(Installation(folder, url, url, "http://127.0.0.1:9"))


@pytest.fixture(scope="module", params=["sqlite_town", "postgres_town"])
def planner(request: pytest.FixtureRequest, allocator_url: str) -> Iterator[Planner]:
    """A planner at a whole installation, on either database."""
    town: Town = request.getfixturevalue(request.param)
    installation = town.installation.asking(allocator_url, town.installation.folder)
    with installation.worker():
        yield town.planner


@pytest.fixture(scope="module")
def sqlite_planner(
    sqlite_town: Town, allocator_url: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Planner]:
    """A planner at one whole installation, for questions about answers and not databases."""
    installation = sqlite_town.installation.asking(allocator_url, tmp_path_factory.mktemp("asked"))
    with installation.worker(), installation.api() as planner:
        yield planner


def _town(installation: Installation) -> Iterator[Town]:
    installation.migrate()
    with installation.api() as planner:
        planner.loads_the_small_region()
        yield Town(installation, planner)
