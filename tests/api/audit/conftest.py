"""Databases of a test alone, on SQLite and PostgreSQL."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy import Engine

from services.api.database import open_database
from services.api.migrate import migrate
from services.api.settings import Settings


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite database with all tables, to be copied."""
    path = tmp_path_factory.mktemp("audit") / "migrated.sqlite"
    migrate(Settings(database_url=f"sqlite:///{path}"))
    return path


@pytest.fixture(scope="session")
def migrated_postgres(postgres_server: str) -> Callable[[str], str]:
    """Makes PostgreSQL databases with all tables, by name; gives their addresses."""

    def address(name: str) -> str:
        other = postgres_server.replace("/postgres?", f"/{name}?", 1)
        return other.replace("postgresql://", "postgresql+psycopg://", 1)

    def make(name: str, template: str) -> str:
        with psycopg.connect(postgres_server, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}".encode())
        return address(name)

    migrate(Settings(database_url=make("audit_migrated", "template1")))
    return lambda name: make(name, "audit_migrated")


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A database of this test alone."""
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("migrated_file"), tmp_path / "audit.sqlite")
        url = f"sqlite:///{tmp_path}/audit.sqlite"
    else:
        url = request.getfixturevalue("migrated_postgres")(f"audit_{uuid4().hex}")
    engine = open_database(url)
    yield engine
    engine.dispose()
