"""The tables of capacities and the groups they are meant for."""

from sqlalchemy import BigInteger, CheckConstraint, Column, String, Table

from services.api.crud.columns import (
    change,
    counted_columns,
    member,
    origin_columns,
    own_id,
    owner,
    reference,
)
from services.api.database import metadata

capacities = Table(
    "capacities",
    metadata,
    own_id(),
    change(),
    reference("municipality", "municipalities.code"),
    Column("district", String(200)),
    reference("form", "housing_forms.id"),
    reference("period", "periods.id"),
    *counted_columns(null=True),
    Column("potential", BigInteger, nullable=False),
    *origin_columns(),
    CheckConstraint("potential >= likely", name="potential"),
)
capacity_groups = Table(
    "capacity_groups",
    metadata,
    owner("capacities.id"),
    member("group", "target_groups.id"),
)
