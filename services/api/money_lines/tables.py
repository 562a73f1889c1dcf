"""The table of money lines."""

from sqlalchemy import BigInteger, CheckConstraint, Column, Date, Index, String, Table

from services.api.crud.columns import change, origin_columns, own_id, reference
from services.api.database import metadata

money_lines = Table(
    "money_lines",
    metadata,
    own_id(),
    change(),
    reference("municipality", "municipalities.code"),
    reference("commitment", "commitments.id", null=True),
    Column("kind", String(8), nullable=False),
    Column("fund", String(200), nullable=False),
    Column("cents", BigInteger, nullable=False),
    Column("start", Date, nullable=False),
    Column("end", Date, nullable=False),
    *origin_columns(),
    CheckConstraint("kind IN ('cost', 'funding')", name="kind"),
    CheckConstraint("cents >= 0", name="cents"),
    CheckConstraint('"end" >= start', name="end"),
    Index(None, "municipality", "start"),
)
