"""Create the registry: municipalities, groups, figures and agreements.

Constraints get their names from the naming convention in `services.api.database`, which
`env.py` passes on. A part table belongs to its `owner` and goes with it; every other reference
keeps the row that it refers to in place.

Revision ID: 2026_11_23_create_registry
Revises: nothing
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "2026_11_23_create_registry"
down_revision = None
branch_labels = None
depends_on = None

# SQLite knows no decimals: there a number is kept as text, digit for digit.
NUMBER = sa.Numeric().with_variant(sa.Text(), "sqlite")
QUALITIES = "quality IN ('published', 'computed', 'estimate', 'illustrative')"
# Parts before what they belong to, and whoever refers before what is referred to.
TABLES = (
    "distances",
    "access_rates",
    "ceiling_periods",
    "ceiling_groups",
    "ceilings",
    "commitment_periods",
    "commitment_groups",
    "commitments",
    "support_capacity_municipalities",
    "support_capacities",
    "capacity_groups",
    "capacities",
    "needs",
    "allocation_key_groups",
    "allocation_key_weights",
    "allocation_keys",
    "indicator_values",
    "indicators",
    "periods",
    "fits",
    "target_group_support",
    "target_group_sizes",
    "target_groups",
    "housing_forms",
    "region_municipalities",
    "regions",
    "municipalities",
)


def upgrade() -> None:
    _places()
    _groups()
    _indicators()
    _figures()
    _agreements()
    _between_municipalities()


def downgrade() -> None:
    for name in TABLES:
        op.drop_table(name)


def _places() -> None:
    op.create_table(
        "municipalities",
        _id("code"),
        _text("name", 200),
        _text("province", 200),
        _optional_text("subregion", 200),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date()),
        sa.CheckConstraint("valid_to >= valid_from", name="valid_to"),
    )
    op.create_table(
        "regions",
        _id(),
        _text("name", 200),
        sa.Column("reach_km", NUMBER),
        _count("min_need"),
        *_origin(nullable=True),
        sa.CheckConstraint("min_need >= 0", name="min_need"),
    )
    _part("region_municipalities", "regions.id", municipality="municipalities.code")
    op.create_table(
        "periods",
        _id(),
        sa.Column("start", sa.Date(), nullable=False),
        sa.Column("end", sa.Date(), nullable=False),
        sa.CheckConstraint('"end" >= start', name="end"),
    )


def _groups() -> None:
    op.create_table("housing_forms", _id(), _text("name_nl", 200), _text("name_en", 200))
    op.create_table(
        "target_groups",
        _id(),
        _text("name_nl", 200),
        _text("name_en", 200),
        _count("tier"),
        sa.Column("burden", NUMBER, nullable=False),
        _text("spread", 10),
        sa.Column("max_km", NUMBER),
        _text("category", 12),
        _text("legal_basis", 2000),
        _text("legal_status", 12),
        sa.Column("valid_from", sa.Date()),
        sa.Column("valid_to", sa.Date()),
        *_origin(),
        sa.CheckConstraint("tier >= 1", name="tier"),
        sa.CheckConstraint("spread IN ('region', 'near', 'home', 'sites')", name="spread"),
        sa.CheckConstraint("category IN ('statutory', 'regional', 'local')", name="category"),
        sa.CheckConstraint(
            "legal_status IN ('in_force', 'expected', 'scenario', 'unverified', 'none')",
            name="legal_status",
        ),
        sa.CheckConstraint("valid_to >= valid_from", name="valid_to"),
    )
    _part(
        "target_group_sizes",
        "target_groups.id",
        sa.Column("units", NUMBER, nullable=False),
        form="housing_forms.id",
    )
    _part(
        "target_group_support",
        "target_groups.id",
        sa.Column("type", sa.String(64), primary_key=True),
        _count("slots"),
        _count("periods"),
        sa.CheckConstraint("slots >= 0", name="slots"),
        sa.CheckConstraint("periods >= 1", name="periods"),
    )
    op.create_table(
        "fits",
        _id(),
        _reference("form", "housing_forms.id"),
        _reference("group", "target_groups.id"),
        *_origin(),
        sa.UniqueConstraint("form", "group"),
    )


def _indicators() -> None:
    op.create_table(
        "indicators", _id(), _text("name_nl", 200), _text("name_en", 200), _text("unit", 200)
    )
    op.create_table(
        "indicator_values",
        _id(),
        _reference("indicator", "indicators.id"),
        _reference("municipality", "municipalities.code"),
        *_measured("likely"),
        *_origin(),
        sa.UniqueConstraint("indicator", "municipality", "reference_date"),
    )
    op.create_table("allocation_keys", _id(), _text("name", 200), *_origin())
    _part(
        "allocation_key_weights",
        "allocation_keys.id",
        sa.Column("weight", NUMBER, nullable=False),
        indicator="indicators.id",
    )
    _part("allocation_key_groups", "allocation_keys.id", group="target_groups.id")


def _figures() -> None:
    op.create_table(
        "needs",
        _id(),
        _reference("municipality", "municipalities.code"),
        _reference("group", "target_groups.id"),
        _reference("period", "periods.id"),
        *_range(),
        sa.Column("persons", sa.BigInteger()),
        *_origin(),
        sa.CheckConstraint("persons >= 0", name="persons"),
        sa.UniqueConstraint("municipality", "group", "period"),
    )
    op.create_table(
        "capacities",
        _id(),
        _reference("municipality", "municipalities.code"),
        _optional_text("district", 200),
        _reference("form", "housing_forms.id"),
        _reference("period", "periods.id"),
        *_range(),
        _count("potential"),
        *_origin(),
        sa.CheckConstraint("potential >= likely", name="potential"),
    )
    _part("capacity_groups", "capacities.id", group="target_groups.id")
    op.create_table(
        "support_capacities",
        _id(),
        _text("type", 64),
        _reference("period", "periods.id"),
        *_range(),
        *_origin(),
    )
    _part(
        "support_capacity_municipalities",
        "support_capacities.id",
        municipality="municipalities.code",
    )


def _agreements() -> None:
    op.create_table(
        "commitments",
        _id(),
        _reference("municipality", "municipalities.code"),
        *_range("households"),
        _text("basis", 2000),
        *_origin(),
    )
    _part("commitment_groups", "commitments.id", group="target_groups.id")
    _part("commitment_periods", "commitments.id", period="periods.id")
    op.create_table(
        "ceilings",
        _id(),
        _reference("municipality", "municipalities.code"),
        _optional_text("district", 200),
        *_range("households"),
        *_origin(),
    )
    _part("ceiling_groups", "ceilings.id", group="target_groups.id")
    _part("ceiling_periods", "ceilings.id", period="periods.id")
    op.create_table(
        "access_rates",
        _id(),
        _reference("municipality", "municipalities.code"),
        _reference("group", "target_groups.id"),
        *_measured("rate"),
        *_origin(),
        sa.UniqueConstraint("municipality", "group"),
    )


def _between_municipalities() -> None:
    op.create_table(
        "distances",
        _id(),
        _reference("from_municipality", "municipalities.code"),
        _reference("to_municipality", "municipalities.code"),
        *_measured("km"),
        *_origin(),
        # The lower code comes first, so that a pair cannot be stored once each way.
        sa.CheckConstraint("from_municipality < to_municipality", name="from_before_to"),
        sa.UniqueConstraint("from_municipality", "to_municipality"),
    )


def _part(name: str, owner: str, *columns: Any, **members: str) -> None:
    """Make a table of values that belong to an owner; a member occurs once per owner."""
    op.create_table(
        name,
        sa.Column(
            "owner", sa.String(64), sa.ForeignKey(owner, ondelete="CASCADE"), primary_key=True
        ),
        *(
            sa.Column(
                member,
                sa.String(64),
                sa.ForeignKey(target, ondelete="RESTRICT"),
                primary_key=True,
                index=True,
            )
            for member, target in members.items()
        ),
        *columns,
    )


def _id(name: str = "id") -> sa.Column[Any]:
    return sa.Column(name, sa.String(64), primary_key=True)


def _reference(name: str, target: str) -> sa.Column[Any]:
    key = sa.ForeignKey(target, ondelete="RESTRICT")
    return sa.Column(name, sa.String(64), key, nullable=False, index=True)


def _text(name: str, length: int) -> sa.Column[Any]:
    return sa.Column(name, sa.String(length), nullable=False)


def _optional_text(name: str, length: int = 2000) -> sa.Column[Any]:
    return sa.Column(name, sa.String(length))


def _count(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.BigInteger(), nullable=False)


def _range(value: str = "likely") -> list[Any]:
    return [
        sa.Column("low", sa.BigInteger()),
        _count(value),
        sa.Column("high", sa.BigInteger()),
        sa.CheckConstraint(f"{value} >= 0", name=value),
        sa.CheckConstraint(f"low >= 0 AND low <= {value}", name="low"),
        sa.CheckConstraint(f"high >= {value}", name="high"),
    ]


def _measured(value: str) -> list[Any]:
    return [
        sa.Column("low", NUMBER),
        sa.Column(value, NUMBER, nullable=False),
        sa.Column("high", NUMBER),
    ]


def _origin(*, nullable: bool = False) -> list[Any]:
    return [
        sa.Column("source", sa.String(500), nullable=nullable),
        sa.Column("reference_date", sa.Date(), nullable=nullable),
        sa.Column("quality", sa.String(12), nullable=nullable),
        _optional_text("note"),
        sa.CheckConstraint(QUALITIES, name="quality"),
    ]
