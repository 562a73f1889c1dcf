"""A reader who has ten minutes finds the way: small files, named by subject, in their place."""

import ast
from pathlib import Path

import pytest

from tests.architecture.source import (
    CODE_FOLDERS,
    ROOT,
    imported,
    module_of,
    named,
    own_files,
    python_files,
)

CODE = python_files(*CODE_FOLDERS)
PACKAGES = [path for path in CODE if path.name == "__init__.py"]
SHARED = [path for path in python_files("shared") if path.name != "__init__.py"]
NO_SUBJECT = {
    "util",
    "utils",
    "helper",
    "helpers",
    "common",
    "base",
    "manager",
    "misc",
}
TOP_LEVEL = {
    ".ci", ".dockerignore", ".editorconfig", ".gitattributes", ".gitignore",
    "CHANGELOG.md", "LICENSE", "Makefile", "README.md", "publiccode.yml", "pyproject.toml",
    "docker", "migrations", "services", "shared", "tests",
}  # fmt: skip


# A migration is written once, by a tool, and never changed again.
CHANGEABLE = [path for path in CODE if path.parent.name != "versions"]


@pytest.mark.parametrize("path", CHANGEABLE, ids=named)
def test_a_file_is_shorter_than_300_lines(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) < 300


@pytest.mark.parametrize("path", PACKAGES, ids=named)
def test_a_package_says_in_one_sentence_what_lives_there(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    sentence = ast.get_docstring(ast.parse(text)) or ""

    assert sentence.endswith(".")
    assert ". " not in sentence
    assert text.strip() == f'"""{sentence}"""'


def test_every_folder_with_code_is_a_package() -> None:
    folders = {path.parent for path in python_files("services", "shared", "tests")}

    assert {named(f) for f in folders} == {named(p.parent) for p in PACKAGES}


def test_files_and_folders_are_named_by_subject() -> None:
    names = {part for path in CODE for part in path.relative_to(ROOT).with_suffix("").parts}

    assert not names & NO_SUBJECT


def test_nothing_else_stands_at_the_top() -> None:
    assert {path.relative_to(ROOT).parts[0] for path in own_files()} <= TOP_LEVEL


def users_of_shared(service: str) -> set[str]:
    """Give the shared modules that a service uses, directly or through other shared modules."""
    found: set[str] = set()
    waiting = {name for path in python_files(f"services/{service}") for name in imported(path)}
    modules = {module_of(path): path for path in SHARED}
    while waiting:
        reached = {name for name in waiting if name in modules} - found
        found |= reached
        waiting = {name for module in reached for name in imported(modules[module])}
    return found


def test_what_is_shared_is_used_by_both_services() -> None:
    everything = {module_of(path) for path in SHARED}

    assert users_of_shared("api") == everything
    assert users_of_shared("allocator") == everything
