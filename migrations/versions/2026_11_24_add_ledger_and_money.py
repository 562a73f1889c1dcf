"""Add what the quota ledger and the table of money are made from.

Revision ID: 2026_11_24_add_ledger_and_money
Revises: 2026_11_24_live_commitments
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "2026_11_24_add_ledger_and_money"
down_revision = "2026_11_24_live_commitments"
branch_labels = None
depends_on = None

# SQLite knows no decimals: there a number is kept as text, digit for digit.
NUMBER = sa.Numeric().with_variant(sa.Text(), "sqlite")
QUALITIES = "quality IN ('published', 'computed', 'estimate', 'illustrative', 'suppressed')"


def upgrade() -> None:
    _quota()
    _realisations()
    _money()


def downgrade() -> None:
    for name in ("money_lines", "realisations", "quota_balances", "quota_totals"):
        op.drop_table(name)


def _quota() -> None:
    op.create_table(
        "quota_totals",
        sa.Column("half_year", sa.String(64), primary_key=True),
        sa.Column("persons", sa.BigInteger()),
        sa.Column("national_inhabitants", sa.BigInteger(), nullable=False),
        sa.Column("inhabitants_date", sa.Date(), nullable=False),
        sa.Column("multiplier", NUMBER),
        *_change_and_origin(),
        sa.CheckConstraint("persons >= 0", name="persons"),
        sa.CheckConstraint("national_inhabitants > 0", name="national_inhabitants"),
    )
    op.create_table(
        "quota_balances",
        _id(),
        _reference("municipality", "municipalities.code"),
        sa.Column("half_year", sa.String(7), nullable=False),
        sa.Column("persons", sa.BigInteger(), nullable=False),
        *_change_and_origin(),
        sa.UniqueConstraint("municipality", "half_year"),
    )


def _realisations() -> None:
    op.create_table(
        "realisations",
        _id(),
        *_days(),
        _reference("group", "target_groups.id"),
        _reference("responsible", "municipalities.code"),
        _reference("host", "municipalities.code"),
        _reference("credited", "municipalities.code"),
        sa.Column("households", sa.BigInteger()),
        sa.Column("persons", sa.BigInteger()),
        _reference("commitment", "commitments.id", nullable=True),
        *_change_and_origin(),
        sa.CheckConstraint("households >= 0", name="households"),
        sa.CheckConstraint("persons >= 0", name="persons"),
        sa.Index(None, "credited", "start"),
    )


def _money() -> None:
    op.create_table(
        "money_lines",
        _id(),
        _reference("municipality", "municipalities.code"),
        _reference("commitment", "commitments.id", nullable=True),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("fund", sa.String(200), nullable=False),
        sa.Column("cents", sa.BigInteger(), nullable=False),
        *_days(),
        *_change_and_origin(),
        sa.CheckConstraint("kind IN ('cost', 'funding')", name="kind"),
        sa.CheckConstraint("cents >= 0", name="cents"),
        sa.Index(None, "municipality", "start"),
    )


def _id() -> sa.Column[str]:
    return sa.Column("id", sa.String(64), primary_key=True)


def _reference(name: str, target: str, *, nullable: bool = False) -> sa.Column[str]:
    key = sa.ForeignKey(target, ondelete="RESTRICT")
    return sa.Column(name, sa.String(64), key, nullable=nullable, index=True)


def _days() -> list[Any]:
    return [
        sa.Column("start", sa.Date(), nullable=False),
        sa.Column("end", sa.Date(), nullable=False),
        sa.CheckConstraint('"end" >= start', name="end"),
    ]


def _change_and_origin() -> list[Any]:
    return [
        sa.Column("source", sa.String(500), nullable=False),
        sa.Column("reference_date", sa.Date(), nullable=False),
        sa.Column("quality", sa.String(12), nullable=False),
        sa.Column("note", sa.String(2000)),
        sa.Column("change", sa.BigInteger()),
        sa.CheckConstraint(QUALITIES, name="quality"),
    ]
