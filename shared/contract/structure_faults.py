"""Turn what pydantic says about a document into faults that a planner understands."""

import json
from collections.abc import Iterator, Mapping
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from shared.faults import Fault, pointer

_SHOWN = 60
# pydantic's kind -> our code, and what is allowed there
_ALLOWED: dict[str, tuple[str, str]] = {
    "int_type": ("wrong_type", "a whole number"),
    "int_from_float": ("wrong_type", "a whole number"),
    "float_type": ("wrong_type", "a number"),
    "string_type": ("wrong_type", "text"),
    "tuple_type": ("wrong_type", "a list"),
    "dict_type": ("wrong_type", "an object"),
    "model_type": ("wrong_type", "an object"),
    "greater_than": ("out_of_range", "more than {gt:g}"),
    "greater_than_equal": ("out_of_range", "at least {ge:g}"),
    "less_than_equal": ("out_of_range", "at most {le:.16g}"),
    "finite_number": ("not_finite", "a finite number"),
    "literal_error": ("not_allowed", "{expected}"),
    "string_too_short": ("too_short", "text of at least {min_length} character"),
    "string_too_long": ("too_long", "text of at most {max_length} characters"),
    "too_short": ("too_short", "a list with at least {min_length} entry"),
    "value_error": ("not_a_date", "a day of the calendar, written as YYYY-MM-DD"),
}


def structure_faults(error: ValidationError, model: type[BaseModel]) -> list[Fault]:
    """List every fault that pydantic found, with JSON pointers in wire names.

    Parameters
    ----------
    error
        What pydantic raised while it read the document.
    model
        The model that it read.
    """
    details = error.errors(include_url=False, include_context=True)
    return [_fault(detail, model) for detail in details if not _follows_from_others(detail)]


def _follows_from_others(detail: ErrorDetails) -> bool:
    # pydantic calls a list too short when none of its entries is right; those are reported.
    return detail["type"] == "too_short" and len(detail["input"]) > 0


def _fault(detail: ErrorDetails, model: type[BaseModel]) -> Fault:
    # pydantic writes "[key]" after a faulty key of an object; a pointer has no such step.
    steps = tuple(step for step in detail["loc"] if step != "[key]")
    code, message = _worded(detail, steps, model)
    return Fault(pointer(*steps), code, message)


def _worded(
    detail: ErrorDetails, steps: tuple[str | int, ...], model: type[BaseModel]
) -> tuple[str, str]:
    kind = detail["type"]
    if kind == "missing":
        return "missing", f"The field {steps[-1]!r} is required here."
    if kind == "extra_forbidden":
        allowed = ", ".join(_fields(model, steps[:-1]))
        return "unknown_field", f"There is no field {steps[-1]!r} here; allowed are {allowed}."
    if kind in _ALLOWED:
        code, allowed = _ALLOWED[kind]
        wanted = allowed.format(**_numbers(detail.get("ctx", {})))
        return code, f"This must be {wanted}, but is {_shown(detail['input'])}."
    return kind, f"{detail['msg']}."


def _numbers(context: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in context.items() if name != "error"}


def _shown(value: Any) -> str:
    written = json.dumps(value, ensure_ascii=False, default=str)
    return written if len(written) <= _SHOWN else f"{written[:_SHOWN]}…"


def _fields(model: type[BaseModel], steps: tuple[str | int, ...]) -> list[str]:
    """Name the fields that the model allows at this place, as they are on the wire."""
    for step in steps:
        for name, field in model.model_fields.items():
            if step in (field.alias, name):
                model = next(_models(field.annotation), model)
    return sorted(field.alias or name for name, field in model.model_fields.items())


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in get_args(annotation):
        yield from _models(inner)
