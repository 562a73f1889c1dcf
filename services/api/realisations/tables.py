"""The table of realisations."""

from sqlalchemy import BigInteger, CheckConstraint, Column, Date, Index, Table

from services.api.crud.columns import change, origin_columns, own_id, reference
from services.api.database import metadata

realisations = Table(
    "realisations",
    metadata,
    own_id(),
    change(),
    Column("start", Date, nullable=False),
    Column("end", Date, nullable=False),
    reference("group", "target_groups.id"),
    reference("responsible", "municipalities.code"),
    reference("host", "municipalities.code"),
    reference("credited", "municipalities.code"),
    Column("households", BigInteger),
    Column("persons", BigInteger),
    reference("commitment", "commitments.id", null=True),
    *origin_columns(),
    CheckConstraint('"end" >= start', name="end"),
    CheckConstraint("households >= 0", name="households"),
    CheckConstraint("persons >= 0", name="persons"),
    Index(None, "credited", "start"),
)
