"""The table of changes: every version of every row, who wrote it, and the chain over them."""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Index,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from services.api.database import UtcDateTime, metadata

# Rows are only ever added: triggers made by the migration refuse anything else.
changes = Table(
    "changes",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("chain", String(64), nullable=False),
    Column("number", BigInteger, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    # No foreign key: what somebody did outlives the account.
    Column("member", String(64), nullable=False),
    Column("action", String(20), nullable=False),
    Column("noun", String(40), nullable=False),
    Column("row_id", String(64), nullable=False),
    Column("version", BigInteger, nullable=False),
    Column("owners", Text, nullable=False),
    Column("reason", String(2000)),
    Column("origin", String(100), nullable=False),
    Column("request_id", String(64)),
    Column("document", Text),
    Column("previous", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
    CheckConstraint("version >= 1", name="version"),
    UniqueConstraint("chain", "number"),
    UniqueConstraint("noun", "row_id", "version"),
    Index("ix_changes_noun_id", "noun", "id"),
    Index("ix_changes_at", "at"),
)
