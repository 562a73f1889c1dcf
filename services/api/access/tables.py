"""The tables of organisations, members, roles and keys."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    String,
    Table,
)

from services.api.access.actor import Kind
from services.api.database import UtcDateTime, metadata

# As the database keeps roles; on the wire `editor` is municipalEditor and `planner` is
# regionalPlanner (see `services.api.access.lookup`).
STORED_ROLES = ("reader", "editor", "planner", "signatory", "administrator", "auditor")


def _one_of(values: tuple[str, ...]) -> str:
    return ", ".join(f"'{value}'" for value in values)


organisations = Table(
    "organisations",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("change", BigInteger),
    Column("name", String(200), nullable=False),
    Column("oin", String(20), unique=True),
    Column("kind", String(20), nullable=False),
    Column("region", String(64), ForeignKey("regions.id", ondelete="RESTRICT"), index=True),
    Column("valid_from", Date),
    Column("valid_to", Date),
    CheckConstraint(f"kind IN ({_one_of(tuple(Kind))})", name="kind"),
    CheckConstraint("(kind = 'region') = (region IS NOT NULL)", name="region"),
)
organisation_municipalities = Table(
    "organisation_municipalities",
    metadata,
    Column(
        "owner",
        String(64),
        ForeignKey("organisations.id", ondelete="CASCADE"),
        primary_key=True,
    ),
    Column(
        "municipality",
        String(64),
        ForeignKey("municipalities.code", ondelete="RESTRICT"),
        primary_key=True,
        index=True,
    ),
)
members = Table(
    "members",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("change", BigInteger),
    Column(
        "organisation",
        String(64),
        ForeignKey("organisations.id", ondelete="RESTRICT"),
        nullable=False,
        index=True,
    ),
    Column("label", String(200), nullable=False),
    Column("subject", String(255), unique=True),
    Column("active", Boolean, nullable=False),
)
member_roles = Table(
    "member_roles",
    metadata,
    Column("owner", String(64), ForeignKey("members.id", ondelete="CASCADE"), primary_key=True),
    Column("role", String(20), primary_key=True),
    CheckConstraint(f"role IN ({_one_of(STORED_ROLES)})", name="role"),
)
api_keys = Table(
    "api_keys",
    metadata,
    Column("id", String(8), primary_key=True),
    Column("change", BigInteger),
    Column(
        "member",
        String(64),
        ForeignKey("members.id", ondelete="CASCADE"),
        nullable=False,
        index=True,
    ),
    Column("hash", String(64), nullable=False, unique=True),
    Column("label", String(200), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime),
    Column("revoked_at", UtcDateTime),
)
