"""Keep every version of every row, and let a figure be unknown.

Revision ID: 2026_11_24_keep_every_version
Revises: 2026_11_23_tell_best_so_far
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "2026_11_24_keep_every_version"
down_revision = "2026_11_23_tell_best_so_far"
branch_labels = None
depends_on = None

NUMBER = sa.Numeric().with_variant(sa.Text(), "sqlite")
OLD_QUALITIES = "quality IN ('published', 'computed', 'estimate', 'illustrative')"
QUALITIES = "quality IN ('published', 'computed', 'estimate', 'illustrative', 'suppressed')"
WITHOUT_ORIGIN = ("municipalities", "housing_forms", "periods", "indicators")
SOURCED = (
    "regions",
    "target_groups",
    "fits",
    "indicator_values",
    "allocation_keys",
    "needs",
    "capacities",
    "support_capacities",
    "commitments",
    "ceilings",
    "access_rates",
    "distances",
)
FIGURES: dict[str, sa.types.TypeEngine[Any]] = {
    "needs": sa.BigInteger(),
    "capacities": sa.BigInteger(),
    "support_capacities": sa.BigInteger(),
    "indicator_values": NUMBER,
}
KEPT = "changes are only ever added"


def upgrade() -> None:
    _create_changes()
    _keep_changes()
    # Always empty: whoever writes on PostgreSQL locks it first.
    op.create_table(
        "write_turns", sa.Column("id", sa.Integer(), primary_key=True, autoincrement=False)
    )
    for table in WITHOUT_ORIGIN:
        op.add_column(table, sa.Column("change", sa.BigInteger()))
    for table in SOURCED:
        _rebuild(table, QUALITIES, unknown=True)


def downgrade() -> None:
    _refuse_to_make_up_numbers()
    for table in reversed(SOURCED):
        _rebuild(table, OLD_QUALITIES, unknown=False)
    for table in reversed(WITHOUT_ORIGIN):
        op.drop_column(table, "change")
    op.drop_table("write_turns")
    _let_changes_go()
    op.drop_table("changes")


def _create_changes() -> None:
    op.create_table(
        "changes",
        sa.Column("id", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("chain", sa.String(64), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("member", sa.String(64), nullable=False),
        sa.Column("action", sa.String(20), nullable=False),
        sa.Column("noun", sa.String(40), nullable=False),
        sa.Column("row_id", sa.String(64), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("owners", sa.Text(), nullable=False),
        sa.Column("reason", sa.String(2000)),
        sa.Column("origin", sa.String(100), nullable=False),
        sa.Column("request_id", sa.String(64)),
        sa.Column("document", sa.Text()),
        sa.Column("previous", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.CheckConstraint("version >= 1", name="version"),
        sa.UniqueConstraint("chain", "number"),
        sa.UniqueConstraint("noun", "row_id", "version"),
    )
    op.create_index("ix_changes_noun_id", "changes", ["noun", "id"])
    op.create_index("ix_changes_at", "changes", ["at"])


def _keep_changes() -> None:
    if _on_sqlite():
        for event in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER changes_are_kept_{event.lower()} BEFORE {event} ON changes "
                f"BEGIN SELECT RAISE(ABORT, '{KEPT}'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION changes_are_kept() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{KEPT}'; END $$"
    )
    op.execute(
        "CREATE TRIGGER changes_are_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON changes "
        "FOR EACH STATEMENT EXECUTE FUNCTION changes_are_kept()"
    )


def _let_changes_go() -> None:
    if _on_sqlite():
        for event in ("update", "delete"):
            op.execute(f"DROP TRIGGER changes_are_kept_{event}")
        return
    op.execute("DROP TRIGGER changes_are_kept ON changes")
    op.execute("DROP FUNCTION changes_are_kept()")


def _rebuild(table: str, qualities: str, *, unknown: bool) -> None:
    """Change a table in one go: SQLite has to copy it."""
    quality = op.f(f"ck_{table}_quality")
    with op.batch_alter_table(table) as batch:
        batch.drop_constraint(quality, type_="check")
        batch.create_check_constraint(quality, qualities)
        if table in FIGURES:
            batch.alter_column("likely", existing_type=FIGURES[table], nullable=unknown)
        if unknown:
            batch.add_column(sa.Column("change", sa.BigInteger()))
        else:
            batch.drop_column("change")
        if table == "needs" and unknown:
            batch.add_column(sa.Column("persons_per_household", NUMBER))
        if table == "needs" and not unknown:
            batch.drop_column("persons_per_household")


def _refuse_to_make_up_numbers() -> None:
    """Stop where a figure is unknown: the old layout would need a number for it."""
    connection = op.get_bind()
    found = [
        f"{table} ({count})"
        for table in FIGURES
        if (count := _count(connection, table, "likely IS NULL"))
    ]
    found += [
        f"{table} ({count})"
        for table in SOURCED
        if (count := _count(connection, table, "quality = 'suppressed'"))
    ]
    if found:
        raise RuntimeError(
            "The older layout cannot say that a figure is unknown or suppressed, and these are: "
            f"{', '.join(found)}. Give them a number or delete them first."
        )


def _count(connection: sa.Connection, table: str, condition: str) -> int:
    query = sa.select(sa.func.count()).select_from(sa.table(table)).where(sa.text(condition))
    return connection.execute(query).scalar_one()


def _on_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"
