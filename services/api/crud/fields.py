"""Field types of the registry, and what every figure tells about its origin."""

import re
from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import uuid4

from pydantic import (
    BeforeValidator,
    Field,
    PlainSerializer,
    StringConstraints,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError

from services.api import half_years
from shared.contract.fields import Count, Day, Strict

# A number of at most 15 significant digits comes out of a double unchanged, so every reader of the
# JSON sees the same decimal. Source: IEEE 754-2019, binary64.
EXACT_DIGITS = 15
_DECIMAL = re.compile(r"-?[0-9]{1,40}(\.[0-9]{1,40})?([eE][+-]?[0-9]{1,2})?")
_DIGITS = re.compile(r"[0-9]{1,15}")
_LARGEST = Decimal(10) ** EXACT_DIGITS
_SMALLEST_STEP = -EXACT_DIGITS

Quality = Literal["published", "computed", "estimate", "illustrative"]
FigureQuality = Literal["published", "computed", "estimate", "illustrative", "suppressed"]


def _decimal(value: Any) -> Any:
    """Read a JSON number without rounding it."""
    if isinstance(value, Decimal):
        return _exact(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise PydanticCustomError("wrong_type", "This must be a number, such as 12 or 0.25")
    return _decimal_or_text(repr(value))


def _decimal_or_text(value: Any) -> Any:
    """Read a JSON number, or a decimal in text, without rounding it."""
    if not isinstance(value, str):
        return _decimal(value)
    if not _DECIMAL.fullmatch(value):
        raise PydanticCustomError("wrong_type", "This must be a decimal, such as 12 or 0.25")
    number = Decimal(value)
    if number.is_signed() and not number:
        raise PydanticCustomError("negative_zero", "Write zero as 0")
    return _exact(number)


def _exact(number: Decimal) -> Decimal:
    plain = number.normalize()
    exponent = plain.as_tuple().exponent
    too_fine = isinstance(exponent, int) and exponent < _SMALLEST_STEP
    if len(plain.as_tuple().digits) > EXACT_DIGITS or abs(plain) >= _LARGEST or too_fine:
        raise PydanticCustomError(
            "not_exact", "A number has at most 15 digits, so that every program reads the same"
        )
    # 3E+2 and 300 are one number and must be stored as one text.
    return plain.quantize(Decimal(1)) if plain == plain.to_integral_value() else plain


def _written(number: Decimal) -> int | float:
    return int(number) if number == number.to_integral_value() else float(number)


def _trimmed(text: Any) -> Any:
    if isinstance(text, str) and text != text.strip():
        raise PydanticCustomError("surrounding_space", "Leave out the spaces around the text")
    return text


def _digits(text: Any) -> Any:
    if isinstance(text, str) and not _DIGITS.fullmatch(text):
        raise PydanticCustomError("not_digits", "Write a whole number with digits only, such as 12")
    return text


def _new_id() -> str:
    return str(uuid4())


_NUMBER = {"type": "number"}
Number = Annotated[
    Decimal,
    BeforeValidator(_decimal),
    PlainSerializer(_written, when_used="json"),
]
Quantity = Annotated[Number, Field(ge=0), WithJsonSchema({**_NUMBER, "minimum": 0})]
PositiveNumber = Annotated[Number, Field(gt=0), WithJsonSchema({**_NUMBER, "exclusiveMinimum": 0})]
HouseholdSize = Annotated[Number, Field(ge=1), WithJsonSchema({**_NUMBER, "minimum": 1})]
Rate = Annotated[Number, Field(ge=0, le=1), WithJsonSchema({**_NUMBER, "minimum": 0, "maximum": 1})]
Weight = Annotated[
    Decimal,
    BeforeValidator(_decimal_or_text),
    PlainSerializer(_written, when_used="json"),
    Field(ge=0),
    WithJsonSchema({"anyOf": [{**_NUMBER, "minimum": 0}, {"type": "string"}]}),
]
_TRIMMED = BeforeValidator(_trimmed)
ShortText = Annotated[str, StringConstraints(min_length=1, max_length=200), _TRIMMED]
LongText = Annotated[str, StringConstraints(min_length=1, max_length=2000), _TRIMMED]
Origin = Annotated[str, StringConstraints(min_length=1, max_length=500), _TRIMMED]
# A whole number in an address: `int` alone would also read 1_0, 1.0, +1 and spaces.
DIGITS = BeforeValidator(_digits, json_schema_input_type=int)
MunicipalityCode = Annotated[str, StringConstraints(pattern=r"^GM[0-9]{4}$")]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+([-_][a-z0-9]+)*$", max_length=64)]
HalfYearName = Annotated[str, StringConstraints(pattern=half_years.PATTERN)]
Uuid = Annotated[
    str,
    StringConstraints(pattern=r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"),
]
OwnId = Annotated[
    Uuid,
    Field(
        default_factory=_new_id,
        description="Id of the row; made by the API when left out.",
        examples=["4f4f6f0e-0c0e-4a4e-8a52-6f1f5c2b9d11"],
    ),
]


class Traced(Strict):
    """What a figure that may be unknown tells about where it comes from and how firm it is."""

    source: Origin = Field(
        description="Where the row comes from: publication, register, agreement or choice.",
        examples=["CBS StatLine 70072ned"],
    )
    reference_date: Day = Field(
        description="The day that the row describes.", examples=["2026-01-01"]
    )
    quality: FigureQuality = Field(
        description="How firm the number is: `published` by its source, `computed` from published "
        "figures, an `estimate`, `illustrative` (made up to show the working), or `suppressed`: "
        "the source knows it and does not tell it, so it is unknown here.",
        examples=["published"],
    )
    note: LongText | None = Field(
        default=None, description="Remark.", examples=["Rounded to tens."]
    )


class Sourced(Traced):
    """What a row whose numbers are known tells about where it comes from."""

    quality: Quality = Field(
        description="How firm the numbers are: `published` by their source, `computed` from "
        "published figures, an `estimate`, or `illustrative` (made up to show the working).",
        examples=["published"],
    )


class CountedFigure(Traced):
    """A whole number with, where known, how low and how high it may be."""

    low: Count | None = Field(default=None, description="Lowest plausible value.", examples=[90])
    likely: Count | None = Field(
        description="Most likely value; null when it is not known, which is not 0.", examples=[100]
    )
    high: Count | None = Field(default=None, description="Highest plausible value.", examples=[120])


class MeasuredFigure(Traced):
    """A decimal number with, where known, how low and how high it may be."""

    low: Quantity | None = Field(
        default=None, description="Lowest plausible value.", examples=[90.5]
    )
    likely: Quantity | None = Field(
        description="Most likely value; null when it is not known, which is not 0.",
        examples=[100.25],
    )
    high: Quantity | None = Field(
        default=None, description="Highest plausible value.", examples=[120]
    )
