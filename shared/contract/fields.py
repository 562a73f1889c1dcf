"""The strict base and the field types that the whole wire format is written in."""

import re
from datetime import date
from typing import Annotated, Any, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
)
from pydantic.alias_generators import to_camel

from shared.strict_json import LARGEST_EXACT_INTEGER

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def _day(value: Any) -> Any:
    if isinstance(value, str) and _DAY.fullmatch(value):
        return date.fromisoformat(value)
    if isinstance(value, date):
        return value
    raise ValueError("a date is written as YYYY-MM-DD")


def _tuple(value: Any) -> Any:
    # JSON has arrays, the models are immutable: strict mode would refuse the list.
    return tuple(value) if isinstance(value, list) else value


def _no_speck(value: float) -> float:
    # Next to households, a speck is a slip of the pen, and a simplex method stumbles over it.
    if 0 < abs(value) < SMALLEST:
        raise ValueError(f"use 0, or at least {SMALLEST}")
    return value


MOST = 1_000_000_000
"""Most households, units or slots in one figure: beyond it a simplex method loses count."""
SMALLEST = 0.001
"""Smallest size, burden or distance that is not 0."""

Row = TypeVar("Row")
Rows = Annotated[tuple[Row, ...], BeforeValidator(_tuple)]
SomeRows = Annotated[tuple[Row, ...], Field(min_length=1), BeforeValidator(_tuple)]
Day = Annotated[date, BeforeValidator(_day, json_schema_input_type=date)]
Id = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Text = Annotated[str, StringConstraints(min_length=1, max_length=2000)]
Figure = Annotated[int, Field(ge=0, le=MOST)]
Count = Annotated[int, Field(ge=0, le=LARGEST_EXACT_INTEGER)]
AtLeastOne = Annotated[int, Field(ge=1, le=MOST)]
Burden = Annotated[float, Field(ge=SMALLEST, le=10_000, allow_inf_nan=False)]
Size = Annotated[float, Field(ge=0, le=10_000, allow_inf_nan=False), AfterValidator(_no_speck)]
Kilometres = Annotated[
    float, Field(ge=0, le=20_000, allow_inf_nan=False), AfterValidator(_no_speck)
]
Value = Annotated[float, Field(ge=-1e6, le=1e6, allow_inf_nan=False), AfterValidator(_no_speck)]
Slack = Annotated[float, Field(ge=0, le=MOST, allow_inf_nan=False)]
NonNegative = Annotated[float, Field(ge=0, allow_inf_nan=False)]
Rate = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]
Finite = Annotated[float, Field(allow_inf_nan=False)]


class Strict(BaseModel):
    """camelCase on the wire, nothing unknown, nothing coerced, nothing changed afterwards."""

    model_config = ConfigDict(
        alias_generator=to_camel,
        validate_by_name=True,
        validate_by_alias=True,
        extra="forbid",
        strict=True,
        frozen=True,
        serialize_by_alias=True,
    )
