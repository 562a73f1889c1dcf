"""Compare what a program found with the known answer of a case in tests/data/cases."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.bench.process import Line

CASES = Path(__file__).parent.parent / "data" / "cases"
SAME_VALUE = 1e-4
SAME_LEVEL = 1e-5
"""The tolerances that tests/data/SOURCES.md gives for these answers."""


@dataclass(frozen=True)
class Difference:
    """The largest difference with the known answer, in the stages that were found at all."""

    value: float
    level: float

    def __str__(self) -> str:
        if self.value <= SAME_VALUE and self.level <= SAME_LEVEL:
            return "as known"
        return f"off by {self.value:.1g}, levels by {self.level:.1g}"


def difference(case: str, stages: list[Line]) -> Difference:
    """How far the stages that a program told are from the known answer."""
    known = json.loads((CASES / f"{case}.expected.json").read_text(encoding="utf-8"))
    values = {_stage(row): row["reference"] for row in known["stages"] if "reference" in row}
    levels = {_cell(row): row["level"] for row in known["levels"]}
    return Difference(
        value=max(
            (
                abs(stage["reference"] - values[_stage(stage)])
                for stage in stages
                if stage["reference"] is not None
            ),
            default=0.0,
        ),
        level=max(
            (abs(row["level"] - levels[_cell(row)]) for stage in stages for row in stage["levels"]),
            default=0.0,
        ),
    )


def _stage(row: dict[str, Any]) -> tuple[str, int | None]:
    return row["objective"], row["tier"]


def _cell(row: dict[str, Any]) -> tuple[str, str | None]:
    return row["municipality"], row.get("group")
