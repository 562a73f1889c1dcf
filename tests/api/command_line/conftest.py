"""A person at the command line of a running API."""

from collections.abc import Callable

import pytest
from typer.testing import CliRunner, Result

from services.commands import build_app
from tests.api.conftest import RunningApi
from tests.keys import administrator_key

Evenwicht = Callable[..., Result]


@pytest.fixture
def evenwicht(running_api: RunningApi, monkeypatch: pytest.MonkeyPatch) -> Evenwicht:
    """Run a command as an administrator of a running API."""
    monkeypatch.setenv("EVENWICHT_API_URL", running_api.url)
    monkeypatch.setenv("EVENWICHT_API_KEY", administrator_key(running_api.engine))
    monkeypatch.setenv("DATABASE_URL", running_api.database_url)
    app, runner = build_app(), CliRunner()

    def run(*arguments: str, stdin: str | None = None) -> Result:
        return runner.invoke(app, list(arguments), input=stdin)

    return run
