"""The table of indicator values."""

from sqlalchemy import Table, UniqueConstraint

from services.api.crud.columns import measured_columns, origin_columns, own_id, reference
from services.api.database import metadata

indicator_values = Table(
    "indicator_values",
    metadata,
    own_id(),
    reference("indicator", "indicators.id"),
    reference("municipality", "municipalities.code"),
    *measured_columns(),
    *origin_columns(),
    UniqueConstraint("indicator", "municipality", "reference_date"),
)
