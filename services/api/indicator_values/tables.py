"""The table of indicator values."""

from sqlalchemy import Table, UniqueConstraint

from services.api.crud.columns import (
    change,
    measured_columns,
    origin_columns,
    own_id,
    reference,
)
from services.api.database import metadata

indicator_values = Table(
    "indicator_values",
    metadata,
    own_id(),
    change(),
    reference("indicator", "indicators.id"),
    reference("municipality", "municipalities.code"),
    *measured_columns(null=True),
    *origin_columns(),
    UniqueConstraint("indicator", "municipality", "reference_date"),
)
