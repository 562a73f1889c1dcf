"""Start real processes for tests, wait until they are ready, and stop them for certain."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

ROOT = Path(__file__).resolve().parent.parent
EVENWICHT = (sys.executable, "-m", "services.commands")
POLL_SECONDS = 0.05


def free_tcp_port() -> int:
    """Find a TCP port on this machine that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until(ready: Callable[[], bool], what: str, seconds: float = 30.0) -> None:
    """Ask again and again until `ready` says yes; fail with `what` when it takes too long."""
    deadline = time.monotonic() + seconds
    while not ready():
        if time.monotonic() > deadline:
            raise AssertionError(f"after {seconds} s still not true: {what}")
        # Not a wait for luck: the answer is asked again, and the deadline is the only limit.
        time.sleep(POLL_SECONDS)


def answers(url: str) -> bool:
    """Whether a GET of this address answers 200."""
    try:
        return httpx.get(url, timeout=2.0).status_code == httpx.codes.OK
    except httpx.TransportError:
        return False


def run_evenwicht(
    *arguments: str, stdin: str = "", env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run one `evenwicht` command to its end and keep what it wrote."""
    return subprocess.run(
        [*EVENWICHT, *arguments],
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env={**os.environ, **(env or {})},
        timeout=120,
    )


@contextmanager
def running(
    command: Sequence[str],
    log: Path,
    ready: Callable[[], bool],
    env: Mapping[str, str] | None = None,
    seconds: float = 60.0,
) -> Iterator[subprocess.Popen[bytes]]:
    """Keep a process running while the block lasts.

    Parameters
    ----------
    command
        Program and arguments.
    log
        File that receives what the process writes; shown when it does not become ready.
    ready
        Says whether the process can be used.
    env
        Environment variables on top of our own.
    seconds
        How long it may take to become ready [s].

    Raises
    ------
    AssertionError
        When the process ends before it is ready, or is not ready in time.
    """
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd=ROOT,
            env={**os.environ, **(env or {})},
        )
    try:
        wait_until(lambda: process.poll() is not None or ready(), f"{command} is ready", seconds)
        if process.poll() is not None:
            raise AssertionError(f"{command} ended with {process.returncode}:\n{log.read_text()}")
        yield process
    finally:
        stop(process)


@dataclass(frozen=True)
class Allocator:
    """A running allocator: its base address and its process."""

    url: str
    process_id: int

    def children(self) -> list[int]:
        """Give the process ids of the solves that it runs now (Linux)."""
        return self._children_called("evenwicht-solve")

    def spares(self) -> list[int]:
        """Give the process ids of its processes that wait for a problem (Linux)."""
        return self._children_called("evenwicht-waits")

    def _children_called(self, name: str) -> list[int]:
        told = Path(f"/proc/{self.process_id}/task/{self.process_id}/children").read_text()
        return [int(child) for child in told.split() if _name(child) == name]


def is_gone(process_id: int) -> bool:
    """Whether no process has this id any more (Linux)."""
    return not Path(f"/proc/{process_id}").exists()


def _name(process_id: str) -> str:
    try:
        return Path(f"/proc/{process_id}/comm").read_text().strip()
    except OSError:
        return "gone"


@contextmanager
def running_allocator(folder: Path, **settings: str) -> Iterator[Allocator]:
    """Keep an allocator process running while the block lasts.

    `settings` are its settings by name in capitals, such as `MAX_PARALLEL="1"`; its log is
    `folder/allocator.log`.
    """
    port = free_tcp_port()
    url = f"http://127.0.0.1:{port}"
    names = {"PORT": str(port), **settings}
    env = {f"EVENWICHT_ALLOCATOR_{name}": value for name, value in names.items()}
    command = [*EVENWICHT, "serve-allocator"]
    log = folder / "allocator.log"
    with running(command, log, lambda: answers(f"{url}/v1/health"), env) as process:
        yield Allocator(url, process.pid)


def stop(process: subprocess.Popen[bytes], seconds: float = 15.0) -> int:
    """Ask a process to stop, insist when it does not, and give its exit code."""
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.kill()
    return process.wait()
