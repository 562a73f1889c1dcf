"""The oracle is a second opinion: it shares nothing with the engine, and it is right."""

import json
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.architecture.source import imported, named, python_files
from tests.differential.asking import ROOT, Oracle, Row

ORACLE = "tests.differential.oracle"
SOLVERS = {"highspy", "numpy", "scipy"}
CASES = ROOT / "tests" / "data" / "cases"


@pytest.mark.parametrize("path", python_files("tests/differential/oracle"), ids=named)
def test_the_oracle_knows_nothing_of_our_own_code(path: Path) -> None:
    others = {name for name in imported(path) if name.split(".")[0] not in sys.stdlib_module_names}

    assert {
        n for n in others if not n.startswith(ORACLE) and n.split(".")[0] not in SOLVERS
    } == set()


@pytest.mark.parametrize("name", ["mini-1", "mini-2", "mini-3", "mini-4", "mini-5"])
def test_the_oracle_finds_the_published_answers(oracle: Oracle, name: str) -> None:
    document = json.loads((CASES / f"{name}.json").read_bytes())
    expected = json.loads((CASES / f"{name}.expected.json").read_bytes())
    stages = oracle.answer(document)["stages"]

    assert references(stages) == pytest.approx(references(expected["stages"]), rel=1e-6, abs=1e-6)
    assert levels(row for stage in stages for row in stage.get("levels", [])) == pytest.approx(
        levels(expected["levels"]), abs=1e-6
    )


def references(stages: Iterable[Row]) -> dict[tuple[str, int | None], float]:
    """The optimum per stage and tier, where a stage has one."""
    return {
        (row["objective"], row["tier"]): row["reference"] for row in stages if "reference" in row
    }


def levels(rows: Iterable[Row]) -> dict[tuple[str, str | None], float]:
    """The level per municipality and group; no group is all of them together."""
    return {(row["municipality"], row.get("group")): row["level"] for row in rows}
