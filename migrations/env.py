"""Runs migrations, for `evenwicht migrate` and for Alembic's own command line."""

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
    with context.begin_transaction():
        context.run_migrations()
    connection.commit()


given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    with open_database(Settings().database_url).connect() as own:
        run(own)
