"""Read a noun as the registry said it at a moment, without the tables of today."""

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy.orm import Session

from services.api.access.actor import Reach
from services.api.crud.noun import Noun, Row
from services.api.history.reading import Past, change_at, row_at, rows_at

Holds = Callable[[Any, Mapping[str, Any]], bool]


def documents_at(
    session: Session, noun: Noun[Row], reach: Reach, filters: Mapping[str, Any], moment: datetime
) -> Iterator[str]:
    """Give the rows within reach that met every wanted filter then, as JSON, by id."""
    wanted = _wanted(noun, filters)
    for past in rows_at(session, noun.path, change_at(session, moment), reach):
        if not wanted or _met(wanted, json.loads(past.document)):
            yield past.document


def document_at(
    session: Session, noun: Noun[Row], reach: Reach, id_: str, moment: datetime
) -> Past | None:
    """Give one row as it was then; None when there was none within reach."""
    return row_at(session, noun.path, id_, change_at(session, moment), reach)


def _wanted(noun: Noun[Row], filters: Mapping[str, Any]) -> list[tuple[Holds, Any]]:
    return [
        (chosen.holds, TypeAdapter(chosen.type_).dump_python(filters[chosen.name], mode="json"))
        for chosen in noun.filters
        if filters.get(chosen.name) is not None
    ]


def _met(wanted: list[tuple[Holds, Any]], row: Mapping[str, Any]) -> bool:
    return all(holds(value, row) for holds, value in wanted)
