"""Columns that many tables of the registry share, and the order of their texts."""

from decimal import Decimal
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ColumnElement,
    Date,
    Dialect,
    ForeignKey,
    Numeric,
    String,
    Text,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeDecorator, TypeEngine

ID_LENGTH = 64
_QUALITIES = "'published', 'computed', 'estimate', 'illustrative', 'suppressed'"


class ExactNumber(TypeDecorator[Decimal]):
    """A decimal number, kept digit for digit.

    SQLite knows no decimals and would make a double of it, so there it is text.
    """

    impl = Numeric
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Choose text on SQLite and `numeric` elsewhere."""
        return dialect.type_descriptor(Text() if dialect.name == "sqlite" else Numeric())

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> Decimal | str | None:
        """Write the number as the database keeps it."""
        if value is None or dialect.name != "sqlite":
            return value
        return format(value, "f")

    def process_result_value(self, value: Decimal | str | None, dialect: Dialect) -> Decimal | None:
        """Read the number as it was given."""
        return None if value is None else Decimal(value)


class Bytewise(FunctionElement[str]):
    """A text that is ordered byte by byte, the same on both databases."""

    inherit_cache = True
    type = String()

    def __init__(self, text: ColumnElement[str]) -> None:
        super().__init__(text)


@compiles(Bytewise)
def _as_it_is(text: Bytewise, compiler: SQLCompiler, **options: Any) -> str:
    return compiler.process(text.clauses, **options)


@compiles(Bytewise, "postgresql")
def _in_no_language(text: Bytewise, compiler: SQLCompiler, **options: Any) -> str:
    # PostgreSQL otherwise sorts by the language of its cluster, in which hyphens may count for
    # nothing; SQLite sorts bytes.
    return f'{compiler.process(text.clauses, **options)} COLLATE "C"'


def own_id(name: str = "id") -> Column[str]:
    """Make the primary key: a code, a slug or a UUID in text."""
    return Column(name, String(ID_LENGTH), primary_key=True)


def change() -> Column[int | None]:
    """Refer to the change that wrote the present version. Every main table has this column.

    It is empty only between a migration that added it and the first version that `evenwicht
    migrate` then writes down.
    """
    return Column("change", BigInteger)


def reference(name: str, target: str, *, null: bool = False) -> Column[str]:
    """Refer to a row of another noun (`target` is `table.column`), which cannot go while used."""
    return Column(
        name, String(ID_LENGTH), ForeignKey(target, ondelete="RESTRICT"), nullable=null, index=True
    )


def owner(target: str) -> Column[str]:
    """Belong to a row of `target`, and disappear with it. First column of every part table."""
    return Column(
        "owner", String(ID_LENGTH), ForeignKey(target, ondelete="CASCADE"), primary_key=True
    )


def member(name: str, target: str) -> Column[str]:
    """Refer from a part table to one row of another noun, at most once per owner."""
    return Column(
        name,
        String(ID_LENGTH),
        ForeignKey(target, ondelete="RESTRICT"),
        primary_key=True,
        index=True,
    )


def origin_columns(*, null: bool = False) -> list[Column[Any] | CheckConstraint]:
    """Make the columns that tell where a figure comes from."""
    return [
        Column("source", String(500), nullable=null),
        Column("reference_date", Date, nullable=null),
        Column("quality", String(12), nullable=null),
        Column("note", String(2000)),
        CheckConstraint(f"quality IN ({_QUALITIES})", name="quality"),
    ]


def counted_columns(
    value: str = "likely", *, null: bool = False
) -> list[Column[Any] | CheckConstraint]:
    """Make low, the value itself and high as whole numbers; with `null` it may be unknown."""
    return [
        Column("low", BigInteger),
        Column(value, BigInteger, nullable=null),
        Column("high", BigInteger),
        CheckConstraint(f"{value} >= 0", name=value),
        CheckConstraint(f"low >= 0 AND low <= {value}", name="low"),
        CheckConstraint(f"high >= {value}", name="high"),
    ]


def measured_columns(value: str = "likely", *, null: bool = False) -> list[Column[Any]]:
    """Make low, the value and high as decimals; SQLite cannot compare those, so rules.py does."""
    return [
        Column("low", ExactNumber),
        Column(value, ExactNumber, nullable=null),
        Column("high", ExactNumber),
    ]
