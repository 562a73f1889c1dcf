"""The table of plan periods."""

from sqlalchemy import CheckConstraint, Column, Date, Table

from services.api.crud.columns import (
    change,
    own_id,
)
from services.api.database import metadata

periods = Table(
    "periods",
    metadata,
    own_id(),
    change(),
    Column("start", Date, nullable=False),
    Column("end", Date, nullable=False),
    CheckConstraint('"end" >= start', name="end"),
)
