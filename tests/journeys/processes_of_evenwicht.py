"""Real API, worker and allocator processes, and what a planner's program does with them."""

import json
import os
import signal
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import httpx

from services.api.database import open_database
from services.api.demo.conversation import load
from services.api.demo.stable_ids import with_stable_ids
from tests.journeys.small_region import SMALL_REGION
from tests.keys import administrator_key, bearer
from tests.processes import EVENWICHT, answers, free_tcp_port, run_evenwicht, running, wait_until

ENDED = {"ready", "infeasible", "failed", "cancelled"}
Row = dict[str, Any]


@dataclass
class Allocator:
    """An allocator process that can be frozen, killed and started again at the same address."""

    folder: Path
    port: int = field(default_factory=free_tcp_port)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @contextmanager
    def running(self) -> Iterator[subprocess.Popen[bytes]]:
        env = {"EVENWICHT_ALLOCATOR_PORT": str(self.port)}
        command = [*EVENWICHT, "serve-allocator"]
        log = self.folder / f"allocator-{len(list(self.folder.glob('allocator-*')))}.log"
        with running(command, log, lambda: answers(f"{self.url}/v1/health"), env) as process:
            yield process


@dataclass
class Installation:
    """A database with its queue and settings; API and workers are processes."""

    folder: Path
    database_url: str
    jobs_database_url: str
    allocator_url: str
    settings: Mapping[str, str] = field(default_factory=dict)

    @property
    def env(self) -> dict[str, str]:
        return {
            "DATABASE_URL": self.database_url,
            "EVENWICHT_JOBS_DATABASE_URL": self.jobs_database_url,
            "EVENWICHT_ALLOCATOR_URL": self.allocator_url,
            **self.settings,
        }

    def asking(self, allocator_url: str, folder: Path, **settings: str) -> "Installation":
        """The same installation, with another allocator, and its logs elsewhere."""
        return replace(self, allocator_url=allocator_url, folder=folder, settings=settings)

    def migrate(self) -> None:
        done = run_evenwicht("migrate", env=self.env)
        assert done.returncode == 0, done.stderr

    def key(self) -> str:
        """Make a new key of an administrator."""
        engine = open_database(self.database_url)
        try:
            return administrator_key(engine)
        finally:
            engine.dispose()

    @contextmanager
    def api(self) -> Iterator["Planner"]:
        port = free_tcp_port()
        url = f"http://127.0.0.1:{port}"
        command = [*EVENWICHT, "serve-api"]
        env = {**self.env, "EVENWICHT_PORT": str(port)}
        log = self.folder / "api.log"
        with (
            running(command, log, lambda: answers(f"{url}/v1/health/ready"), env),
            httpx.Client(base_url=url, headers=bearer(self.key()), timeout=30.0) as client,
        ):
            yield Planner(client)

    @contextmanager
    def worker(self, name: str = "worker") -> Iterator[subprocess.Popen[bytes]]:
        log = self.folder / f"{name}.log"

        def ready() -> bool:
            return "worker.ready" in log.read_text()

        with running([*EVENWICHT, "worker"], log, ready, self.env) as process:
            yield process

    def events(self, name: str = "worker") -> list[Row]:
        lines = (self.folder / f"{name}.log").read_text().splitlines()
        return [json.loads(line) for line in lines if line.startswith("{")]


@dataclass
class Planner:
    """A planner's program: everything it knows comes over HTTP."""

    client: httpx.Client

    def loads_the_small_region(self) -> None:
        load(self.client, with_stable_ids(SMALL_REGION), lambda noun, rows: None)

    def asks(self, question: Row) -> str:
        response = self.client.post("/v1/proposals", json=question)
        assert response.status_code == 202, response.text
        return str(response.headers["Location"])

    def reads(self, address: str) -> Any:
        response = self.client.get(address)
        assert response.status_code == 200, response.text
        return response.json()

    def state(self, address: str) -> str:
        return str(self.reads(address)["state"])

    def waits_until(self, address: str, *states: str, seconds: float = 60.0) -> Row:
        wait_until(lambda: self.state(address) in states, f"{address} is one of {states}", seconds)
        proposal: Row = self.reads(address)
        return proposal

    def waits_for_the_end(self, address: str, seconds: float = 60.0) -> Row:
        return self.waits_until(address, *ENDED, seconds=seconds)


@contextmanager
def frozen(process: subprocess.Popen[bytes]) -> Iterator[None]:
    """Hold a process still while the block lasts: it is there, and does nothing."""
    os.kill(process.pid, signal.SIGSTOP)
    try:
        yield
    finally:
        if process.poll() is None:
            os.kill(process.pid, signal.SIGCONT)


def killed(process: subprocess.Popen[bytes]) -> None:
    """End a process without any warning."""
    process.kill()
    process.wait()
