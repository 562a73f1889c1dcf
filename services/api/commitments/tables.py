"""The tables of commitments, their groups and their periods."""

from sqlalchemy import Column, String, Table

from services.api.crud.columns import (
    counted_columns,
    member,
    origin_columns,
    own_id,
    owner,
    reference,
)
from services.api.database import metadata

commitments = Table(
    "commitments",
    metadata,
    own_id(),
    reference("municipality", "municipalities.code"),
    *counted_columns("households"),
    Column("basis", String(2000), nullable=False),
    *origin_columns(),
)
commitment_groups = Table(
    "commitment_groups",
    metadata,
    owner("commitments.id"),
    member("group", "target_groups.id"),
)
commitment_periods = Table(
    "commitment_periods",
    metadata,
    owner("commitments.id"),
    member("period", "periods.id"),
)
