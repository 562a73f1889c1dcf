"""The table of needs."""

from sqlalchemy import BigInteger, CheckConstraint, Column, Table, UniqueConstraint

from services.api.crud.columns import (
    ExactNumber,
    change,
    counted_columns,
    origin_columns,
    own_id,
    reference,
)
from services.api.database import metadata

needs = Table(
    "needs",
    metadata,
    own_id(),
    change(),
    reference("municipality", "municipalities.code"),
    reference("group", "target_groups.id"),
    reference("period", "periods.id"),
    *counted_columns(null=True),
    Column("persons", BigInteger),
    Column("persons_per_household", ExactNumber),
    *origin_columns(),
    CheckConstraint("persons >= 0", name="persons"),
    UniqueConstraint("municipality", "group", "period"),
)
