"""Add webhooks: the address, how far it has come, and when to try again.

Revision ID: 2026_11_24_add_webhooks
Revises: 2026_11_24_add_imports
"""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_24_add_webhooks"
down_revision = "2026_11_24_add_imports"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "webhooks",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column(
            "organisation",
            sa.String(64),
            sa.ForeignKey("organisations.id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("url", sa.String(500), nullable=False),
        sa.Column("nouns", sa.JSON()),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("rotated_at", sa.DateTime(timezone=True)),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("next_attempt_at", sa.DateTime(timezone=True)),
        sa.Column("lease_until", sa.DateTime(timezone=True)),
        sa.Column("last_status", sa.Integer()),
        sa.Column("failing_since", sa.DateTime(timezone=True)),
        sa.Column("change", sa.BigInteger()),
        sa.CheckConstraint("state IN ('active', 'paused')", name="state"),
        sa.CheckConstraint("generation >= 1", name="generation"),
        sa.CheckConstraint("position >= 0", name="position"),
        sa.CheckConstraint("failures >= 0", name="failures"),
    )
    op.create_index("ix_webhooks_organisation", "webhooks", ["organisation"])


def downgrade() -> None:
    op.drop_table("webhooks")
