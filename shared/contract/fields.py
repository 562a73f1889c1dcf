"""The strict base and the field types that the whole wire format is written in."""

import re
from datetime import date
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints
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


Row = TypeVar("Row")
Rows = Annotated[tuple[Row, ...], BeforeValidator(_tuple)]
SomeRows = Annotated[tuple[Row, ...], Field(min_length=1), BeforeValidator(_tuple)]
Day = Annotated[date, BeforeValidator(_day, json_schema_input_type=date)]
Id = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Text = Annotated[str, StringConstraints(min_length=1, max_length=2000)]
Count = Annotated[int, Field(ge=0, le=LARGEST_EXACT_INTEGER)]
AtLeastOne = Annotated[int, Field(ge=1, le=LARGEST_EXACT_INTEGER)]
Positive = Annotated[float, Field(gt=0, allow_inf_nan=False)]
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
