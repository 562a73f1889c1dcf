"""Rows in JSON as a CSV file: so they go in as every file does, with all faults shown first."""

import json
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from services.api.command_line import wording
from services.api.command_line.terminal import Failed
from services.api.exports.cells import Kind
from services.api.exports.columns import columns_of
from services.api.exports.csv_file import csv_file
from services.api.language import Language
from services.api.nouns import BY_PATH

_TYPES: Mapping[Kind, tuple[type, ...]] = {
    Kind.WHOLE: (int,),
    Kind.DECIMAL: (int, float),
    Kind.DAY: (str,),
    Kind.TEXT: (str,),
    Kind.LIST: (list,),
    Kind.RECORD: (list, dict),
}


def rows_as_csv(content: bytes, noun: str, name: str, lang: Language) -> bytes:
    """Write the rows of an export in JSON as an export in CSV has them.

    Raises
    ------
    Failed
        When this is no list of rows with the fields of the noun and no others.
    """
    registry = BY_PATH.get(noun)
    schema: type[BaseModel] | None = None if registry is None else registry.noun.schema
    columns = [] if schema is None else columns_of(schema)
    kinds = {column.name: column.kind for column in columns}
    try:
        rows = _rows(content)
        if not rows or not all(_fits(row, kinds) for row in rows):
            raise ValueError(name)
        return b"".join(csv_file(columns, [[json.dumps(row) for row in rows]], "en"))
    # What cannot be written as a cell, such as a day that does not exist, is a ValueError too.
    except ValueError as error:
        raise Failed(wording.NO_ROWS.to(lang).format(file=name, noun=noun)) from error


def _rows(content: bytes) -> list[Any]:
    read = json.loads(content, parse_constant=_refuse)
    return read if isinstance(read, list) else []


def _refuse(constant: str) -> None:
    raise ValueError(constant)


def _fits(row: Any, kinds: Mapping[str, Kind]) -> bool:
    """Whether nothing of a row would get lost in cells."""
    return isinstance(row, dict) and all(
        name in kinds and (value is None or type(value) in _TYPES[kinds[name]])
        for name, value in row.items()
    )
