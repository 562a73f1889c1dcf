"""One solve in an operating system process of its own.

The problem comes in on stdin as JSON. Each line on stdout is a word and a JSON document:
`progress {...}` any number of times, then `result {...}`. A solve holds a processor for minutes
and its memory is the solver's, so only the end of a process gives both back for certain.
"""

import argparse
import ctypes
import json
import os
import resource
import signal
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, TextIO

from shared.contract.reading import read_problem

if TYPE_CHECKING:
    from services.allocator.service import Progress

_PR_SET_PDEATHSIG = 1
# The plan must not depend on luck: every solve draws the same random numbers.
SEED = 0


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="solve_process", description=__doc__)
    parser.add_argument("--time-limit", type=float, required=True, help="seconds")
    parser.add_argument("--threads", type=int, required=True)
    parser.add_argument("--memory-mb", type=int, required=True)
    parser.add_argument("--parent", type=int, required=True, help="process id to die with")
    return parser.parse_args(argv)


def _die_with(parent: int) -> None:
    """Have the kernel end this process when its parent ends, however that happens."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        sys.exit("the process that asked for this solve is gone")


def _limit_memory(megabytes: int) -> None:
    ceiling = megabytes * 1_000_000
    resource.setrlimit(resource.RLIMIT_AS, (ceiling, ceiling))


def _claim_stdout() -> TextIO:
    """Keep stdout for our own lines; what a library prints goes to stderr."""
    lines = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return lines


def progress_fields(progress: "Progress") -> dict[str, str | int | float]:
    """Write progress as it goes over the wire: camelCase, without what does not apply."""
    fields = {
        "stage": progress.objective,
        "tier": progress.tier,
        "level": progress.level,
        "elapsedSeconds": round(progress.elapsed_seconds, 3),
    }
    return {name: value for name, value in fields.items() if value is not None}


def main(argv: Sequence[str] | None = None) -> None:
    """Solve the problem on stdin and write progress and result to stdout."""
    arguments = _arguments(argv)
    _die_with(arguments.parent)
    _limit_memory(arguments.memory_mb)
    lines = _claim_stdout()
    # Imported under the memory ceiling, and after the check that somebody still waits for us.
    from services.allocator.service import SolveLimits, allocate

    def report(progress: "Progress") -> None:
        lines.write(f"progress {json.dumps(progress_fields(progress))}\n")
        lines.flush()

    limits = SolveLimits(time_limit=arguments.time_limit, threads=arguments.threads, seed=SEED)
    result = allocate(read_problem(sys.stdin.buffer.read()), limits, report)
    lines.write(f"result {result.model_dump_json()}\n")
    lines.flush()


if __name__ == "__main__":
    main()
