"""Start, follow and end the processes that solve: at most so many, never longer than allowed."""

import asyncio
import logging
import os
import sys
import time
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing, asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Literal

import anyio

from services.allocator.settings import Settings

log = logging.getLogger(__name__)

LONGEST_LINE = 2**28
_STDERR_KEPT = 8_000
_MEMORY_SIGNS = ("bad_alloc", "MemoryError", "Cannot allocate memory", "failed to map segment")


@dataclass(frozen=True)
class Progressed:
    """The solve has come further; `body` is a JSON object."""

    body: str


@dataclass(frozen=True)
class Solved:
    """The solve is done; `body` is a Result as JSON."""

    body: str


@dataclass(frozen=True)
class Failed:
    """The solve gave no result."""

    reason: Literal["timeLimit", "memory", "crash"]


@dataclass(frozen=True)
class StillBusy:
    """Nothing new for a while; sent so that nobody takes the silence for a lost connection."""


Message = Progressed | Solved | Failed | StillBusy
QUIET_SECONDS = 10.0


class TooManySolves(Exception):
    """All places for solves are taken."""


class SolvePlaces:
    """Counts the solves that run now."""

    def __init__(self, places: int) -> None:
        self._free = places

    def take(self) -> None:
        """Take a place; raises TooManySolves when there is none."""
        if self._free == 0:
            raise TooManySolves
        self._free -= 1

    def give_back(self) -> None:
        """Give a taken place back."""
        self._free += 1


@asynccontextmanager
async def _solver(
    settings: Settings, time_limit: float, threads: int
) -> AsyncIterator[asyncio.subprocess.Process]:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "services.allocator.solve_process"),
        *("--time-limit", str(time_limit)),
        *("--threads", str(threads)),
        *("--memory-mb", str(settings.memory_limit_mb)),
        *("--parent", str(os.getpid())),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        limit=LONGEST_LINE,
    )
    try:
        yield process
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        with anyio.CancelScope(shield=True):
            await process.wait()


async def _hand_over(process: asyncio.subprocess.Process, problem: bytes) -> None:
    assert process.stdin is not None  # noqa: S101 - asked for above; tells mypy
    with suppress(BrokenPipeError, ConnectionResetError):
        process.stdin.write(problem)
        await process.stdin.drain()
    process.stdin.close()


async def _last_words(process: asyncio.subprocess.Process) -> str:
    assert process.stderr is not None  # noqa: S101 - asked for above; tells mypy
    words = b""
    while chunk := await process.stderr.read(65_536):
        words = (words + chunk)[-_STDERR_KEPT:]
    return words.decode("utf-8", "replace")


async def _lines(process: asyncio.subprocess.Process, deadline: float) -> AsyncGenerator[Message]:
    assert process.stdout is not None  # noqa: S101 - asked for above; tells mypy
    while (left := deadline - time.monotonic()) > 0:
        try:
            line = await asyncio.wait_for(process.stdout.readline(), min(left, QUIET_SECONDS))
        except TimeoutError:
            yield StillBusy()
            continue
        if not line.endswith(b"\n"):
            return
        word, _, body = line.decode("utf-8").partition(" ")
        yield Solved(body.strip()) if word == "result" else Progressed(body.strip())


async def solve(
    problem: bytes, settings: Settings, time_limit: float, threads: int
) -> AsyncGenerator[Message]:
    """Solve a problem in a process of its own.

    Leaving the iteration early kills the process; so does the end of this process.

    Parameters
    ----------
    problem
        A valid Problem as JSON.
    settings
        Memory ceiling and grace time of a solve.
    time_limit
        Time for the solve itself [s]; killed when it outlives this by the grace time.
    threads
        Threads for the solver.

    Yields
    ------
    Progress any number of times, then one `Solved` or `Failed`.
    """
    deadline = time.monotonic() + time_limit + settings.grace_seconds
    async with _solver(settings, time_limit, threads) as process:
        feeding = asyncio.create_task(_hand_over(process, problem))
        listening = asyncio.create_task(_last_words(process))
        try:
            async with aclosing(_lines(process, deadline)) as lines:
                async for message in lines:
                    yield message
                    if isinstance(message, Solved):
                        return
            if time.monotonic() >= deadline:
                yield Failed("timeLimit")
                return
            yield await _failure(process, listening)
        finally:
            feeding.cancel()
            listening.cancel()


async def _failure(process: asyncio.subprocess.Process, words: asyncio.Task[str]) -> Failed:
    last_words = await words
    code = await process.wait()
    log.error("solve.failed", extra={"exit_code": code, "stderr": last_words})
    memory = any(sign in last_words for sign in _MEMORY_SIGNS)
    return Failed("memory" if memory else "crash")
