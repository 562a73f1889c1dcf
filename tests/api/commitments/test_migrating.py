"""Commitments of before they had a life are in force; what is not in force cannot go back there."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from sqlalchemy import Engine, text

from services.api.database import open_database
from tests.api.test_migrations import alembic

BEFORE, AFTER = "2026_11_24_answer_once", "2026_11_24_live_commitments"
TOWN = (
    "INSERT INTO municipalities (code, name, province, valid_from)"
    " VALUES ('GM0363', 'Amsterdam', 'Noord-Holland', '1275-10-27')"
)
PROMISE = (
    "INSERT INTO commitments (id, municipality, households, basis, source, reference_date, quality)"
    " VALUES ('promise', 'GM0363', 80, 'An agreement', 'A letter', '2026-01-01', 'published')"
)


@pytest.fixture(params=["sqlite", "postgresql"])
def promised(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A database of before, with one commitment."""
    url = f"sqlite:///{tmp_path}/promised.sqlite"
    if request.param != "sqlite":
        url = str(request.getfixturevalue("fresh_postgres_url"))
    engine = open_database(url)
    alembic(engine, command.upgrade, BEFORE)
    execute(engine, TOWN)
    execute(engine, PROMISE)
    yield engine
    engine.dispose()


def execute(engine: Engine, statement: str) -> None:
    """Run one statement by itself."""
    with engine.begin() as connection:
        connection.execute(text(statement))


def rows(engine: Engine) -> list[dict[str, Any]]:
    """Read every commitment."""
    with engine.connect() as connection:
        found = connection.execute(text("SELECT * FROM commitments")).mappings()
        return [dict(row) for row in found]


def test_what_was_promised_before_is_in_force(promised: Engine) -> None:
    alembic(promised, command.upgrade, AFTER)
    (row,) = rows(promised)
    assert (row["id"], row["households"]) == ("promise", 80)
    assert (row["state"], row["round"], row["proposal"]) == ("agreed", 0, None)


def test_what_is_in_force_goes_back_as_it_came(promised: Engine) -> None:
    before = rows(promised)
    alembic(promised, command.upgrade, AFTER)
    alembic(promised, command.downgrade, BEFORE)
    assert rows(promised) == before


def test_a_draft_does_not_become_a_promise_by_going_back(promised: Engine) -> None:
    alembic(promised, command.upgrade, AFTER)
    execute(promised, "UPDATE commitments SET state = 'draft'")
    with pytest.raises(RuntimeError, match="1 commitments are not in force"):
        alembic(promised, command.downgrade, BEFORE)
    assert [row["state"] for row in rows(promised)] == ["draft"]
