"""Bring the database to the newest layout, and tell whether it is there."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

from services.api.baseline import write_first_versions
from services.api.database import open_database
from services.api.settings import Settings

_NEWEST = "head"
MIGRATIONS = Path(__file__).resolve().parents[2] / "migrations"


def migrate(settings: Settings, revision: str = _NEWEST) -> None:
    """Change the database's layout step by step up to a revision.

    At the newest one, rows that are older than the history get their first version.

    Parameters
    ----------
    settings
        Say which database.
    revision
        Where to stop; the newest by default.
    """
    engine = open_database(settings.database_url)
    try:
        with engine.connect() as connection:
            config = configuration()
            config.attributes["connection"] = connection
            command.upgrade(config, revision)
        if revision == _NEWEST:
            write_first_versions(engine)
    finally:
        engine.dispose()


def configuration() -> Config:
    """Configure Alembic without an ini file."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    return config


def is_migrated(engine: Engine) -> bool:
    """Whether the database has the newest layout that this program knows."""
    newest = set(ScriptDirectory.from_config(configuration()).get_heads())
    with engine.connect() as connection:
        return set(MigrationContext.configure(connection).get_current_heads()) == newest
