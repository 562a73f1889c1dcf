"""The table of webhooks: where events go to, and how far they have come."""

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    Integer,
    String,
    Table,
)

from services.api.crud.columns import own_id
from services.api.database import UtcDateTime, metadata

webhooks = Table(
    "webhooks",
    metadata,
    own_id(),
    Column(
        "organisation",
        String(64),
        ForeignKey("organisations.id", ondelete="CASCADE"),
        nullable=False,
        index=True,
    ),
    Column("url", String(500), nullable=False),
    # Nothing means all nouns.
    Column("nouns", JSON(none_as_null=True)),
    Column("generation", Integer, nullable=False),
    Column("rotated_at", UtcDateTime),
    Column("state", String(10), nullable=False),
    # The last change that was delivered, or passed over because it is not for this receiver.
    Column("position", BigInteger, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("next_attempt_at", UtcDateTime),
    Column("lease_until", UtcDateTime),
    Column("last_status", Integer),
    Column("failing_since", UtcDateTime),
    Column("change", BigInteger),
    CheckConstraint("state IN ('active', 'paused')", name="state"),
    CheckConstraint("generation >= 1", name="generation"),
    CheckConstraint("position >= 0", name="position"),
    CheckConstraint("failures >= 0", name="failures"),
)
