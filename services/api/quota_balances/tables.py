"""The table of quota balances."""

from sqlalchemy import BigInteger, Column, String, Table, UniqueConstraint

from services.api.crud.columns import change, origin_columns, own_id, reference
from services.api.database import metadata

quota_balances = Table(
    "quota_balances",
    metadata,
    own_id(),
    change(),
    reference("municipality", "municipalities.code"),
    Column("half_year", String(7), nullable=False),
    Column("persons", BigInteger, nullable=False),
    *origin_columns(),
    UniqueConstraint("municipality", "half_year"),
)
