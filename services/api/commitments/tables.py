"""The tables of commitments: what was promised, and who signed it."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
    text,
)

from services.api.crud.columns import (
    change,
    counted_columns,
    member,
    origin_columns,
    own_id,
    owner,
    reference,
)
from services.api.database import UtcDateTime, metadata

_OPEN = text("state = 'offered'")

commitments = Table(
    "commitments",
    metadata,
    own_id(),
    change(),
    reference("municipality", "municipalities.code"),
    *counted_columns("households"),
    Column("basis", String(2000), nullable=False),
    *origin_columns(),
    Column("state", String(12), nullable=False),
    Column("round", Integer, nullable=False),
    reference("proposal", "proposals.id", null=True),
    CheckConstraint(
        "state IN ('draft', 'offered', 'agreed', 'amended', 'fulfilled', 'withdrawn', 'expired')",
        name="state",
    ),
    CheckConstraint("round >= 0", name="round"),
    Index(None, "state"),
)
commitment_groups = Table(
    "commitment_groups",
    metadata,
    owner("commitments.id"),
    member("group", "target_groups.id"),
)
commitment_periods = Table(
    "commitment_periods",
    metadata,
    owner("commitments.id"),
    member("period", "periods.id"),
)
commitment_parties = Table(
    "commitment_parties",
    metadata,
    owner("commitments.id"),
    member("organisation", "organisations.id"),
    Column("part", String(12), nullable=False),
    CheckConstraint("part IN ('host', 'responsible', 'corporation', 'care_provider')", name="part"),
)
commitment_amendments = Table(
    "commitment_amendments",
    metadata,
    own_id(),
    change(),
    Column(
        "commitment",
        String(64),
        ForeignKey("commitments.id", ondelete="CASCADE"),
        nullable=False,
    ),
    Column("round", Integer, nullable=False),
    *counted_columns("households"),
    Column("basis", String(2000), nullable=False),
    Column("reason", String(2000), nullable=False),
    Column("state", String(12), nullable=False),
    CheckConstraint("state IN ('offered', 'agreed', 'withdrawn')", name="state"),
    CheckConstraint("round >= 1", name="round"),
    UniqueConstraint("commitment", "round"),
    # At most one amendment of a commitment waits for signatures.
    Index(
        "ix_commitment_amendments_open",
        "commitment",
        unique=True,
        sqlite_where=_OPEN,
        postgresql_where=_OPEN,
    ),
)
# Of commitments and of trades: rows of different nouns, so there is no key to either.
signatures = Table(
    "signatures",
    metadata,
    Column("noun", String(40), primary_key=True),
    Column("row_id", String(64), primary_key=True),
    Column("round", Integer, primary_key=True, autoincrement=False),
    Column(
        "organisation",
        String(64),
        ForeignKey("organisations.id", ondelete="RESTRICT"),
        primary_key=True,
    ),
    Column("member", String(64), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("document_hash", String(64), nullable=False),
)
