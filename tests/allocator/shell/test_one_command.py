"""The one command `evenwicht`: quick to help, and honest about what is not installed."""

import subprocess
import sys

import pytest

from tests.processes import ROOT, run_evenwicht


def help_without(package: str) -> str:
    """Ask for help on a machine where this package is not installed."""
    script = (
        f"import sys; sys.modules[{package!r}] = None; sys.argv = ['evenwicht', '--help']; "
        "from services.commands import main; main()"
    )
    run = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT
    )
    return run.stdout


def test_both_services_bring_their_commands() -> None:
    text = run_evenwicht("--help").stdout

    assert "serve-api" in text
    assert "solve" in text
    assert "Not installed" not in text


@pytest.mark.parametrize(
    ("package", "service", "command"),
    [("ortools", "allocator", "solve"), ("sqlalchemy", "api", "serve-api")],
)
def test_a_service_that_is_not_installed_is_left_out_and_named(
    package: str, service: str, command: str
) -> None:
    text = help_without(package)

    assert f"\n  {command} " not in text
    assert f"Not installed: {service} (pip install 'evenwicht[{service}]')." in text


def test_help_loads_nothing_heavy() -> None:
    run = run_evenwicht("--help", env={"PYTHONPROFILEIMPORTTIME": "1"})
    loaded = {line.rsplit("|", 1)[-1].strip().split(".")[0] for line in run.stderr.splitlines()}

    assert "typer" in loaded
    assert not loaded & {"dbos", "fastapi", "numpy", "ortools", "pydantic", "rich", "sqlalchemy"}
