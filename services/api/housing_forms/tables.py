"""The table of housing forms."""

from sqlalchemy import Column, String, Table

from services.api.crud.columns import (
    change,
    own_id,
)
from services.api.database import metadata

housing_forms = Table(
    "housing_forms",
    metadata,
    own_id(),
    change(),
    Column("name_nl", String(200), nullable=False),
    Column("name_en", String(200), nullable=False),
)
