"""Tell of a proposal how many levels there are at most, and the best value so far.

Revision ID: 2026_11_23_tell_best_so_far
Revises: 2026_11_23_create_proposals
"""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_23_tell_best_so_far"
down_revision = "2026_11_23_create_proposals"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("proposals", sa.Column("most_levels", sa.Integer()))
    op.add_column("proposals", sa.Column("best", sa.Float()))


def downgrade() -> None:
    op.drop_column("proposals", "best")
    op.drop_column("proposals", "most_levels")
