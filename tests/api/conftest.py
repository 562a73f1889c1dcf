"""A real API process on each database, emptied before every test."""

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path

import httpx
import pytest
from sqlalchemy import Engine, delete, select, true

from services.api.access.tables import api_keys, member_roles, members, organisations
from services.api.api_keys.issuing import FIRST_ORGANISATION
from services.api.database import open_database, writing
from services.api.migrate import migrate
from services.api.settings import Settings
from services.api.tables import metadata
from tests.api.rows import Filled, fill
from tests.keys import administrator_key, bearer
from tests.processes import answers, free_tcp_port, running

DATABASES = ("sqlite", "postgresql")
# Changes are only ever added.
KEPT = {"changes", "write_turns"}
# The first administrator stays: it is remembered by its key.
FIRST = select(members.c.id).where(members.c.organisation == FIRST_ORGANISATION)
EMPTIED = {
    "organisations": organisations.c.id != FIRST_ORGANISATION,
    "members": members.c.organisation != FIRST_ORGANISATION,
    "member_roles": member_roles.c.owner.not_in(FIRST),
    "api_keys": api_keys.c.member.not_in(FIRST),
}


class RunningApi:
    """Where a running API listens, and the database under it."""

    def __init__(self, url: str, database_url: str) -> None:
        self.url, self.database_url = url, database_url
        self.engine: Engine = open_database(database_url)


# Starts the API on a database, by name, when it is first asked for.
Start = Callable[[str], RunningApi]


@pytest.fixture(scope="session")
def start_api(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Start]:
    """Real API processes of this session, one per database: a start takes seconds."""
    with ExitStack() as started:

        @cache
        def start(database: str) -> RunningApi:
            folder = tmp_path_factory.mktemp(database)
            url = f"sqlite:///{folder}/api.sqlite"
            if database != "sqlite":
                url = str(request.getfixturevalue("api_postgres_url"))
            migrate(Settings(database_url=url))
            return started.enter_context(serving(url, folder / "api.log"))

        yield start


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


@pytest.fixture(scope="session", params=DATABASES)
def database(request: pytest.FixtureRequest) -> str:
    """Once SQLite, once PostgreSQL."""
    return str(request.param)


@pytest.fixture(scope="session")
def running_api(start_api: Start, database: str) -> RunningApi:
    """A real API process on one of the databases."""
    return start_api(database)


@contextmanager
def serving(
    database_url: str, log: Path, more: Mapping[str, str] | None = None, seconds: float = 60.0
) -> Iterator[RunningApi]:
    """Serve the API on a database, with more settings, ready within so many seconds."""
    port = free_tcp_port()
    url = f"http://127.0.0.1:{port}"
    env = {
        "DATABASE_URL": database_url,
        "EVENWICHT_PORT": str(port),
        "EVENWICHT_BODY_TIMEOUT_SECONDS": "1",
        "EVENWICHT_REMEMBER_ACTORS_SECONDS": "0",
        **(more or {}),
    }
    command = (sys.executable, "-m", "services.api.main")
    with running(command, log, lambda: answers(f"{url}/v1/health"), env, seconds):
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
    headers = bearer(administrator_key(running_api.engine))
    with writing(running_api.engine) as session:
        for table in reversed(metadata.sorted_tables):
            if table.name not in KEPT:
                session.execute(delete(table).where(EMPTIED.get(table.name, true())))
    with httpx.Client(base_url=running_api.url, headers=headers, timeout=30.0) as client:
        yield client
