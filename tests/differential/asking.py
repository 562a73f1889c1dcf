"""Ask the oracle in its own process, and the engine in this one."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from services.allocator.service import SolveLimits, allocate
from shared.contract.problem import Problem
from shared.contract.reading import read_problem
from shared.contract.result import Result

ROOT = Path(__file__).resolve().parents[2]
Row = dict[str, Any]


class Oracle:
    """A running oracle, which answers one document at a time."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def answer(self, document: Row) -> Row:
        """References and levels per stage, and what is best in whole households."""
        questions, answers = self._process.stdin, self._process.stdout
        assert questions is not None
        assert answers is not None
        questions.write(json.dumps(document) + "\n")
        questions.flush()
        line = answers.readline()
        assert line, f"the oracle ended with {self._process.wait()}"
        answer: Row = json.loads(line)
        return answer


@contextmanager
def running_oracle() -> Iterator[Oracle]:
    """Keep an oracle running while the block lasts.

    HiGHS and OR-Tools cannot be loaded into one process, hence a process of its own.
    """
    command = [sys.executable, "-m", "tests.differential.oracle"]
    with subprocess.Popen(
        command, cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        yield Oracle(process)
        assert process.stdin is not None
        process.stdin.close()


def problem_of(document: Row) -> Problem:
    """Read a document as the engine gets it."""
    return read_problem(json.dumps(document).encode())


def solved(problem: Problem) -> Result:
    """The answer of the engine, without a clock."""
    limits = SolveLimits(time_limit=None, threads=1, seed=0)
    return allocate(problem, limits, lambda progress: None)
