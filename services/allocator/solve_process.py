"""One solve in an operating system process of its own.

It is started ahead: it loads the solver, which takes most of a second, and waits for an order on
stdin. Each line on stdout is a word and a JSON document. `invalid {...}` refuses an order, and
the process waits for another; `accepted {}`, `progress {...}` any number of times and then
`result {...}` are the answer, and the end of the process. A solve holds a processor for minutes
and its memory is the solver's, so only the end of a process gives both back for certain.
"""

import argparse
import ctypes
import json
import os
import resource
import signal
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from services.allocator.order import Order, Task, read_order
from services.allocator.own_process import become_quick
from shared.faults import InvalidDocument
from shared.problem_json import invalid_document_body

if TYPE_CHECKING:
    from services.allocator.service import Progress
    from shared.contract.problem import Problem
    from shared.contract.repairs import RepairAnswer
    from shared.contract.result import Result

_PR_SET_PDEATHSIG = 1
_PR_SET_NAME = 15
# What the process is called in the process table, at most 15 characters.
WAITS = "evenwicht-waits"
SOLVES = "evenwicht-solve"
# The plan must not depend on luck: every solve draws the same random numbers.
SEED = 0


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="solve_process", description=__doc__)
    parser.add_argument("--memory-mb", type=int, required=True)
    parser.add_argument("--parent", type=int, required=True, help="process id to die with")
    parser.add_argument("--memories", type=Path, required=True, help="what earlier solves left")
    return parser.parse_args(argv)


def _die_with(parent: int) -> None:
    """Have the kernel end this process when its parent ends, however that happens."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        sys.exit("the process that asked for this solve is gone")


def _call_it(name: str) -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_NAME, name.encode())


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
        "mostLevels": progress.most_levels,
        "best": progress.best,
        "elapsedSeconds": round(progress.elapsed_seconds, 3),
    }
    return {name: value for name, value in fields.items() if value is not None}


def main(argv: Sequence[str] | None = None) -> None:
    """Wait for a valid problem on stdin, solve it, and write progress and result to stdout."""
    arguments = _arguments(argv)
    _die_with(arguments.parent)
    _limit_memory(arguments.memory_mb)
    _call_it(WAITS)
    become_quick()
    lines = _claim_stdout()
    # Imported under the memory ceiling, and after the check that somebody still waits for us.
    from services.allocator.advice import advise
    from services.allocator.memories import Memories
    from services.allocator.service import SolveLimits, allocate_again

    memories = Memories(arguments.memories)
    tasks: dict[Task, Callable[..., Result | RepairAnswer]] = {
        "allocations": memories.used_by(allocate_again),
        "repairs": advise,
    }

    def tell(word: str, document: str) -> None:
        lines.write(f"{word} {document}\n")
        lines.flush()

    while (order := read_order(sys.stdin.buffer)) is not None:
        _call_it(SOLVES)
        try:
            problem = _read(order)
        except InvalidDocument as refused:
            tell("invalid", json.dumps(invalid_document_body(refused)))
            _call_it(WAITS)
            continue
        tell("accepted", "{}")
        result = tasks[order.task](
            problem,
            SolveLimits(order.time_limit, order.threads, SEED, order.certificate),
            lambda progress: tell("progress", json.dumps(progress_fields(progress))),
        )
        tell("result", result.model_dump_json())
        return


def _read(order: Order) -> "Problem":
    from shared.contract.reading import read_problem

    try:
        problem = read_problem(order.problem)
    except InvalidDocument as error:
        raise InvalidDocument([*order.faults, *error.faults]) from error
    if order.faults:
        raise InvalidDocument(order.faults)
    return problem


if __name__ == "__main__":
    main()
