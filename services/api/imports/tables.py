"""The table of imports: files that wait to be applied, and what became of them."""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Index,
    LargeBinary,
    String,
    Table,
    Text,
)

from services.api.database import UtcDateTime, metadata

imports = Table(
    "imports",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("noun", String(40), nullable=False),
    Column("profile", String(20)),
    Column("file_name", String(200)),
    Column("state", String(12), nullable=False),
    # The rows as they were read, compressed; gone once they are applied, or after a day.
    Column("file", LargeBinary),
    Column("media_type", String(100), nullable=False),
    Column("columns", Text, nullable=False),
    Column("choices", Text),
    Column("counts", Text),
    Column("owned_by", String(64), nullable=False),
    Column("member", String(64), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("applied_at", UtcDateTime),
    Column("change", BigInteger),
    CheckConstraint("state IN ('uploaded', 'ready', 'applied', 'failed')", name="state"),
    Index("ix_imports_owned_by_created_at", "owned_by", "created_at"),
    Index("ix_imports_created_at", "created_at"),
)
