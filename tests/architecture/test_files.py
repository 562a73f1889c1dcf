"""Nothing in the project says on which machine or from which index it was made."""

import re
from pathlib import Path

import pytest

from tests.architecture.source import named, own_files

BINARY = {".png", ".xlsx"}
TEXTS = [path for path in own_files() if path.suffix not in BINARY]
INDEX = re.compile(
    r"--(extra-)?index-url|--find[-]links|pypi\.org|files\.pythonhosted|registry\.npmjs|deb\.debian"
)
MACHINE = re.compile(r"(?<![\w.])/(?:work|farm|root|home)/|file:[/]")
# Written this way, so that this file is not what it looks for.
ELSEWHERE = re.compile(r"\bMODE[L]\b")
NEIGHBOUR = re.compile(r"\.\./shared/")


@pytest.mark.parametrize("path", TEXTS, ids=named)
def test_a_file_holds_no_index_address_and_no_machine_path(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    assert INDEX.findall(text) == []
    assert MACHINE.findall(text) == []


@pytest.mark.parametrize("path", TEXTS, ids=named)
def test_a_source_that_is_named_is_in_the_project(path: Path) -> None:
    # The formulation is services/allocator/model/FORMULATION.md; no other document of it is here.
    assert ELSEWHERE.findall(path.read_text(encoding="utf-8")) == []


def test_only_the_ci_script_looks_outside_the_project() -> None:
    lookers = {named(path) for path in TEXTS if NEIGHBOUR.search(path.read_text(encoding="utf-8"))}

    assert lookers <= {".ci/run"}


def test_the_licence_is_the_whole_eupl() -> None:
    licence = next(path for path in TEXTS if named(path) == "LICENSE").read_text(encoding="utf-8")

    assert licence.startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2\n")
    assert "15.Applicable Law" in licence
    assert licence.rstrip().endswith("require the production of a new EUPL version.")
