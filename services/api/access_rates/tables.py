"""The table of access rates."""

from sqlalchemy import Column, Table, UniqueConstraint

from services.api.crud.columns import ExactNumber, origin_columns, own_id, reference
from services.api.database import metadata

access_rates = Table(
    "access_rates",
    metadata,
    own_id(),
    reference("municipality", "municipalities.code"),
    reference("group", "target_groups.id"),
    Column("rate", ExactNumber, nullable=False),
    *origin_columns(),
    UniqueConstraint("municipality", "group"),
)
