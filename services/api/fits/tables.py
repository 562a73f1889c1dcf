"""The table of fits."""

from sqlalchemy import Table, UniqueConstraint

from services.api.crud.columns import (
    change,
    origin_columns,
    own_id,
    reference,
)
from services.api.database import metadata

fits = Table(
    "fits",
    metadata,
    own_id(),
    change(),
    reference("form", "housing_forms.id"),
    reference("group", "target_groups.id"),
    *origin_columns(),
    UniqueConstraint("form", "group"),
)
