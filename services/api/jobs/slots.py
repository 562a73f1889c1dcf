"""Which worker am I? Every worker process has its own executor id, and keeps it for certain.

The queue gives unfinished jobs back to the executor that had them, so two processes with one id
would run one job twice. On SQLite there is one worker, guarded by a lock on a file. On
PostgreSQL a worker holds an advisory lock on its slot for as long as it lives: the server drops
it when the process dies, and that is how others see it.
"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Protocol

from sqlalchemy import Connection, Engine, create_engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

SLOTS = 64
# Any number will do, as long as nobody else in this database uses it for advisory locks.
_LOCK_SPACE = 0x45564557
_PREFIX = "worker-"


class NoFreeSlot(Exception):
    """Another worker already works on this queue, or all slots are taken."""


class Slot(Protocol):
    """A worker's place, and its view on the others."""

    executor_id: str

    def is_kept(self) -> bool:
        """Whether the slot is still ours."""

    def is_gone(self, executor_id: str) -> bool:
        """Whether no process holds that executor id."""


class OnlySlot:
    """The one worker of a SQLite queue."""

    executor_id = f"{_PREFIX}1"

    def is_kept(self) -> bool:
        """Answer yes: the file lock lasts as long as the process."""
        return True

    def is_gone(self, executor_id: str) -> bool:
        """Answer no: there is no other worker."""
        return False


class NumberedSlot:
    """One of many workers on a PostgreSQL queue."""

    def __init__(self, connection: Connection, number: int) -> None:
        self._connection = connection
        self.executor_id = f"{_PREFIX}{number}"

    def is_kept(self) -> bool:
        """Ask the server; raises the driver's error when the connection, and the lock, is lost."""
        return self._connection.scalar(text("SELECT true")) is True

    def is_gone(self, executor_id: str) -> bool:
        """Try its lock: whoever gets it knows that the holder is gone."""
        number = int(executor_id.removeprefix(_PREFIX))
        gone = _locked(self._connection, number)
        if gone:
            _unlock(self._connection, number)
        return gone


@contextmanager
def own_slot(jobs_database_url: str) -> Iterator[Slot]:
    """Hold a slot while the block lasts.

    Raises
    ------
    NoFreeSlot
        When there is none.
    """
    url = make_url(jobs_database_url)
    if url.get_backend_name() == "sqlite":
        with _locked_file(Path(f"{url.database}.lock")):
            yield OnlySlot()
        return
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    try:
        with _numbered(engine) as slot:
            yield slot
    finally:
        engine.dispose()


@contextmanager
def _numbered(engine: Engine) -> Iterator[Slot]:
    with engine.connect() as connection:
        number = next((n for n in range(1, SLOTS + 1) if _locked(connection, n)), None)
        if number is None:
            raise NoFreeSlot(f"All {SLOTS} worker slots are taken.")
        try:
            yield NumberedSlot(connection, number)
        finally:
            # When the connection is lost, so is the lock.
            with suppress(DBAPIError):
                _unlock(connection, number)


def _locked(connection: Connection, number: int) -> bool:
    query = text("SELECT pg_try_advisory_lock(:space, :number)")
    return connection.scalar(query, {"space": _LOCK_SPACE, "number": number}) is True


def _unlock(connection: Connection, number: int) -> None:
    query = text("SELECT pg_advisory_unlock(:space, :number)")
    connection.execute(query, {"space": _LOCK_SPACE, "number": number})


@contextmanager
def _locked_file(path: Path) -> Iterator[None]:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as taken:
            message = f"Another worker holds {path}; a SQLite queue has one worker."
            raise NoFreeSlot(message) from taken
        yield
