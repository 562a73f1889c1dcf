"""The table of fits."""

from sqlalchemy import Column, String, Table, UniqueConstraint

from services.api.crud.columns import own_id, reference
from services.api.database import metadata

fits = Table(
    "fits",
    metadata,
    own_id(),
    reference("form", "housing_forms.id"),
    reference("group", "target_groups.id"),
    Column("source", String(500), nullable=False),
    Column("note", String(2000)),
    UniqueConstraint("form", "group"),
)
