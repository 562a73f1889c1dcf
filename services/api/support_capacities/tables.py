"""The tables of support capacities and the municipalities that share them."""

from sqlalchemy import Column, String, Table

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

support_capacities = Table(
    "support_capacities",
    metadata,
    own_id(),
    change(),
    Column("type", String(64), nullable=False),
    reference("period", "periods.id"),
    *counted_columns(null=True),
    *origin_columns(),
)
support_capacity_municipalities = Table(
    "support_capacity_municipalities",
    metadata,
    owner("support_capacities.id"),
    member("municipality", "municipalities.code"),
)
