"""Add organisations, their members, roles and keys.

Revision ID: 2026_11_24_add_organisations
Revises: 2026_11_24_keep_every_version
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "2026_11_24_add_organisations"
down_revision = "2026_11_24_keep_every_version"
branch_labels = None
depends_on = None

KINDS = (
    "kind IN ('municipality', 'region', 'province', 'corporation', 'care_provider', "
    "'national_body', 'auditor')"
)
ROLES = "role IN ('reader', 'editor', 'planner', 'signatory', 'administrator', 'auditor')"


def upgrade() -> None:
    op.create_table(
        "organisations",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("change", sa.BigInteger()),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("oin", sa.String(20), unique=True),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("region", *_to("regions.id", "RESTRICT"), index=True),
        sa.Column("valid_from", sa.Date()),
        sa.Column("valid_to", sa.Date()),
        sa.CheckConstraint(KINDS, name="kind"),
        sa.CheckConstraint("(kind = 'region') = (region IS NOT NULL)", name="region"),
    )
    op.create_table(
        "organisation_municipalities",
        sa.Column("owner", *_to("organisations.id", "CASCADE"), primary_key=True),
        sa.Column(
            "municipality", *_to("municipalities.code", "RESTRICT"), primary_key=True, index=True
        ),
    )
    op.create_table(
        "members",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("change", sa.BigInteger()),
        sa.Column("organisation", *_to("organisations.id", "RESTRICT"), nullable=False, index=True),
        sa.Column("label", sa.String(200), nullable=False),
        sa.Column("subject", sa.String(255), unique=True),
        sa.Column("active", sa.Boolean(), nullable=False),
    )
    op.create_table(
        "member_roles",
        sa.Column("owner", *_to("members.id", "CASCADE"), primary_key=True),
        sa.Column("role", sa.String(20), primary_key=True),
        sa.CheckConstraint(ROLES, name="role"),
    )
    op.create_table(
        "api_keys",
        sa.Column("id", sa.String(8), primary_key=True),
        sa.Column("change", sa.BigInteger()),
        sa.Column("member", *_to("members.id", "CASCADE"), nullable=False, index=True),
        sa.Column("hash", sa.String(64), nullable=False, unique=True),
        sa.Column("label", sa.String(200), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True)),
        sa.Column("revoked_at", sa.DateTime(timezone=True)),
    )


def downgrade() -> None:
    for table in (
        "api_keys",
        "member_roles",
        "members",
        "organisation_municipalities",
        "organisations",
    ):
        op.drop_table(table)


def _to(target: str, when_it_goes: str) -> tuple[Any, Any]:
    return sa.String(64), sa.ForeignKey(target, ondelete=when_it_goes)
