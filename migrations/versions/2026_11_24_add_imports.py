"""Add imports: files that are read, previewed and applied.

Revision ID: 2026_11_24_add_imports
Revises: 2026_11_24_add_ledger_and_money
"""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_24_add_imports"
down_revision = "2026_11_24_add_ledger_and_money"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "imports",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("noun", sa.String(40), nullable=False),
        sa.Column("profile", sa.String(20)),
        sa.Column("file_name", sa.String(200)),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("file", sa.LargeBinary()),
        sa.Column("media_type", sa.String(100), nullable=False),
        sa.Column("columns", sa.Text(), nullable=False),
        sa.Column("choices", sa.Text()),
        sa.Column("counts", sa.Text()),
        sa.Column("owned_by", sa.String(64), nullable=False),
        sa.Column("member", sa.String(64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("applied_at", sa.DateTime(timezone=True)),
        sa.Column("change", sa.BigInteger()),
        sa.CheckConstraint("state IN ('uploaded', 'ready', 'applied', 'failed')", name="state"),
    )
    op.create_index("ix_imports_owned_by_created_at", "imports", ["owned_by", "created_at"])
    op.create_index("ix_imports_created_at", "imports", ["created_at"])


def downgrade() -> None:
    op.drop_table("imports")
