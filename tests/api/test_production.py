"""Production does not start with what is only fit for trying things out."""

import asyncio
import subprocess
import sys
from typing import Any

import httpx
import pytest

from services.api.main import create_app
from services.api.production import refusals, refuse_to_start, shows_docs
from services.api.settings import SAMPLE_SECRET, Settings, environment_with

GOOD: dict[str, Any] = {
    "mode": "production",
    "database_url": "postgresql://localhost/evenwicht",
    "key_secret": "0123456789abcdef0123456789abcdef",
    "public_url": "https://evenwicht.example",
}
REFUSED = {
    "the sample secret": ({"key_secret": SAMPLE_SECRET}, "the sample secret"),
    "a short secret": ({"key_secret": "x" * 31}, "shorter than 32"),
    "SQLite": ({"database_url": "sqlite:///here.sqlite"}, "DATABASE_URL is SQLite"),
    "SQLite for jobs": ({"jobs_database_url": "sqlite:///here.sqlite"}, "JOBS_DATABASE_URL"),
    "open docs": ({"open_docs": True}, "OPEN_DOCS"),
    "webhooks to anywhere": ({"webhooks_to_private_addresses": True}, "PRIVATE_ADDRESSES"),
    "no https": ({"public_url": "http://evenwicht.example"}, "PUBLIC_URL"),
    "keys of an issuer over http": (
        {"token_issuer": "https://login.example", "jwks_url": "http://login.example/keys"},
        "JWKS_URL",
    ),
}


def settings(**changes: Any) -> Settings:
    return Settings(**{**GOOD, **changes})


def test_a_real_installation_starts() -> None:
    assert refusals(settings()) == []
    refuse_to_start(settings())


@pytest.mark.parametrize(("changes", "reason"), REFUSED.values(), ids=REFUSED)
def test_production_refuses(changes: dict[str, Any], reason: str) -> None:
    told = refusals(settings(**changes))

    assert any(reason in line for line in told)


def test_development_refuses_nothing() -> None:
    assert refusals(Settings(mode="development", open_docs=True)) == []


def test_a_process_tells_all_reasons_at_once_and_never_the_secret() -> None:
    env = environment_with(
        EVENWICHT_MODE="production",
        EVENWICHT_KEY_SECRET=SAMPLE_SECRET,
        DATABASE_URL="sqlite:///:memory:",
        EVENWICHT_OPEN_DOCS="true",
    )

    ended = subprocess.run(
        [sys.executable, "-m", "services.api.main"],
        env=env,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )

    assert ended.returncode == 1
    assert all(word in ended.stderr for word in ("sample secret", "SQLite", "OPEN_DOCS"))
    assert SAMPLE_SECRET not in ended.stderr


def asked(path: str) -> httpx.Response:
    app = create_app(Settings(database_url="sqlite://", mode="production"))

    async def ask() -> httpx.Response:
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://here") as client:
            return await client.get(path)

    return asyncio.run(ask())


def test_the_page_with_the_reference_is_closed_in_production() -> None:
    closed, other = asked("/v1/docs"), asked("/v1/no-such-page")

    assert closed.status_code == 404
    assert closed.json() == other.json()
    assert asked("/v1/").json()["documentation"] is None


def test_the_openapi_document_stays_open_as_the_design_rules_ask() -> None:
    assert asked("/v1/openapi.json").status_code == 200


@pytest.mark.parametrize(
    ("mode", "wish", "shown"),
    [
        ("development", None, True),
        ("development", False, False),
        ("production", None, False),
    ],
)
def test_docs_are_shown_in_development_unless_somebody_says_otherwise(
    mode: Any, wish: bool | None, shown: bool
) -> None:
    assert shows_docs(Settings(mode=mode, open_docs=wish)) is shown
