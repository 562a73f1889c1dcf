"""The table of municipalities."""

from sqlalchemy import CheckConstraint, Column, Date, String, Table

from services.api.crud.columns import (
    change,
    own_id,
)
from services.api.database import metadata

municipalities = Table(
    "municipalities",
    metadata,
    own_id("code"),
    change(),
    Column("name", String(200), nullable=False),
    Column("province", String(200), nullable=False),
    Column("subregion", String(200)),
    Column("valid_from", Date, nullable=False),
    Column("valid_to", Date),
    CheckConstraint("valid_to >= valid_from", name="valid_to"),
)
