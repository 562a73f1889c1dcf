"""A real API process on each database, emptied before every test."""

import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from sqlalchemy import Engine, delete

from services.api.database import open_database, writing
from services.api.migrate import migrate
from services.api.settings import Settings
from tests.api.rows import REGISTRIES, Filled, fill
from tests.processes import answers, free_tcp_port, running

DATABASES = ("sqlite", "postgresql")


class RunningApi:
    """Where a running API listens, and the database under it."""

    def __init__(self, url: str, database_url: str) -> None:
        self.url, self.database_url = url, database_url
        self.engine: Engine = open_database(database_url)


@pytest.fixture(scope="session", params=DATABASES)
def database_url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a database of this session: once SQLite, once PostgreSQL."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path_factory.mktemp('api')}/api.sqlite"
    return str(request.getfixturevalue("api_postgres_url"))


@pytest.fixture(scope="session")
def api_postgres_url(postgres_url: str) -> str:
    """A PostgreSQL database for the API's own tests, beside those of others."""
    server = open_database(postgres_url)
    with server.connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT").exec_driver_sql(
            "CREATE DATABASE api_tests"
        )
    server.dispose()
    return postgres_url.replace("/postgres?", "/api_tests?", 1)


@pytest.fixture(scope="session")
def running_api(
    database_url: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[RunningApi]:
    """A real API process of this session on one of the databases."""
    migrate(Settings(database_url=database_url))
    port = free_tcp_port()
    url = f"http://127.0.0.1:{port}"
    env = {
        "DATABASE_URL": database_url,
        "EVENWICHT_PORT": str(port),
        "EVENWICHT_BODY_TIMEOUT_SECONDS": "1",
    }
    command = (sys.executable, "-m", "services.api.main")
    log = Path(tmp_path_factory.mktemp("log")) / "api.log"
    with running(command, log, lambda: answers(f"{url}/v1/health"), env):
        api = RunningApi(url, database_url)
        yield api
        api.engine.dispose()


@pytest.fixture
def api(running_api: RunningApi) -> Iterator[httpx.Client]:
    """A client of an API whose registry is empty."""
    yield from _client_of_empty(running_api)


@pytest.fixture(scope="module")
def filled(running_api: RunningApi) -> Iterator[Filled]:
    """A client of an API with one row of every noun, for tests that leave them as they are."""
    for client in _client_of_empty(running_api):
        yield Filled(client, fill(client))


def _client_of_empty(running_api: RunningApi) -> Iterator[httpx.Client]:
    with writing(running_api.engine) as session:
        for noun in reversed(REGISTRIES):
            session.execute(delete(noun.noun.table))
    with httpx.Client(base_url=running_api.url, timeout=30.0) as client:
        yield client
