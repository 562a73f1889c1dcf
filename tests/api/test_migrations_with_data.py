"""A hundred thousand rows go down to the layout before this release and up again, unchanged."""

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from sqlalchemy import Engine, MetaData, column, insert, select, table

from services.api.access.actor import EVERYWHERE, SYSTEM, Author, Caller, Role
from services.api.capacities.tables import capacities, capacity_groups
from services.api.database import open_database, reading, writing
from services.api.history.recording import latest
from services.api.indicator_values.tables import indicator_values
from services.api.migrate import configuration, migrate
from services.api.nouns import BY_PATH, REGISTRIES
from services.api.settings import Settings
from services.api.tables import metadata
from tests.api.rows import HAARLEMMERMEER, body

BEFORE = "2026_11_23_tell_best_so_far"
LOTS, VALUES = 40_000, 20_000
ORIGIN = {"source": "Test – €", "reference_date": date(2026, 1, 1), "quality": "estimate"}
Layout = dict[str, tuple[str, ...]]


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database: once SQLite, once PostgreSQL."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/data.sqlite"
    return str(request.getfixturevalue("fresh_postgres_url"))


@pytest.fixture
def full(url: str) -> Iterator[Engine]:
    """A database at the newest layout, with a row of every noun and a hundred thousand more."""
    migrate(Settings(database_url=url))
    engine = open_database(url)
    with writing(engine) as session:
        author = Author(Caller(replace(SYSTEM, roles=frozenset({Role.ADMINISTRATOR})), EVERYWHERE))
        municipalities = BY_PATH["municipalities"]
        municipalities.create(session, author, body("municipalities", code=HAARLEMMERMEER))
        for registry in REGISTRIES:
            state = {"state": "agreed"} if registry.noun.path == "commitments" else {}
            registry.create(session, author, body(registry.noun.path, **state))
    with writing(engine) as session:
        session.execute(insert(capacities), list(_lots()))
        groups = [{"owner": _id(n), "group": "status_holders"} for n in range(LOTS)]
        session.execute(insert(capacity_groups), groups)
        session.execute(insert(indicator_values), list(_values()))
    yield engine
    engine.dispose()


def _id(number: int) -> str:
    return f"00000000-0000-4000-8000-{number:012}"


def _lots() -> Iterator[dict[str, Any]]:
    place = {"municipality": HAARLEMMERMEER, "form": "social_rent", "period": "2027"}
    for number in range(LOTS):
        homes = {"low": None, "likely": number, "high": number + 1, "potential": number}
        yield {"id": _id(number), **place, **homes, "note": None, **ORIGIN}


def _values() -> Iterator[dict[str, Any]]:
    for number in range(VALUES):
        yield {
            "id": _id(number),
            "indicator": "population",
            "municipality": HAARLEMMERMEER,
            "low": None,
            "likely": Decimal(number) / 1000,
            "high": None,
            **ORIGIN,
            "reference_date": date.fromordinal(600_000 + number),
        }


def layout(engine: Engine) -> Layout:
    """Give the columns of every table that a database has."""
    found = MetaData()
    found.reflect(engine)
    return {name: tuple(sorted(one.c.keys())) for name, one in found.tables.items()}


def content(engine: Engine, wanted: Layout) -> dict[str, tuple[int, str]]:
    """Count the rows of these columns, and give a hash over them, whatever their order."""
    with engine.connect() as connection:
        return {
            # As the database holds it, without the types that the program gives it.
            name: _sum(connection.execute(select(*map(column, columns)).select_from(table(name))))
            for name, columns in wanted.items()
        }


def _sum(rows: Any) -> tuple[int, str]:
    told = sorted(repr(tuple(row)) for row in rows)
    return len(told), hashlib.sha256("\n".join(told).encode()).hexdigest()


def alembic(engine: Engine, run: Any, revision: str) -> None:
    """Run one of Alembic's commands on this database."""
    with engine.connect() as connection:
        config = configuration()
        config.attributes["connection"] = connection
        run(config, revision)


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> Layout:
    """The columns of every table before this release."""
    address = f"sqlite:///{tmp_path_factory.mktemp('old')}/old.sqlite"
    migrate(Settings(database_url=address), BEFORE)
    engine = open_database(address)
    found = layout(engine)
    engine.dispose()
    return {name: columns for name, columns in found.items() if name in metadata.tables}


def test_what_both_layouts_have_is_the_same_after_down_and_after_up(
    full: Engine, url: str, old: Layout
) -> None:
    newest = content(full, old)

    alembic(full, command.downgrade, BEFORE)
    down = content(full, old)
    migrate(Settings(database_url=url))
    up = content(full, old)

    assert newest == down == up
    assert down["capacities"][0] == down["capacity_groups"][0] == LOTS + 1
    assert sum(rows for rows, _ in down.values()) > LOTS * 2 + VALUES
    assert {name for name, (rows, _) in down.items() if not rows} == {"proposals"}
    with reading(full) as session:
        last = latest(session)
    # Every row has a first version in the history again.
    assert last is not None
    assert last[0] >= LOTS + VALUES
