"""The table of adoptions."""

from sqlalchemy import BigInteger, CheckConstraint, Column, ForeignKey, Integer, String, Table, Text

from services.api.crud.columns import own_id
from services.api.database import UtcDateTime, metadata

adoptions = Table(
    "adoptions",
    metadata,
    own_id(),
    # Unique: of all who adopt a proposal at the same moment, one does.
    Column(
        "proposal",
        String(64),
        ForeignKey("proposals.id", ondelete="RESTRICT"),
        nullable=False,
        unique=True,
    ),
    Column("region", String(64), nullable=False),
    Column("reason", String(2000), nullable=False),
    Column("adopted_by", String(64), nullable=False),
    Column("organisation", String(64), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("rows", Text),
    Column("commitments", Integer, nullable=False),
    Column("snapshot_change", BigInteger),
    CheckConstraint("commitments > 0", name="commitments"),
)
