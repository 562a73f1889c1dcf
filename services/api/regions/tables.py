"""The tables of regions and their members."""

from sqlalchemy import BigInteger, CheckConstraint, Column, String, Table

from services.api.crud.columns import (
    ExactNumber,
    change,
    member,
    origin_columns,
    own_id,
    owner,
)
from services.api.database import metadata

regions = Table(
    "regions",
    metadata,
    own_id(),
    change(),
    Column("name", String(200), nullable=False),
    Column("reach_km", ExactNumber),
    Column("min_need", BigInteger, nullable=False),
    *origin_columns(null=True),
    CheckConstraint("min_need >= 0", name="min_need"),
)
region_municipalities = Table(
    "region_municipalities",
    metadata,
    owner("regions.id"),
    member("municipality", "municipalities.code"),
)
