"""The locks hold what `pyproject.toml` asks for, agree with each other, and name no index."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from tests.architecture.source import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]
LOCKS = {
    "services/api/requirements.txt": ("api", "install"),
    "services/allocator/requirements.txt": ("allocator", "install"),
    "tests/requirements.txt": ("api", "allocator", "install", "dev"),
}
PINNED = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^]]*\])?==(\S+)", re.MULTILINE)

HASH = re.compile(r"    --hash=sha256:[0-9a-f]{64}( \\)?")


def pinned(lock: str) -> set[tuple[str, str]]:
    text = (ROOT / lock).read_text(encoding="utf-8")
    return {(canonicalize_name(name), version) for name, version in PINNED.findall(text)}


def asked(extras: tuple[str, ...]) -> list[Requirement]:
    lines = [*PROJECT["dependencies"], *(line for extra in extras for line in EXTRAS[extra])]
    requirements = [Requirement(line) for line in lines]
    return [requirement for requirement in requirements if requirement.name != PROJECT["name"]]


def is_satisfied(wish: Requirement, chosen: set[tuple[str, str]]) -> bool:
    wanted = canonicalize_name(wish.name)
    return any(name == wanted and Version(version) in wish.specifier for name, version in chosen)


@pytest.mark.parametrize(("lock", "extras"), LOCKS.items(), ids=str)
def test_a_lock_satisfies_what_the_project_asks_for(lock: str, extras: tuple[str, ...]) -> None:
    chosen = pinned(lock)
    missing = [
        str(requirement)
        for requirement in asked(extras)
        if not any(
            name == canonicalize_name(requirement.name)
            and Version(version) in requirement.specifier
            for name, version in chosen
        )
    ]

    assert missing == []


@pytest.mark.parametrize("lock", LOCKS)
def test_the_tests_run_with_the_versions_that_the_services_run_with(lock: str) -> None:
    assert pinned(lock) <= pinned("tests/requirements.txt")


@pytest.mark.parametrize("lock", LOCKS)
def test_every_line_of_a_lock_is_a_version_or_a_hash(lock: str) -> None:
    lines = (ROOT / lock).read_text(encoding="utf-8").splitlines()

    assert [line for line in lines if not (PINNED.match(line) or HASH.fullmatch(line))] == []


def test_the_solver_is_not_installed_with_the_api() -> None:
    names = {name for name, _ in pinned("services/api/requirements.txt")}

    assert not names & {"ortools", "numpy", "pandas"}


def test_the_database_is_not_installed_with_the_allocator() -> None:
    names = {name for name, _ in pinned("services/allocator/requirements.txt")}

    assert not names & {"sqlalchemy", "alembic", "dbos", "psycopg"}


def test_no_lock_is_missing() -> None:
    found = {
        path.relative_to(ROOT)
        for folder in ("services", "tests", "docker", "shared")
        for path in (ROOT / folder).rglob("requirements*.txt")
    }

    assert found == {Path(lock) for lock in LOCKS}
