"""The table of proposals: the frozen question, how far it is, and its answer."""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Float,
    Index,
    Integer,
    String,
    Table,
    Text,
)

from services.api.crud.columns import own_id
from services.api.database import UtcDateTime, metadata

proposals = Table(
    "proposals",
    metadata,
    own_id(),
    Column("name", String(200)),
    # No foreign key: a proposal is a snapshot, and outlives the rows it was made from.
    Column("region", String(64), nullable=False),
    Column("request", Text, nullable=False),
    Column("problem", Text, nullable=False),
    Column("problem_hash", String(80), nullable=False),
    Column("time_limit_seconds", Float, nullable=False),
    Column("state", String(12), nullable=False),
    Column("attempt", Integer, nullable=False),
    Column("stage", String(40)),
    Column("tier", Integer),
    Column("level", Integer),
    Column("most_levels", Integer),
    Column("best", Float),
    Column("elapsed_seconds", Float),
    Column("reason", Text),
    Column("result", Text),
    Column("created_at", UtcDateTime, nullable=False),
    Column("started_at", UtcDateTime),
    Column("ended_at", UtcDateTime),
    # The newest change that the question can hold, and when that was written.
    Column("snapshot_change", BigInteger),
    Column("snapshot_at", UtcDateTime),
    Column("asked_by", String(64)),
    Column("left_out", Text),
    CheckConstraint(
        "state IN ('queued', 'running', 'ready', 'infeasible', 'failed', 'cancelled')",
        name="state",
    ),
    # An answer exists exactly when the proposal says that it has one.
    CheckConstraint("(result IS NOT NULL) = (state IN ('ready', 'infeasible'))", name="result"),
    CheckConstraint(
        "(ended_at IS NOT NULL) = (state IN ('ready', 'infeasible', 'failed', 'cancelled'))",
        name="ended_at",
    ),
    CheckConstraint("(reason IS NOT NULL) = (state = 'failed')", name="reason"),
    Index("ix_proposals_state_created_at", "state", "created_at"),
    Index("ix_proposals_created_at_id", "created_at", "id"),
)
