"""The table of quota totals."""

from sqlalchemy import BigInteger, CheckConstraint, Column, Date, Table

from services.api.crud.columns import ExactNumber, change, origin_columns, own_id
from services.api.database import metadata

quota_totals = Table(
    "quota_totals",
    metadata,
    own_id("half_year"),
    change(),
    Column("persons", BigInteger),
    Column("national_inhabitants", BigInteger, nullable=False),
    Column("inhabitants_date", Date, nullable=False),
    Column("multiplier", ExactNumber),
    *origin_columns(),
    CheckConstraint("persons >= 0", name="persons"),
    CheckConstraint("national_inhabitants > 0", name="national_inhabitants"),
)
