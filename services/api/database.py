"""The database: SQLite or PostgreSQL, one transaction per request, committed at the edge."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AbstractContextManager, asynccontextmanager, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any, TypeVar

from fastapi import Depends, FastAPI, Request
from fastapi.concurrency import contextmanager_in_threadpool, run_in_threadpool
from sqlalchemy import (
    Column,
    Connection,
    DateTime,
    Dialect,
    Engine,
    Integer,
    MetaData,
    Table,
    create_engine,
    event,
    text,
)
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session
from sqlalchemy.types import TypeDecorator

# Every constraint has a predictable name, so that a later migration can change it.
NAMING_CONVENTION = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
metadata = MetaData(naming_convention=NAMING_CONVENTION)
# Always empty: whoever writes on PostgreSQL locks it first, so that one writes at a time.
write_turns = Table(
    "write_turns", metadata, Column("id", Integer, primary_key=True, autoincrement=False)
)
Read = TypeVar("Read")
Transaction = Callable[[Engine], AbstractContextManager[Session]]
_TAKE_TURN = text("LOCK TABLE write_turns IN SHARE ROW EXCLUSIVE MODE")

_WRITES = "evenwicht_writes"
# Longer than the longest transaction, which applies an import.
_BUSY_MILLISECONDS = 30_000
# Fewer than the connections that SQLAlchemy keeps for an engine (15).
_MOST_AT_ONCE = 10
# More threads would only take the interpreter from each other.
_MOST_SHORT_READS = 2


class UtcDateTime(TypeDecorator[datetime]):
    """A moment in UTC: aware in Python, on both databases; a naive time is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Store the moment in UTC; SQLite keeps no offset, so it must be the same for all."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs its offset from UTC")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Read the moment back, aware and in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def open_database(url: str) -> Engine:
    """Open a database without changing it, apart from the folder of a new SQLite file.

    Parameters
    ----------
    url
        SQLAlchemy address, such as `sqlite:///.evenwicht/evenwicht.sqlite`.
    """
    address = make_url(url)
    if address.get_backend_name() != "sqlite":
        return create_engine(address, pool_pre_ping=True)
    if address.database:
        Path(address.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(address)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # The driver must not begin transactions on its own: _begin_sqlite says which kind.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {_BUSY_MILLISECONDS}")
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    # A writer takes its turn at the start. If it read first and wrote later, SQLite would refuse
    # at once instead of waiting, because another writer may have changed what was read.
    writes = connection.get_execution_options().get(_WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def reading(engine: Engine) -> Iterator[Session]:
    """One transaction that sees one state of the data; what it changes is undone."""
    with Session(_with_one_view(engine), autoflush=False) as session:
        yield session


@contextmanager
def glancing(engine: Engine) -> Iterator[Session]:
    """Room for one short statement, which sees one state of the data by itself."""
    # The begin and the end of a transaction are two more trips to a server; SQLite has no trips.
    if engine.dialect.name == "sqlite":
        with reading(engine) as session:
            yield session
        return
    with (
        engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection,
        Session(connection, autoflush=False) as session,
    ):
        yield session


@contextmanager
def writing(engine: Engine) -> Iterator[Session]:
    """One transaction: all of it is kept at the end of the block, or nothing of it.

    One writes at a time, so it sees everything that was written before it, and the history has
    one order.
    """
    with Session(_for_writing(engine)) as session, session.begin():
        _take_turn(session)
        yield session


@contextmanager
def freezing(engine: Engine) -> Iterator[Session]:
    """One transaction that adds rows made from many others, all as they were at one moment."""
    with Session(_for_writing(_with_one_view(engine))) as session, session.begin():
        _take_turn(session)
        yield session


def _take_turn(session: Session) -> None:
    # SQLite takes its turn at BEGIN. On PostgreSQL this must be the first statement: locking does
    # not fix what the transaction sees, and anything read before would.
    if session.get_bind().dialect.name == "postgresql":
        session.execute(_TAKE_TURN)


def _for_writing(engine: Engine) -> Engine:
    return engine.execution_options(**{_WRITES: True})


def _with_one_view(engine: Engine) -> Engine:
    # SQLite always gives a transaction one view; PostgreSQL gives each statement its own.
    if engine.dialect.name == "sqlite":
        return engine
    return engine.execution_options(isolation_level="REPEATABLE READ")


class Turns:
    """Lets requests wait for the database in order of arrival, before they hold a thread.

    A request that waits for a connection, or for the one writer, inside a thread keeps that
    thread from the request it waits for: with more requests than threads all of them stop.
    """

    def __init__(self) -> None:
        self.all = asyncio.Semaphore(_MOST_AT_ONCE)
        self.short_reads = asyncio.Semaphore(_MOST_SHORT_READS)
        self.writers = asyncio.Lock()


@asynccontextmanager
async def reading_in_turn(app: FastAPI) -> AsyncIterator[Session]:
    """Read in the middle of a request, for as long as the block lasts and no longer."""
    turns: Turns = app.state.turns
    async with turns.all, contextmanager_in_threadpool(reading(app.state.engine)) as session:
        yield session


async def read_in_one_go(
    app: FastAPI, read: Callable[[Session], Read], *, by: Transaction = reading
) -> Read:
    """Read with one change of thread: what is asked most often should wait least."""
    turns: Turns = app.state.turns
    async with turns.short_reads:
        return await run_in_threadpool(_read, app.state.engine, read, by)


def _read(engine: Engine, read: Callable[[Session], Read], by: Transaction) -> Read:
    with by(engine) as session:
        return read(session)


async def _reading_for(request: Request) -> AsyncIterator[Session]:
    async with reading_in_turn(request.app) as session:
        yield session


async def _begun(request: Request, session: Session) -> None:
    """Let whoever wants to know look at a request when its transaction has begun."""
    request.state.session = session
    on_write: Callable[[Request, Session], Awaitable[None]] = request.app.state.on_write
    await on_write(request, session)


async def _writing_for(request: Request) -> AsyncIterator[Session]:
    turns: Turns = request.app.state.turns
    transaction = writing(request.app.state.engine)
    async with turns.writers, turns.all, contextmanager_in_threadpool(transaction) as session:
        await _begun(request, session)
        yield session


async def _freezing_for(request: Request) -> AsyncIterator[Session]:
    turns: Turns = request.app.state.turns
    transaction = freezing(request.app.state.engine)
    async with turns.writers, turns.all, contextmanager_in_threadpool(transaction) as session:
        await _begun(request, session)
        yield session


# scope="function": the transaction is committed before the answer is sent, so that nobody is told
# of a success that the database then refuses.
ReadSession = Annotated[Session, Depends(_reading_for, scope="function")]
WriteSession = Annotated[Session, Depends(_writing_for, scope="function")]
FreezeSession = Annotated[Session, Depends(_freezing_for, scope="function")]
