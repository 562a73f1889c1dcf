"""The processes of a whole system on this machine: started, watched, and stopped for certain."""

import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread
from typing import NoReturn

import httpx

from services.api.settings import environment_with

READY_SECONDS = 60.0
STOP_SECONDS = 10.0
ASK_AGAIN_SECONDS = 0.05
_LAST_LINES = 15


class CannotRun(Exception):
    """A process did not start, or ended by itself; the message holds the end of its log."""


@dataclass(frozen=True)
class Child:
    """One process and its log."""

    name: str
    process: subprocess.Popen[bytes]
    log: Path

    def must_run(self) -> None:
        """Complain, with the end of the log, when it has ended."""
        code = self.process.poll()
        if code is not None:
            lines = self.log.read_text(errors="replace").splitlines()[-_LAST_LINES:]
            raise CannotRun("\n".join([f"{self.name} ended with exit code {code}:", *lines]))


@dataclass(frozen=True)
class System:
    """Where a running system can be reached; its API is ready, the rest may still be starting."""

    api_url: str
    allocator_url: str
    database_url: str
    api: Child
    allocator: Child
    worker: Child

    def must_be_complete(self) -> None:
        """Wait until proposals can be computed.

        Raises
        ------
        CannotRun
            When that does not come about.
        """
        _wait(f"{self.allocator_url}/v1/health", self.allocator)
        self.must_still_run()

    def must_still_run(self) -> None:
        """Look whether all of it runs.

        Raises
        ------
        CannotRun
            When a process has ended.
        """
        for child in (self.api, self.allocator, self.worker):
            child.must_run()

    def keep_running(self) -> NoReturn:
        """Wait for as long as all of it runs, or until a signal raises an exception.

        Raises
        ------
        CannotRun
            As soon as a process ends.
        """
        one_ended = Event()

        def watch(process: subprocess.Popen[bytes]) -> None:
            process.wait()
            one_ended.set()

        for child in (self.api, self.allocator, self.worker):
            Thread(target=watch, args=(child.process,), daemon=True).start()
        while True:
            one_ended.wait()
            self.must_still_run()


@contextmanager
def running_system(folder: Path, api_port: int | None = None) -> Iterator[System]:
    """Keep a database, allocator, API and worker running while the block lasts.

    Parameters
    ----------
    folder
        Where databases and logs are kept.
    api_port
        TCP port for the API; a free one when not given or taken.

    Raises
    ------
    CannotRun
        When one of them does not become ready; the others are stopped then.
    """
    folder.mkdir(parents=True, exist_ok=True)
    allocator_port, port = _free_port(), _free_port(api_port)
    api_url, allocator_url = f"http://127.0.0.1:{port}", f"http://127.0.0.1:{allocator_port}"
    database_url = f"sqlite:///{folder.resolve() / 'evenwicht.sqlite'}"
    env = environment_with(
        DATABASE_URL=database_url,
        EVENWICHT_JOBS_DATABASE_URL=f"sqlite:///{folder.resolve() / 'jobs.sqlite'}",
        EVENWICHT_ALLOCATOR_URL=allocator_url,
        EVENWICHT_HOST="127.0.0.1",
        EVENWICHT_PORT=str(port),
        EVENWICHT_PUBLIC_URL=api_url,
        EVENWICHT_ALLOCATOR_HOST="127.0.0.1",
        EVENWICHT_ALLOCATOR_PORT=str(allocator_port),
    )
    with ExitStack() as stopping:
        # In this order because two cores are enough to be busy: the API first, since loading
        # figures needs nothing else; the rest starts meanwhile.
        api = stopping.enter_context(_child("serve-api", folder, env))
        _migrate(folder, env)
        _wait(f"{api_url}/v1/health/ready", api)
        allocator = stopping.enter_context(_child("serve-allocator", folder, env))
        worker = stopping.enter_context(_child("worker", folder, env))
        yield System(api_url, allocator_url, database_url, api, allocator, worker)


@contextmanager
def _child(command: str, folder: Path, env: dict[str, str]) -> Iterator[Child]:
    log = folder / f"{command}.log"
    with log.open("wb") as output:
        # A session of its own: Ctrl-C is for us, and we stop the others in order.
        process = subprocess.Popen(  # noqa: S603 - our own command, no text from outside
            [sys.executable, "-m", "services.commands", command],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=env,
            start_new_session=True,
        )
    try:
        yield Child(command, process, log)
    finally:
        _stop(process)


def _migrate(folder: Path, env: dict[str, str]) -> None:
    with _child("migrate", folder, env) as child:
        if child.process.wait():
            child.must_run()


def _stop(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _wait(url: str, child: Child) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while not _answers(url):
        child.must_run()
        if time.monotonic() > deadline:
            raise CannotRun(f"{child.name} gave no answer at {url} in {READY_SECONDS:g} s.")
        time.sleep(ASK_AGAIN_SECONDS)


def _answers(url: str) -> bool:
    try:
        return httpx.get(url, timeout=2.0).is_success
    except httpx.TransportError:
        return False


def _free_port(wanted: int | None = None) -> int:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", wanted or 0))
        except OSError:
            return _free_port()
        return int(probe.getsockname()[1])
