"""The table of stored answers."""

from sqlalchemy import Column, Integer, String, Table, Text

from services.api.database import UtcDateTime, metadata

stored_answers = Table(
    "stored_answers",
    metadata,
    # No foreign key: a member may go while its answers are still kept.
    Column("member", String(64), primary_key=True),
    Column("key", String(255), primary_key=True),
    Column("fingerprint", String(64), nullable=False),
    Column("status", Integer, nullable=False),
    Column("headers", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("stored_at", UtcDateTime, nullable=False, index=True),
)
