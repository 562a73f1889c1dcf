"""Which columns a file of a noun has: they follow from the noun's wire format."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from pydantic import BaseModel

from services.api.exports.cells import Column, Kind

_PLAIN = {"integer": Kind.WHOLE, "number": Kind.DECIMAL, "object": Kind.RECORD}


@cache
def columns_of(schema: type[BaseModel]) -> tuple[Column, ...]:
    """Give the columns of a file with rows of this schema.

    Returns
    -------
    One column per field, named as on the wire: first what the row is about, then its numbers,
    then where they come from.
    """
    described = schema.model_json_schema(by_alias=True)
    fields: Mapping[str, Any] = described["properties"]
    named: Mapping[str, Any] = described.get("$defs", {})
    required = frozenset(described.get("required", ()))
    return tuple(_column(name, fields[name], named, name in required) for name in _in_order(schema))


def _in_order(schema: type[BaseModel]) -> Iterable[str]:
    """Name the fields: those of the class itself before those that it inherits."""
    told: dict[str, None] = {}
    for level in schema.__mro__:
        own = getattr(level, "__annotations__", {}) if issubclass(level, BaseModel) else {}
        for name, field in schema.model_fields.items():
            if name in own:
                told.setdefault(field.alias or name)
    return told


def _column(
    name: str, field: Mapping[str, Any], named: Mapping[str, Any], required: bool
) -> Column:
    value = _unless_null(field)
    if "$ref" in value:
        value = named[value["$ref"].rsplit("/", 1)[-1]]
    examples = field.get("examples", ())
    return Column(
        name=name,
        kind=_kind(value),
        required=required,
        about=field.get("description", ""),
        choices=tuple(value.get("enum", ())),
        example=examples[0] if examples else None,
    )


def _unless_null(field: Mapping[str, Any]) -> Mapping[str, Any]:
    """Describe the values of a field that may also be unknown."""
    values = [other for other in field.get("anyOf", ()) if other.get("type") != "null"]
    return values[0] if values else field


def _kind(value: Mapping[str, Any]) -> Kind:
    type_ = value["type"]
    if type_ == "array":
        return Kind.LIST if value["items"].get("type") == "string" else Kind.RECORD
    if type_ == "string":
        return Kind.DAY if value.get("format") == "date" else Kind.TEXT
    return _PLAIN[type_]
