"""The table of distances."""

from sqlalchemy import CheckConstraint, Column, ForeignKey, String, Table, UniqueConstraint

from services.api.crud.columns import (
    ID_LENGTH,
    change,
    measured_columns,
    origin_columns,
    own_id,
)
from services.api.database import metadata

distances = Table(
    "distances",
    metadata,
    own_id(),
    change(),
    # FROM and TO are words of SQL, so the columns are called otherwise than the fields.
    *(
        Column(
            name,
            String(ID_LENGTH),
            ForeignKey("municipalities.code", ondelete="RESTRICT"),
            key=field,
            nullable=False,
            index=True,
        )
        for name, field in (("from_municipality", "from_"), ("to_municipality", "to"))
    ),
    *measured_columns("km"),
    *origin_columns(),
    # The lower code comes first, so that a pair cannot be stored once each way.
    CheckConstraint("from_municipality < to_municipality", name="from_before_to"),
    UniqueConstraint("from_", "to"),
)
