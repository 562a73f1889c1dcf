"""The table of trades."""

from sqlalchemy import BigInteger, CheckConstraint, Column, String, Table

from services.api.crud.columns import change, own_id, reference
from services.api.database import metadata

trades = Table(
    "trades",
    metadata,
    own_id(),
    change(),
    reference("from_municipality", "municipalities.code"),
    reference("to_municipality", "municipalities.code"),
    Column("half_year", String(7), nullable=False, index=True),
    Column("persons", BigInteger, nullable=False),
    Column("reason", String(2000), nullable=False),
    Column("state", String(12), nullable=False),
    CheckConstraint("from_municipality <> to_municipality", name="to_municipality"),
    CheckConstraint("persons > 0", name="persons"),
    CheckConstraint("state IN ('offered', 'agreed', 'withdrawn')", name="state"),
)
