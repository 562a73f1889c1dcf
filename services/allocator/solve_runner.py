"""Start, follow and end the processes that solve: at most so many, never longer than allowed."""

import asyncio
import logging
import os
import sys
import time
from asyncio.subprocess import Process
from collections.abc import AsyncGenerator
from contextlib import aclosing, suppress
from dataclasses import dataclass
from tempfile import TemporaryDirectory
from typing import Any, Literal

import anyio

from services.allocator.order import Order, written
from services.allocator.settings import Settings

log = logging.getLogger(__name__)

LONGEST_LINE = 2**28
_STDERR_KEPT = 8_000
_MEMORY_SIGNS = (
    "bad_alloc",
    "MemoryError",
    "Cannot allocate memory",
    "Memory allocation still failed",
    "failed to map segment",
)


@dataclass(frozen=True)
class Accepted:
    """The question is valid, and the solve begins."""


@dataclass(frozen=True)
class Refused:
    """The question has faults; `body` is the answer that tells them, as JSON."""

    body: str


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


Message = Accepted | Refused | Progressed | Solved | Failed | StillBusy
QUIET_SECONDS = 10.0


class TooManySolves(Exception):
    """All places for solves are taken."""


class Solvers:
    """The processes that solve: at most so many at a time, and one more that waits for an order.

    Loading the solver takes most of a second. So the next process is started as soon as one has
    begun to solve; it takes no place. One that ended meanwhile is replaced when it is needed.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._free = settings.max_parallel
        self._spare: Process | None = None
        self._starting: asyncio.Task[None] | None = None
        self._memories = TemporaryDirectory(prefix="evenwicht-memories-")

    @property
    def grace_seconds(self) -> float:
        """How long a solve may outlive its time limit [s]."""
        return self._settings.grace_seconds

    def take_place(self) -> None:
        """Take a place; raises TooManySolves when there is none."""
        if self._free == 0:
            raise TooManySolves
        self._free -= 1

    def give_place_back(self) -> None:
        """Give a taken place back."""
        self._free += 1

    def prepare(self) -> None:
        """Start the process that waits, unless there is one."""
        if self._spare is None and (self._starting is None or self._starting.done()):
            self._starting = asyncio.create_task(self._start_spare())

    async def stop(self) -> None:
        """End the process that waits, and forget what solves remembered."""
        if self._starting is not None:
            await self._starting
        if self._spare is not None:
            await _end(self._spare)
        self._memories.cleanup()

    async def take(self) -> Process:
        """Take the process that waits, or else a new one."""
        process, self._spare = self._spare, None
        if process is None or process.returncode is not None:
            return await self._start()
        return process

    async def give_back(self, process: Process, waits: bool) -> None:
        """Let a process go on waiting when it can, and end it otherwise."""
        if waits and self._spare is None:
            self._spare = process
        else:
            await _end(process)

    async def _start_spare(self) -> None:
        try:
            await self.give_back(await self._start(), waits=True)
        except OSError:
            log.exception("solve.no_spare")

    async def _start(self) -> Process:
        return await asyncio.create_subprocess_exec(
            sys.executable,
            *("-m", "services.allocator.solve_process"),
            *("--memory-mb", str(self._settings.memory_limit_mb)),
            *("--parent", str(os.getpid())),
            *("--memories", self._memories.name),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            limit=LONGEST_LINE,
        )


async def _end(process: Process) -> None:
    with suppress(ProcessLookupError):
        process.kill()
    await process.wait()


async def _hand_over(process: Process, order: Order) -> None:
    assert process.stdin is not None  # noqa: S101 - asked for above; tells mypy
    with suppress(BrokenPipeError, ConnectionResetError):
        process.stdin.write(written(order))
        await process.stdin.drain()


async def _last_words(process: Process) -> str:
    assert process.stderr is not None  # noqa: S101 - asked for above; tells mypy
    words = b""
    while chunk := await process.stderr.read(65_536):
        words = (words + chunk)[-_STDERR_KEPT:]
    return words.decode("utf-8", "replace")


async def _lines(process: Process, deadline: float) -> AsyncGenerator[Message]:
    assert process.stdout is not None  # noqa: S101 - asked for above; tells mypy
    while (left := deadline - time.monotonic()) > 0:
        try:
            line = await asyncio.wait_for(process.stdout.readline(), min(left, QUIET_SECONDS))
        except TimeoutError:
            yield StillBusy()
            continue
        if not line.endswith(b"\n"):
            return
        word, _, body = line.decode("utf-8").strip().partition(" ")
        yield _message(word, body)


def _message(word: str, body: str) -> Message:
    match word:
        case "accepted":
            return Accepted()
        case "invalid":
            return Refused(body)
        case "result":
            return Solved(body)
        case _:
            return Progressed(body)


async def solve(order: Order, solvers: Solvers) -> AsyncGenerator[Message]:
    """Solve a problem in a process of its own.

    Leaving the iteration early kills the process; so does the end of this process. It is also
    killed when it outlives its time limit by the grace time.

    Yields
    ------
    `Refused`, or `Accepted`, progress any number of times, and one `Solved`; `Failed` when there
    is no such end.
    """
    deadline = time.monotonic() + order.time_limit + solvers.grace_seconds
    process = await solvers.take()
    feeding = asyncio.create_task(_hand_over(process, order))
    listening = asyncio.create_task(_last_words(process))
    message: Message = StillBusy()
    try:
        async with aclosing(_lines(process, deadline)) as lines:
            async for message in lines:
                if isinstance(message, Accepted):
                    solvers.prepare()
                yield message
                if isinstance(message, Solved | Refused):
                    return
        if time.monotonic() >= deadline:
            yield Failed("timeLimit")
            return
        yield await _failure(process, listening)
    finally:
        with anyio.CancelScope(shield=True):
            await _cancelled(feeding, listening)
            await solvers.give_back(process, waits=isinstance(message, Refused))


async def _cancelled(*tasks: asyncio.Task[Any]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.wait(tasks)


async def _failure(process: Process, words: asyncio.Task[str]) -> Failed:
    last_words = await words
    code = await process.wait()
    log.error("solve.failed", extra={"exit_code": code, "stderr": last_words})
    memory = any(sign in last_words for sign in _MEMORY_SIGNS)
    return Failed("memory" if memory else "crash")
