"""The tables of ceilings, their groups and their periods."""

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

ceilings = Table(
    "ceilings",
    metadata,
    own_id(),
    change(),
    reference("municipality", "municipalities.code"),
    Column("district", String(200)),
    *counted_columns("households"),
    *origin_columns(),
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
