"""What time has ended is cleared up, and one thing that fails does not stop the rest."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import httpx
import pytest
from sqlalchemy import Engine, insert, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from services.api.answers_once.tables import stored_answers
from services.api.database import reading, writing
from services.api.imports.tables import imports
from services.api.jobs.housekeeping import SWEEPS, sweep
from tests.api.conftest import RunningApi
from tests.api.rows import AMSTERDAM, HAARLEMMERMEER, add

NOW = datetime(2027, 1, 1, 0, 30, tzinfo=UTC)


@pytest.fixture
def engine(running_api: RunningApi, api: httpx.Client) -> Engine:
    """A database with two answers and two imports, of each one that is old."""
    with writing(running_api.engine) as session:
        _store(session, NOW - timedelta(days=8), "old")
        _store(session, NOW - timedelta(hours=1), "new")
    return running_api.engine


def _store(session: Session, at: datetime, name: str) -> None:
    session.execute(
        insert(stored_answers).values(
            member="a member",
            key=name,
            fingerprint="0" * 64,
            status=201,
            headers="{}",
            body="{}",
            stored_at=at,
        )
    )
    session.execute(
        insert(imports).values(
            id=str(uuid4()),
            noun="needs",
            file_name=name,
            state="uploaded",
            file=b"a;b",
            media_type="text/csv",
            columns="{}",
            owned_by="an organisation",
            member="a member",
            created_at=at,
        )
    )


def answers(engine: Engine) -> list[str]:
    """Name the answers that are kept."""
    with reading(engine) as session:
        return list(session.scalars(select(stored_answers.c.key).order_by(stored_answers.c.key)))


def files(engine: Engine) -> list[str | None]:
    """Name the imports whose file is kept."""
    with reading(engine) as session:
        return list(session.scalars(select(imports.c.file_name).where(imports.c.file.is_not(None))))


def test_answers_and_files_are_kept_for_their_time_and_no_longer(engine: Engine) -> None:
    sweep(engine, NOW)

    assert answers(engine) == ["new"]
    assert files(engine) == ["new"]


def test_a_commitment_expires_the_day_after_its_last_period(
    engine: Engine, api: httpx.Client
) -> None:
    for code in (AMSTERDAM, HAARLEMMERMEER):
        add(api, "municipalities", code=code, name=code)
    add(api, "housing-forms")
    add(api, "target-groups")
    add(api, "periods", id="2026", start="2026-01-01", end="2026-12-31")
    add(api, "periods", id="2027", start="2027-01-01", end="2027-12-31")
    over = add(api, "commitments", periods=["2026"], state="agreed")
    running = add(api, "commitments", periods=["2026", "2027"], state="agreed")

    sweep(engine, NOW - timedelta(hours=1))
    assert state(api, over["id"]) == "agreed"
    sweep(engine, NOW)

    assert (state(api, over["id"]), state(api, running["id"])) == ("expired", "agreed")


def state(api: httpx.Client, commitment: str) -> str:
    """Read the state of a commitment."""
    return str(api.get(f"/v1/commitments/{commitment}").json()["state"])


@pytest.mark.parametrize(
    "error", [RuntimeError("a mistake"), OperationalError("SELECT 1", None, OSError("away"))]
)
def test_one_thing_that_fails_does_not_stop_the_rest(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def fails(_session: Session, _now: datetime) -> int:
        raise error

    monkeypatch.setitem(SWEEPS, "commitments.expired", fails)

    sweep(engine, NOW)

    assert answers(engine) == ["new"]
    assert files(engine) == ["new"]
