"""Migrations lead to exactly the tables that the program uses, and back, on both databases."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, insert, inspect, select

from services.api.database import open_database, reading, writing
from services.api.indicators.tables import indicators
from services.api.migrate import configuration, is_migrated, migrate
from services.api.settings import Settings
from services.api.tables import metadata

ROW = {"id": "population", "name_nl": "Inwoners", "name_en": "Population", "unit": "persons"}

KEPT = [column for column in indicators.c if column.name != "change"]


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database: once SQLite, once PostgreSQL."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/new.sqlite"
    return str(request.getfixturevalue("fresh_postgres_url"))


@pytest.fixture
def empty(empty_url: str) -> Iterator[Engine]:
    """An empty database."""
    engine = open_database(empty_url)
    yield engine
    engine.dispose()


def alembic(engine: Engine, run: Callable[..., Any], *arguments: str) -> None:
    """Run one of Alembic's commands on this database."""
    with engine.connect() as connection:
        config: Config = configuration()
        config.attributes["connection"] = connection
        run(config, *arguments)


def constraint_names(engine: Engine) -> dict[str, set[str | None]]:
    """Give the names of every constraint and index, by table."""
    found = inspect(engine)
    return {
        table: {
            *(key["name"] for key in found.get_foreign_keys(table)),
            *(key["name"] for key in found.get_unique_constraints(table)),
            *(check["name"] for check in found.get_check_constraints(table)),
            *(index["name"] for index in found.get_indexes(table)),
            found.get_pk_constraint(table)["name"],
        }
        for table in found.get_table_names()
        if table != "alembic_version"
    }


def test_up_down_and_up_again_ends_with_the_tables_that_the_program_uses(
    empty: Engine, empty_url: str
) -> None:
    migrate(Settings(database_url=empty_url))
    alembic(empty, command.check)
    alembic(empty, command.downgrade, "base")
    assert inspect(empty).get_table_names() == ["alembic_version"]

    migrate(Settings(database_url=empty_url))

    alembic(empty, command.check)
    assert is_migrated(empty)


def test_constraints_have_the_names_that_the_program_expects(empty: Engine, empty_url: str) -> None:
    metadata.create_all(empty)
    expected = constraint_names(empty)
    metadata.drop_all(empty)

    migrate(Settings(database_url=empty_url))

    assert constraint_names(empty) == expected
    assert None not in set().union(*expected.values())


def test_migrating_twice_changes_nothing_and_keeps_what_is_stored(
    empty: Engine, empty_url: str
) -> None:
    migrate(Settings(database_url=empty_url))
    with writing(empty) as session:
        session.execute(insert(indicators).values(ROW))
        before = [tuple(row) for row in session.execute(select(*KEPT))]

    migrate(Settings(database_url=empty_url))

    with reading(empty) as session:
        assert [tuple(row) for row in session.execute(select(*KEPT))] == before


def test_a_new_database_is_not_migrated(empty: Engine) -> None:
    assert not is_migrated(empty)
