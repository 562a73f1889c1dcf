"""Keep answers, so that a request that is sent twice has one effect.

Revision ID: 2026_11_24_answer_once
Revises: 2026_11_24_add_organisations
"""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_24_answer_once"
down_revision = "2026_11_24_add_organisations"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "stored_answers",
        sa.Column("member", sa.String(64), primary_key=True),
        sa.Column("key", sa.String(255), primary_key=True),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("headers", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("stored_at", sa.DateTime(timezone=True), nullable=False, index=True),
    )


def downgrade() -> None:
    op.drop_table("stored_answers")
