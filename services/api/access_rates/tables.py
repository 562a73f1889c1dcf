"""The table of access rates."""

from sqlalchemy import Table, UniqueConstraint

from services.api.crud.columns import (
    change,
    measured_columns,
    origin_columns,
    own_id,
    reference,
)
from services.api.database import metadata

access_rates = Table(
    "access_rates",
    metadata,
    own_id(),
    change(),
    reference("municipality", "municipalities.code"),
    reference("group", "target_groups.id"),
    *measured_columns("rate"),
    *origin_columns(),
    UniqueConstraint("municipality", "group"),
)
