"""`make bench`: measure, show tables, and leave the figures as JSON."""

import json
import os
import sys
from argparse import ArgumentParser
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console

from tests.bench.comparisons import comparisons
from tests.bench.machine import machine
from tests.bench.measured import Measured
from tests.bench.process import ROOT
from tests.bench.report import as_json, compared_table, measured_table
from tests.bench.subjects import SUBJECTS, Bench

WIDTH = 140
"""Columns of the tables in a file."""


def main() -> None:
    """Measure what was asked for, one subject after the other."""
    asked = _arguments().parse_args()
    console = Console(highlight=False, width=None if sys.stdout.isatty() else WIDTH)
    facts = machine()
    console.print(", ".join(f"{name} {fact}" for name, fact in facts.items()))
    measured: list[Measured] = []
    with TemporaryDirectory(prefix="evenwicht-bench-") as folder:
        bench = Bench(Path(folder), asked.runs, asked.most_seconds)
        for name in asked.only:
            with console.status(f"measuring {name}"):
                measured += SUBJECTS[name](bench)
    compared = list(comparisons({subject.name: subject for subject in measured}))
    console.print(measured_table(measured))
    if compared:
        console.print("", compared_table(compared), sep="\n")
    figures = as_json(facts, measured, compared)
    asked.output.parent.mkdir(parents=True, exist_ok=True)
    asked.output.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    console.print(f"Figures of every run: {os.path.relpath(asked.output)}")


def _arguments() -> ArgumentParser:
    parser = ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--runs", type=int, default=3, help="runs of each subject of our own")
    parser.add_argument(
        "--most-seconds", type=float, default=600.0, help="a process is stopped after this"
    )
    parser.add_argument(
        "--only", nargs="+", choices=SUBJECTS, default=list(SUBJECTS), help="what to measure"
    )
    parser.add_argument(
        "--output", type=Path, default=ROOT / ".evenwicht" / "bench.json", metavar="OUT.json"
    )
    return parser


if __name__ == "__main__":
    main()
