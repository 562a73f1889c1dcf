"""The tables of ceilings, their groups and their periods."""

from sqlalchemy import BigInteger, CheckConstraint, Column, String, Table

from services.api.crud.columns import member, origin_columns, own_id, owner, reference
from services.api.database import metadata

ceilings = Table(
    "ceilings",
    metadata,
    own_id(),
    reference("municipality", "municipalities.code"),
    Column("district", String(200)),
    Column("households", BigInteger, nullable=False),
    *origin_columns(),
    CheckConstraint("households >= 0", name="households"),
)
ceiling_groups = Table(
    "ceiling_groups",
    metadata,
    owner("ceilings.id"),
    member("group", "target_groups.id"),
)
ceiling_periods = Table(
    "ceiling_periods",
    metadata,
    owner("ceilings.id"),
    member("period", "periods.id"),
)
