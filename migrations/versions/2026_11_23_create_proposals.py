"""Create proposals: the frozen question, its state, and its answer.

Revision ID: 2026_11_23_create_proposals
Revises: 2026_11_23_create_registry
"""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_23_create_proposals"
down_revision = "2026_11_23_create_registry"
branch_labels = None
depends_on = None

ENDED = "state IN ('ready', 'infeasible', 'failed', 'cancelled')"


def upgrade() -> None:
    op.create_table(
        "proposals",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("name", sa.String(200)),
        sa.Column("region", sa.String(64), nullable=False),
        sa.Column("request", sa.Text(), nullable=False),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.Column("problem_hash", sa.String(80), nullable=False),
        sa.Column("time_limit_seconds", sa.Float(), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(40)),
        sa.Column("tier", sa.Integer()),
        sa.Column("level", sa.Integer()),
        sa.Column("elapsed_seconds", sa.Float()),
        sa.Column("reason", sa.Text()),
        sa.Column("result", sa.Text()),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True)),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        sa.CheckConstraint(
            "state IN ('queued', 'running', 'ready', 'infeasible', 'failed', 'cancelled')",
            name="state",
        ),
        sa.CheckConstraint(
            "(result IS NOT NULL) = (state IN ('ready', 'infeasible'))", name="result"
        ),
        sa.CheckConstraint(f"(ended_at IS NOT NULL) = ({ENDED})", name="ended_at"),
        sa.CheckConstraint("(reason IS NOT NULL) = (state = 'failed')", name="reason"),
    )
    op.create_index("ix_proposals_state_created_at", "proposals", ["state", "created_at"])
    op.create_index("ix_proposals_created_at_id", "proposals", ["created_at", "id"])


def downgrade() -> None:
    op.drop_table("proposals")
