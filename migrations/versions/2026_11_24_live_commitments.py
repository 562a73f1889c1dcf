"""Give commitments a life: states, parties, signatures, amendments, trades and adoptions.

Revision ID: 2026_11_24_live_commitments
Revises: 2026_11_24_answer_once
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "2026_11_24_live_commitments"
down_revision = "2026_11_24_answer_once"
branch_labels = None
depends_on = None

STATES = "state IN ('draft', 'offered', 'agreed', 'amended', 'fulfilled', 'withdrawn', 'expired')"
ENDS = "state IN ('offered', 'agreed', 'withdrawn')"
PARTS = "part IN ('host', 'responsible', 'corporation', 'care_provider')"
OPEN = sa.text("state = 'offered'")


def upgrade() -> None:
    _proposals()
    _states()
    _parties()
    _amendments()
    _signatures()
    _trades()
    _adoptions()


def downgrade() -> None:
    # What has ended, or was never agreed, does not count in the layout before this one, in which
    # every commitment is in force.
    _refuse_what_is_not_in_force()
    for name in (
        "adoptions",
        "trades",
        "signatures",
        "commitment_amendments",
        "commitment_parties",
    ):
        op.drop_table(name)
    with op.batch_alter_table("commitments") as batch:
        batch.drop_index("ix_commitments_state")
        batch.drop_index("ix_commitments_proposal")
        batch.drop_constraint(op.f("fk_commitments_proposal_proposals"), type_="foreignkey")
        batch.drop_constraint(op.f("ck_commitments_state"), type_="check")
        batch.drop_constraint(op.f("ck_commitments_round"), type_="check")
        batch.drop_column("proposal")
        batch.drop_column("round")
        batch.drop_column("state")
    for name in ("left_out", "asked_by", "snapshot_at", "snapshot_change"):
        op.drop_column("proposals", name)


def _refuse_what_is_not_in_force() -> None:
    commitments = sa.table("commitments", sa.column("state", sa.String()))
    other = sa.select(sa.func.count()).where(commitments.c.state.not_in(["agreed", "amended"]))
    number = op.get_bind().scalar(other)
    if number:
        raise RuntimeError(
            f"{number} commitments are not in force. Before this release every commitment was, "
            "so going back would promise what nobody agreed. Export and delete them first."
        )


def _proposals() -> None:
    op.add_column("proposals", sa.Column("snapshot_change", sa.BigInteger()))
    op.add_column("proposals", sa.Column("snapshot_at", sa.DateTime(timezone=True)))
    op.add_column("proposals", sa.Column("asked_by", sa.String(64)))
    op.add_column("proposals", sa.Column("left_out", sa.Text()))


def _states() -> None:
    with op.batch_alter_table("commitments") as batch:
        # Commitments that are here already were in force.
        batch.add_column(sa.Column("state", sa.String(12), nullable=False, server_default="agreed"))
        batch.add_column(sa.Column("round", sa.Integer(), nullable=False, server_default="0"))
        batch.add_column(sa.Column("proposal", sa.String(64)))
        batch.create_foreign_key(
            "fk_commitments_proposal_proposals",
            "proposals",
            ["proposal"],
            ["id"],
            ondelete="RESTRICT",
        )
        batch.create_check_constraint(op.f("ck_commitments_state"), STATES)
        batch.create_check_constraint(op.f("ck_commitments_round"), "round >= 0")
        batch.create_index("ix_commitments_state", ["state"])
        batch.create_index("ix_commitments_proposal", ["proposal"])
    with op.batch_alter_table("commitments") as batch:
        batch.alter_column("state", server_default=None)
        batch.alter_column("round", server_default=None)


def _parties() -> None:
    op.create_table(
        "commitment_parties",
        sa.Column(
            "owner",
            sa.String(64),
            sa.ForeignKey("commitments.id", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column(
            "organisation",
            sa.String(64),
            sa.ForeignKey("organisations.id", ondelete="RESTRICT"),
            primary_key=True,
            index=True,
        ),
        sa.Column("part", sa.String(12), nullable=False),
        sa.CheckConstraint(PARTS, name="part"),
    )


def _amendments() -> None:
    op.create_table(
        "commitment_amendments",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column(
            "commitment",
            sa.String(64),
            sa.ForeignKey("commitments.id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("low", sa.BigInteger()),
        sa.Column("households", sa.BigInteger(), nullable=False),
        sa.Column("high", sa.BigInteger()),
        sa.Column("basis", sa.String(2000), nullable=False),
        sa.Column("reason", sa.String(2000), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("change", sa.BigInteger()),
        sa.CheckConstraint("households >= 0", name="households"),
        sa.CheckConstraint("low >= 0 AND low <= households", name="low"),
        sa.CheckConstraint("high >= households", name="high"),
        sa.CheckConstraint(ENDS, name="state"),
        sa.CheckConstraint("round >= 1", name="round"),
        sa.UniqueConstraint("commitment", "round"),
    )
    op.create_index(
        "ix_commitment_amendments_open",
        "commitment_amendments",
        ["commitment"],
        unique=True,
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )


def _signatures() -> None:
    op.create_table(
        "signatures",
        sa.Column("noun", sa.String(40), primary_key=True),
        sa.Column("row_id", sa.String(64), primary_key=True),
        sa.Column("round", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column(
            "organisation",
            sa.String(64),
            sa.ForeignKey("organisations.id", ondelete="RESTRICT"),
            primary_key=True,
        ),
        sa.Column("member", sa.String(64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("document_hash", sa.String(64), nullable=False),
    )


def _trades() -> None:
    op.create_table(
        "trades",
        sa.Column("id", sa.String(64), primary_key=True),
        _municipality("from_municipality"),
        _municipality("to_municipality"),
        sa.Column("half_year", sa.String(7), nullable=False, index=True),
        sa.Column("persons", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.String(2000), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("change", sa.BigInteger()),
        sa.CheckConstraint("from_municipality <> to_municipality", name="to_municipality"),
        sa.CheckConstraint("persons > 0", name="persons"),
        sa.CheckConstraint(ENDS, name="state"),
    )


def _municipality(name: str) -> sa.Column[Any]:
    return sa.Column(
        name,
        sa.String(64),
        sa.ForeignKey("municipalities.code", ondelete="RESTRICT"),
        nullable=False,
        index=True,
    )


def _adoptions() -> None:
    op.create_table(
        "adoptions",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column(
            "proposal",
            sa.String(64),
            sa.ForeignKey("proposals.id", ondelete="RESTRICT"),
            nullable=False,
            unique=True,
        ),
        sa.Column("region", sa.String(64), nullable=False),
        sa.Column("reason", sa.String(2000), nullable=False),
        sa.Column("adopted_by", sa.String(64), nullable=False),
        sa.Column("organisation", sa.String(64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("rows", sa.Text()),
        sa.Column("commitments", sa.Integer(), nullable=False),
        sa.Column("snapshot_change", sa.BigInteger()),
        sa.CheckConstraint("commitments > 0", name="commitments"),
    )
