"""The service tells whether it can work, and fails without telling its insides."""

import asyncio
import logging
from pathlib import Path
from typing import Annotated, Any

import httpx
import pytest
from fastapi import Depends, FastAPI, Query

from services.api.access.keys import new_key
from services.api.headers import API_VERSION
from services.api.main import create_app
from services.api.migrate import migrate
from services.api.requests import known_parameters
from services.api.settings import Settings
from tests.keys import known_key


def ask(app: FastAPI, path: str, method: str = "GET", **sent: Any) -> httpx.Response:
    """Send one request to an application in this process."""

    async def send() -> httpx.Response:
        transport = httpx.ASGITransport(app=app, raise_app_exceptions=True)
        async with httpx.AsyncClient(transport=transport, base_url="http://here") as client:
            return await client.request(method, path, **sent)

    answer = asyncio.run(send())
    app.state.engine.dispose()
    return answer


def settings(folder: Path) -> Settings:
    """Make settings for an SQLite database in a folder."""
    return Settings(database_url=f"sqlite:///{folder}/new/evenwicht.sqlite")


def test_without_tables_the_service_lives_but_is_not_ready(tmp_path: Path) -> None:
    app = create_app(settings(tmp_path))

    alive, ready = ask(app, "/v1/health"), ask(app, "/v1/health/ready")

    assert alive.status_code == 200
    assert ready.status_code == 503
    assert "evenwicht migrate" in ready.json()["detail"]


def test_with_tables_the_service_is_ready(tmp_path: Path) -> None:
    migrate(settings(tmp_path))

    assert ask(create_app(settings(tmp_path)), "/v1/health/ready").json() == {"status": "ok"}


def test_a_database_that_is_away_is_503_and_nothing_of_it_is_told() -> None:
    away = Settings(database_url="postgresql://planner:secret@127.0.0.1:1/evenwicht")

    key = {"Authorization": f"Bearer {new_key().key}"}
    answers = [
        ask(create_app(away), path, headers=key) for path in ("/v1/needs", "/v1/health/ready")
    ]

    assert [answer.status_code for answer in answers] == [503, 503]
    assert answers[0].headers["retry-after"] == "5"
    assert "secret" not in answers[0].text + answers[1].text
    assert "127.0.0.1" not in answers[0].text + answers[1].text


def test_an_error_of_our_own_is_500_without_our_internals(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    app = create_app(settings(tmp_path))

    @app.get("/v1/broken")
    def broken() -> None:
        raise RuntimeError("the secret inside")

    with caplog.at_level(logging.ERROR):
        answer = ask(app, "/v1/broken")

    (told,) = [record for record in caplog.records if record.message == "request.failed"]
    assert told.exc_info is not None
    assert "the secret inside" in str(told.exc_info[1])
    assert answer.status_code == 500
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["api-version"] == API_VERSION
    assert answer.headers["x-frame-options"] == "DENY"
    assert "secret" not in answer.text


def test_a_client_that_keeps_sending_far_too_much_is_cut_off(tmp_path: Path) -> None:
    small = settings(tmp_path).model_copy(update={"max_body_bytes": 10})
    app = create_app(small)
    said = {"Content-Type": "application/json", "Authorization": f"Bearer {known_key(app)}"}

    answer = ask(app, "/v1/needs", "POST", content=b"x" * 1_000, headers=said)

    assert answer.status_code == 413


def test_a_query_key_that_an_address_names_by_itself_is_known(tmp_path: Path) -> None:
    app = create_app(settings(tmp_path))

    @app.get("/v1/colours", dependencies=[Depends(known_parameters)])
    def colours(warm: Annotated[bool, Query()] = False) -> bool:
        return warm

    assert ask(app, "/v1/colours?warm=true").json() is True
    assert ask(app, "/v1/colours?cold=true").status_code == 400


def test_everything_is_kept_in_one_folder_when_nothing_is_set(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)

    chosen = Settings()

    assert chosen.database_url == "sqlite:///.evenwicht/evenwicht.sqlite"
    assert chosen.jobs_database_url == "sqlite:///.evenwicht/jobs.sqlite"


def test_a_postgresql_address_gets_our_driver_and_holds_the_jobs_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://planner@db/evenwicht")

    chosen = Settings()

    assert chosen.database_url == "postgresql+psycopg://planner@db/evenwicht"
    assert chosen.jobs_database_url == chosen.database_url


def test_settings_cannot_be_changed_afterwards() -> None:
    chosen = Settings()

    with pytest.raises(ValueError, match="frozen"):
        chosen.port = 1  # type: ignore[misc]
