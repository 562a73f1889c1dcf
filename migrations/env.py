"""Runs migrations, for `evenwicht migrate` and for Alembic's own command line."""

from collections.abc import Iterator
from contextlib import contextmanager

from alembic import context
from sqlalchemy import Connection

from services.api.database import open_database
from services.api.settings import Settings
from services.api.tables import metadata


def run(connection: Connection) -> None:
    """Run the migrations that this connection's database lacks, in one transaction."""
    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_as_batch=True,
        compare_type=True,
    )
    with unchecked_references(connection):
        with context.begin_transaction():
            context.run_migrations()
        refuse_broken_references(connection)
        connection.commit()


@contextmanager
def unchecked_references(connection: Connection) -> Iterator[None]:
    """Let SQLite rebuild a table; dropping the old one would empty every table that refers to it.

    The switch does nothing inside a transaction, so it is turned before one begins.
    """
    if connection.dialect.name != "sqlite":
        yield
        return
    switch = connection.connection.dbapi_connection
    assert switch is not None  # noqa: S101 - a connection that is open has one
    cursor = switch.cursor()
    cursor.execute("PRAGMA foreign_keys = OFF")
    try:
        yield
    finally:
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.close()


def refuse_broken_references(connection: Connection) -> None:
    """Undo everything when a reference leads nowhere, which SQLite did not look at meanwhile."""
    if connection.dialect.name == "sqlite":
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchmany(10)
        if broken:
            raise RuntimeError(f"The migration broke references: {broken}")


given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    with open_database(Settings().database_url).connect() as own:
        run(own)
