"""Read rows as they were written down, without making objects of them."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import Column, ColumnElement, Float, String, cast, func, select
from sqlalchemy.orm import Session

from services.api.access.actor import Reach
from services.api.crud.columns import ExactNumber
from services.api.crud.noun import Noun, Row
from services.api.crud.past import documents_at
from services.api.crud.store import ordered
from services.api.history.tables import changes
from shared.faults import Fault, InvalidDocument

_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


@dataclass(frozen=True)
class ListWish:
    """What is wanted of a list.

    Parameters
    ----------
    filters
        By name; None where there is no wish.
    limit, offset
        Which page.
    sort, fields
        Names as on the wire with commas between; in `sort` a minus is from high to low.
    as_of
        When it was so; None for now.
    """

    filters: Mapping[str, Any]
    limit: int
    offset: int
    sort: str | None = None
    fields: str | None = None
    as_of: datetime | None = None


@dataclass(frozen=True)
class ListText:
    """One page as JSON, how many rows the whole list has, and a tag of the content."""

    content: bytes
    total: int

    @property
    def tag(self) -> str:
        """The tag of this very page."""
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True)
class Stored:
    """One row as JSON, its version, and the change that wrote it."""

    document: str
    version: int
    change: int


def page_text(session: Session, noun: Noun[Row], reach: Reach, wish: ListWish) -> ListText:
    """Read one page of the rows within reach that meet every wanted filter.

    Raises
    ------
    InvalidDocument
        When `sort` or `fields` names what cannot be ordered by, or is no field.
    """
    fields = _fields(noun, wish.fields)
    order = _order(session, noun, wish.sort)
    if wish.as_of is None:
        documents, total = _present(session, noun, reach, wish, order)
    else:
        documents, total = _past(session, noun, reach, wish)
    items = ",".join(documents if fields is None else _narrowed(documents, fields))
    return ListText(f'{{"items":[{items}],"total":{total}}}'.encode(), total)


def _present(
    session: Session,
    noun: Noun[Row],
    reach: Reach,
    wish: ListWish,
    order: Sequence[ColumnElement[Any]],
) -> tuple[list[str], int]:
    conditions = _conditions(noun, reach, wish.filters)
    counted = select(func.count()).select_from(noun.table).where(*conditions).scalar_subquery()
    # The page is cut out before its documents are looked up: those are most of the bytes.
    page = (
        select(noun.table.c.change, func.row_number().over(order_by=order).label("place"))
        .where(*conditions)
        .order_by("place")
        .limit(wish.limit)
        .offset(wish.offset)
        .subquery()
    )
    # One statement for page and total: a page is asked for more often than anything else.
    found = session.execute(
        select(changes.c.document, counted)
        .join(page, page.c.change == changes.c.id)
        .order_by(page.c.place)
    ).all()
    if found:
        return [document or "" for document, _ in found], found[0][1]
    return [], session.scalars(select(counted)).one() if wish.offset else 0


def _past(session: Session, noun: Noun[Row], reach: Reach, wish: ListWish) -> tuple[list[str], int]:
    if wish.sort is not None or wish.as_of is None:
        message = "A list of the past is ordered by id: leave out sort, or asOf."
        raise InvalidDocument([Fault("?sort", "unknown_sort", message)])
    documents = documents_at(session, noun, reach, wish.filters, wish.as_of)
    before = sum(1 for _ in islice(documents, wish.offset))
    page = list(islice(documents, wish.limit))
    return page, before + len(page) + sum(1 for _ in documents)


def _conditions(
    noun: Noun[Row], reach: Reach, filters: Mapping[str, Any]
) -> list[ColumnElement[bool]]:
    return noun.within(reach) + [
        chosen.condition(filters[chosen.name])
        for chosen in noun.filters
        if filters.get(chosen.name) is not None
    ]


def _order(session: Session, noun: Noun[Row], sort: str | None) -> list[ColumnElement[Any]]:
    by_id = ordered(session, noun.id_column)
    if sort is None:
        return [by_id]
    columns = {
        noun.schema.model_fields[column.key].alias or column.key: column
        for column in noun.table.columns
        if column.key in noun.schema.model_fields
    }
    names = [(name.removeprefix("-"), name.startswith("-")) for name in sort.split(",")]
    _refuse_unknown("sort", (name for name, _ in names), columns)
    keys = [(_comparable(session, columns[name]), down) for name, down in names]
    return [*((key.desc() if down else key.asc()).nulls_last() for key, down in keys), by_id]


def _comparable(session: Session, column: Column[Any]) -> ColumnElement[Any]:
    if isinstance(column.type, ExactNumber):
        # A decimal is text on SQLite, where 9 would come after 10.
        return cast(column, Float)
    return ordered(session, column) if isinstance(column.type, String) else column.expression


def _fields(noun: Noun[Row], fields: str | None) -> list[str] | None:
    if fields is None:
        return None
    known = {field.alias or name: None for name, field in noun.schema.model_fields.items()}
    wanted = fields.split(",")
    _refuse_unknown("fields", wanted, known)
    return [name for name in known if name in wanted]


def _refuse_unknown(key: str, wanted: Iterable[str], known: Mapping[str, Any]) -> None:
    code = "unknown_sort" if key == "sort" else "unknown_field"
    told = ", ".join(sorted(known))
    faults = [
        Fault(f"?{key}", code, f"There is no field {name!r} here; known are {told}.")
        for name in wanted
        if name not in known
    ]
    if faults:
        raise InvalidDocument(faults)


def _narrowed(documents: Iterable[str], fields: Sequence[str]) -> Iterator[str]:
    for row in map(json.loads, documents):
        # A version from before a field existed does not have it.
        yield _JSON.encode({name: row[name] for name in fields if name in row})


def stored(session: Session, noun: Noun[Row], reach: Reach, id_: str) -> Stored | None:
    """Read one row; None when there is none within reach."""
    row = session.execute(
        select(changes.c.document, changes.c.version, changes.c.id)
        .join(noun.table, noun.table.c.change == changes.c.id)
        .where(noun.id_column == id_, *noun.within(reach))
    ).first()
    return None if row is None else Stored(*row)


def streamed(
    session: Session, noun: Noun[Row], reach: Reach, filters: Mapping[str, Any], size: int
) -> Iterator[list[str]]:
    """Read all rows within reach that meet every wanted filter, so many at a time, by id."""
    conditions = _conditions(noun, reach, filters)
    documents = session.scalars(
        select(changes.c.document)
        .join(noun.table, noun.table.c.change == changes.c.id)
        .where(*conditions)
        .order_by(ordered(session, noun.id_column)),
        execution_options={"yield_per": size},
    )
    for some in documents.partitions():
        yield [document or "" for document in some]
