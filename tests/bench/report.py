"""The figures for a reader, as tables, and for a program, as JSON."""

from collections import Counter
from dataclasses import asdict
from typing import Any

from rich.table import Table

from tests.bench.comparisons import Comparison
from tests.bench.measured import Goal, Measured

Figures = dict[str, Any]


def as_json(
    machine: dict[str, str | int], measured: list[Measured], compared: list[Comparison]
) -> Figures:
    """Everything that was measured, with each run."""
    return {
        "machine": machine,
        "subjects": [
            {
                **asdict(subject),
                "seconds": asdict(subject.seconds),
                "solving": subject.solving,
                "processor": subject.processor,
                "megabytes": subject.megabytes,
                "stopped": subject.stopped,
                "reached": subject.reached,
            }
            for subject in measured
        ],
        "comparisons": [{**asdict(row), "times": row.times} for row in compared],
    }


def measured_table(measured: list[Measured]) -> Table:
    """One row per subject."""
    table = Table(box=None, title="Seconds", title_justify="left")
    for name in ("what", "runs", "goal", "min", "median", "max", "solve", "CPU", "MB", "answer"):
        table.add_column(name, justify="left" if name in ("what", "answer") else "right")
    for subject in measured:
        table.add_row(
            subject.what,
            str(len(subject.samples)),
            _goal(subject.goal, subject.reached),
            *(f"{n:.2f}" for n in asdict(subject.seconds).values()),
            _seconds(subject.solving),
            _seconds(subject.processor),
            f"{subject.megabytes:.0f}",
            _remarks(subject),
        )
    return table


def compared_table(compared: list[Comparison]) -> Table:
    """One row per comparison."""
    table = Table(box=None, title="Times as long", title_justify="left")
    table.add_column("what")
    for name in ("theirs", "ours", "times", "goal"):
        table.add_column(name, justify="right")
    for row in compared:
        more = "> " if row.at_least else ""
        table.add_row(
            row.what,
            f"{more}{row.theirs:.2f}",
            f"{row.ours:.3f}",
            f"{more}{row.times:.0f}",
            "" if row.goal is None else f"{row.goal:.0f}",
        )
    return table


def _seconds(figure: float | None) -> str:
    return "" if figure is None else f"{figure:.2f}"


def _goal(goal: Goal | None, reached: bool | None) -> str:
    if goal is None:
        return ""
    parts = [f"{goal.seconds:g} s", *([f"{goal.megabytes:g} MB"] if goal.megabytes else [])]
    return f"{', '.join(parts)} {'reached' if reached else 'missed'}"


def _remarks(subject: Measured) -> str:
    counted = Counter("stopped" if s.stopped else s.remark for s in subject.samples)
    return "; ".join(remark if n == 1 else f"{n} x {remark}" for remark, n in counted.items())
