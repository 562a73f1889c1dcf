"""Run a command in a process of its own, and say how long it took and how much memory.

Linux counts what a process held when it started another as memory of that other: whoever calls
this must stay small, so nothing here or in `tests.bench.__main__` loads a solver or a problem.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from threading import Timer
from typing import Any

ROOT = Path(__file__).parents[2]
KILOBYTE = 1024
MEGABYTE = 1_000_000

Line = dict[str, Any]


@dataclass(frozen=True)
class Run:
    """One process from start to end.

    Parameters
    ----------
    seconds
        Wall time of the whole process, imports included [s].
    processor
        Seconds that processors worked for it: about `seconds`, unless it had to wait its turn [s].
    megabytes
        The most memory that it held at one moment [MB].
    exit_code
        How it ended; below zero when it was stopped.
    lines
        What it told on its standard output, one JSON object a line, also when it was stopped.
    """

    seconds: float
    processor: float
    megabytes: float
    exit_code: int
    lines: list[Line]

    @property
    def stopped(self) -> bool:
        """Whether it was stopped because it took too long."""
        return self.exit_code < 0


def run_python(*arguments: str, most_seconds: float) -> Run:
    """Run `python -m` with these arguments from the root of the project.

    Raises
    ------
    RuntimeError
        When the command fails by itself, with what it wrote.
    """
    return run([sys.executable, "-m", *arguments], most_seconds)


def run(command: Sequence[str], most_seconds: float) -> Run:
    """Run a command and stop it when it takes too long.

    Raises
    ------
    RuntimeError
        When the command fails by itself, with what it wrote.
    """
    with TemporaryFile("w+", encoding="utf-8") as told, TemporaryFile("w+") as complaints:
        start = time.perf_counter()
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=told, stderr=complaints, cwd=ROOT
        )
        watch = Timer(most_seconds, process.kill)
        watch.start()
        # `wait4` and not `process.wait`: only it tells the memory of this one process.
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        watch.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
        told.seek(0)
        complaints.seek(0)
        if process.returncode > 0:
            raise RuntimeError(f"{command} ended with {process.returncode}:\n{complaints.read()}")
        return Run(
            seconds,
            usage.ru_utime + usage.ru_stime,
            usage.ru_maxrss * KILOBYTE / MEGABYTE,
            process.returncode,
            # Solvers greet on the same output, and who was stopped may have been halfway a line.
            [json.loads(line) for line in told if line[0] == "{" and line[-1] == "\n"],
        )
