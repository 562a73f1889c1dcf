"""The tables of target groups: the group, the units it takes, the support it needs."""

from sqlalchemy import BigInteger, CheckConstraint, Column, Date, String, Table

from services.api.crud.columns import (
    ExactNumber,
    change,
    member,
    origin_columns,
    own_id,
    owner,
)
from services.api.database import metadata

target_groups = Table(
    "target_groups",
    metadata,
    own_id(),
    change(),
    Column("name_nl", String(200), nullable=False),
    Column("name_en", String(200), nullable=False),
    Column("tier", BigInteger, nullable=False),
    Column("burden", ExactNumber, nullable=False),
    Column("spread", String(10), nullable=False),
    Column("max_km", ExactNumber),
    Column("category", String(12), nullable=False),
    Column("legal_basis", String(2000), nullable=False),
    Column("legal_status", String(12), nullable=False),
    Column("valid_from", Date),
    Column("valid_to", Date),
    *origin_columns(),
    CheckConstraint("tier >= 1", name="tier"),
    CheckConstraint("spread IN ('region', 'near', 'home', 'sites')", name="spread"),
    CheckConstraint("category IN ('statutory', 'regional', 'local')", name="category"),
    CheckConstraint(
        "legal_status IN ('in_force', 'expected', 'scenario', 'unverified', 'none')",
        name="legal_status",
    ),
    CheckConstraint("valid_to >= valid_from", name="valid_to"),
)
target_group_sizes = Table(
    "target_group_sizes",
    metadata,
    owner("target_groups.id"),
    member("form", "housing_forms.id"),
    Column("units", ExactNumber, nullable=False),
)
target_group_support = Table(
    "target_group_support",
    metadata,
    owner("target_groups.id"),
    Column("type", String(64), primary_key=True),
    Column("slots", BigInteger, nullable=False),
    Column("periods", BigInteger, nullable=False),
    CheckConstraint("slots >= 0", name="slots"),
    CheckConstraint("periods >= 1", name="periods"),
)
