"""Examples of answers, put together from the examples of the fields. Pure."""

import re
from typing import Any

Tree = dict[str, Any]

_MOST_DEEP = 8
_BY_FORMAT = {
    "date": "2026-01-01",
    "date-time": "2026-11-24T09:00:00Z",
    "uuid": "4f4f6f0e-0c0e-4a4e-8a52-6f1f5c2b9d11",
}
_BY_TYPE = {"boolean": True, "null": None}
# Of these, the first that a pattern allows.
_TEXTS = ("text", *_BY_FORMAT.values(), "GM0363", "2025-I")


def example_of(schema: Tree, schemas: Tree, depth: int = 0) -> Any:
    """Put an example together for a schema.

    Parameters
    ----------
    schema
        JSON Schema as OpenAPI 3.1 has it.
    schemas
        What `#/components/schemas/` leads to.
    depth
        How far inside the whole answer it stands; what refers to itself ends somewhere.
    """
    for name in ("example", "const", "default"):
        if schema.get(name) is not None:
            return schema[name]
    for name in ("examples", "enum"):
        if schema.get(name):
            return schema[name][0]
    if "$ref" in schema:
        return example_of(schemas[schema["$ref"].rpartition("/")[2]], schemas, depth + 1)
    for choices in ("anyOf", "oneOf", "allOf"):
        if choices in schema:
            return example_of(_plainest(schema[choices]), schemas, depth + 1)
    return _by_type(schema, schemas, depth)


def _plainest(choices: list[Tree]) -> Tree:
    """Choose what needs no example: nothing, where that is allowed."""
    empty = [choice for choice in choices if choice.get("type") == "null"]
    return (empty or choices)[0]


def _by_type(schema: Tree, schemas: Tree, depth: int) -> Any:
    kind = schema.get("type")
    if kind == "object":
        return _object(schema, schemas, depth)
    if kind == "array":
        return _array(schema, schemas, depth)
    if kind in {"integer", "number"}:
        return _number(schema)
    return _text(schema) if kind == "string" else _BY_TYPE.get(str(kind))


def _text(schema: Tree) -> str:
    pattern = re.compile(schema.get("pattern", ""))
    fitting = (text for text in _TEXTS if pattern.search(text))
    return _BY_FORMAT.get(schema.get("format", "")) or next(fitting, "text")


def _object(schema: Tree, schemas: Tree, depth: int) -> Tree:
    named = schema.get("properties", {})
    wanted = schema.get("required", ()) if depth > _MOST_DEEP else named
    told = {name: example_of(named[name], schemas, depth + 1) for name in named if name in wanted}
    others = schema.get("additionalProperties")
    if not named and isinstance(others, dict) and depth <= _MOST_DEEP:
        return {"example": example_of(others, schemas, depth + 1)}
    return told


def _array(schema: Tree, schemas: Tree, depth: int) -> list[Any]:
    if "prefixItems" in schema:
        return [example_of(item, schemas, depth + 1) for item in schema["prefixItems"]]
    if "items" not in schema or (depth > _MOST_DEEP and not schema.get("minItems")):
        return []
    return [example_of(schema["items"], schemas, depth + 1)] * max(1, schema.get("minItems", 1))


def _number(schema: Tree) -> float:
    least: float = schema.get("minimum", schema.get("exclusiveMinimum", 0) + 1)
    most: float = schema.get("maximum", least)
    return min(max(least, 0), max(most, least))
