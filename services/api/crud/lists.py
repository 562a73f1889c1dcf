"""Read rows as they were written down, without making objects of them."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, Float, Integer, Select, String, bindparam, cast, func, select
from sqlalchemy.orm import Session
from sqlalchemy.sql.base import ReadOnlyColumnCollection

from services.api.access.actor import Reach
from services.api.crud.columns import Bytewise, ExactNumber
from services.api.crud.noun import Noun, Row
from services.api.crud.past import documents_at
from services.api.history.tables import changes
from shared.faults import Fault, InvalidDocument

_MOST_STATEMENTS = 256
_LIMIT, _OFFSET = (bindparam(name, type_=Integer) for name in ("limit", "offset"))
# Columns, and whether from high to low.
_Order = tuple[tuple[str, bool], ...]
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
    order = _order(noun, wish.sort)
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
    order: _Order,
) -> tuple[list[str], int]:
    given = ((chosen.name, wish.filters.get(chosen.name)) for chosen in noun.filters)
    filters = tuple((name, value) for name, value in given if value is not None)
    page = _page_statement(noun, reach, filters, order)
    found = session.execute(page, {_LIMIT.key: wish.limit, _OFFSET.key: wish.offset}).all()
    if found:
        return [document or "" for document, _ in found], found[0][1]
    counted = select(func.count()).select_from(noun.table)
    past_the_end = counted.where(*_conditions(noun, reach, wish.filters))
    return [], session.scalars(past_the_end).one() if wish.offset else 0


# Putting a statement together takes longer than carrying it out.
@lru_cache(maxsize=_MOST_STATEMENTS)
def _page_statement(
    noun: Noun[Row],
    reach: Reach,
    filters: tuple[tuple[str, Any], ...],
    order: _Order,
) -> Select[str | None, int]:
    """Ask for page and total at once: a page is asked for more often than anything else."""
    conditions = _conditions(noun, reach, dict(filters))
    counted = select(func.count()).select_from(noun.table).where(*conditions).scalar_subquery()
    keys = dict.fromkeys(key for key, _ in order)
    # The page is cut out before its documents are looked up: those are most of the bytes.
    page = (
        select(noun.table.c.change, *(noun.table.c[key] for key in keys))
        .where(*conditions)
        .order_by(*_ordered_by(order, noun.table.c))
        .limit(_LIMIT)
        .offset(_OFFSET)
        .subquery()
    )
    return (
        select(changes.c.document, counted)
        .join(page, page.c.change == changes.c.id)
        .order_by(*_ordered_by(order, page.c))
    )


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


def _order(noun: Noun[Row], sort: str | None) -> _Order:
    """Say by which columns a list is ordered, and which of them from high to low; by id at last."""
    by_id = (noun.id_field, False)
    if sort is None:
        return (by_id,)
    fields = noun.schema.model_fields
    columns = {
        fields[column.key].alias or column.key: column.key
        for column in noun.table.columns
        if column.key in fields
    }
    names = [(name.removeprefix("-"), name.startswith("-")) for name in sort.split(",")]
    _refuse_unknown("sort", (name for name, _ in names), columns)
    return (*((columns[name], down) for name, down in names), by_id)


def _ordered_by(
    order: _Order, columns: ReadOnlyColumnCollection[str, Any]
) -> list[ColumnElement[Any]]:
    keys = [(_comparable(columns[key]), down) for key, down in order]
    return [(key.desc() if down else key.asc()).nulls_last() for key, down in keys]


def _comparable(column: ColumnElement[Any]) -> ColumnElement[Any]:
    if isinstance(column.type, ExactNumber):
        # A decimal is text on SQLite, where 9 would come after 10.
        return cast(column, Float)
    return Bytewise(column) if isinstance(column.type, String) else column


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
        .order_by(Bytewise(noun.id_column)),
        execution_options={"yield_per": size},
    )
    for some in documents.partitions():
        yield [document or "" for document in some]
