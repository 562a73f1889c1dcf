"""The tables of allocation keys, their weights and their groups."""

from sqlalchemy import Column, String, Table

from services.api.crud.columns import (
    ExactNumber,
    change,
    member,
    origin_columns,
    own_id,
    owner,
)
from services.api.database import metadata

allocation_keys = Table(
    "allocation_keys",
    metadata,
    own_id(),
    change(),
    Column("name", String(200), nullable=False),
    *origin_columns(),
)
allocation_key_weights = Table(
    "allocation_key_weights",
    metadata,
    owner("allocation_keys.id"),
    member("indicator", "indicators.id"),
    Column("weight", ExactNumber, nullable=False),
)
allocation_key_groups = Table(
    "allocation_key_groups",
    metadata,
    owner("allocation_keys.id"),
    member("group", "target_groups.id"),
)
