"""Read a row of a noun from JSON: every fault at once, also those that need the database."""

import copy
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from pydantic import BaseModel, create_model
from sqlalchemy.orm import Session

from services.api.access.actor import EVERYWHERE, Reach
from services.api.crud import store
from services.api.crud.noun import Noun, Row
from services.api.crud.store import Mention
from services.api.documents import validated
from shared.contract.characters import unreadable_text
from shared.faults import Fault, InvalidDocument, pointer


def read_row(session: Session, noun: Noun[Row], tree: Any, reach: Reach = EVERYWHERE) -> Row:
    """Read one row.

    Parameters
    ----------
    session
        To look up the ids that the row mentions.
    noun
        What kind of row.
    tree
        Plain dicts and lists with the names of the wire.
    reach
        Which rows exist for whoever wrote it.

    Raises
    ------
    InvalidDocument
        With every fault: of fields, between fields, and of ids that do not exist. A field that
        cannot be read does not hide the faults of the others.
    """
    (row,) = _read(session, noun, {"": tree}, reach)
    return row


def read_rows(
    session: Session, noun: Noun[Row], trees: Sequence[Any], reach: Reach = EVERYWHERE
) -> list[Row]:
    """Read many rows, with one look at the database for all of them.

    Raises
    ------
    InvalidDocument
        With every fault of every row; a pointer begins with the place of the row.
    """
    placed = {pointer(place): tree for place, tree in enumerate(trees)}
    return _read(session, noun, placed, reach)


def read_each(
    session: Session, noun: Noun[Row], trees: Sequence[Any], reach: Reach = EVERYWHERE
) -> list[tuple[Row | None, list[Fault]]]:
    """Read many rows, with one look at the database; each is a row, or has faults of its own."""
    read: list[tuple[Row | None, list[Fault]]] = []
    mentioned: list[Mention] = []
    for place, tree in enumerate(trees):
        row, faults = validated(noun.schema, tree)
        readable = _readable(noun.schema, tree, row, faults)
        faults += [*unreadable_text(tree), *noun.check(readable), *_repeated(noun, readable)]
        mentioned += store.mentions(noun, readable, f"/{place}")
        read.append((row, faults))
    for fault in store.unknown_references(session, mentioned, reach):
        _, number, within = fault.pointer.split("/", 2)
        read[int(number)][1].append(Fault(f"/{within}", fault.code, fault.message))
    return [
        (None if faults or row is None else _as_stored(noun, noun.arrange(row)), faults)
        for row, faults in read
    ]


def _read(session: Session, noun: Noun[Row], trees: Mapping[str, Any], reach: Reach) -> list[Row]:
    read = read_each(session, noun, list(trees.values()), reach)
    faults = [
        Fault(place + fault.pointer, fault.code, fault.message)
        for place, (_, own) in zip(trees, read, strict=True)
        for fault in own
    ]
    if faults:
        raise InvalidDocument(faults)
    return [row for row, _ in read if row is not None]


def _readable(
    model: type[BaseModel], tree: Any, row: BaseModel | None, faults: list[Fault]
) -> Mapping[str, Any]:
    """Give the fields that have no fault of their own; the others are absent."""
    if row is not None:
        return vars(row)
    if not isinstance(tree, dict):
        return {}
    faulty = {fault.pointer.split("/")[1] for fault in faults if fault.pointer}
    rest = {name: value for name, value in tree.items() if pointer(name)[1:] not in faulty}
    part = _partial(model).model_validate(rest, by_alias=True, by_name=False)
    return {
        name: getattr(part, name)
        for name, field in type(part).model_fields.items()
        if pointer(field.alias or name)[1:] not in faulty
    }


@cache
def _partial(model: type[BaseModel]) -> type[BaseModel]:
    """Make the same model with every field optional."""
    fields: dict[str, Any] = {}
    for name, field in model.model_fields.items():
        optional = copy.copy(field)
        optional.default, optional.default_factory = None, None
        fields[name] = (field.annotation, optional)
    return create_model(f"Partial{model.__name__}", __base__=model, **fields)


def _as_stored(noun: Noun[Row], row: Row) -> Row:
    """Put what is kept in part tables in the order in which it is read back."""
    if not noun.parts:
        return row
    values = {name: getattr(row, name) for name in noun.schema.model_fields}
    for part in noun.parts:
        keys = [column.key for column in part.table.primary_key.columns if column.key != "owner"]
        placed = [columns for _, columns in part.to_rows(values[part.field])]
        placed.sort(key=lambda columns: [columns[key] for key in keys])
        values[part.field] = part.from_rows(placed)
    return noun.schema.model_validate(values)


def _repeated(noun: Noun[Row], values: Mapping[str, Any]) -> Iterator[Fault]:
    for part in noun.parts:
        seen: set[tuple[Any, ...]] = set()
        keys = [column.key for column in part.table.primary_key.columns if column.key != "owner"]
        for place, row in part.to_rows(values.get(part.field)):
            key = tuple(row[name] for name in keys)
            if key in seen:
                field = noun.schema.model_fields[part.field].alias or part.field
                told = ", ".join(map(repr, key))
                yield Fault(pointer(field, *place), "repeated_id", f"{told} is given twice.")
            seen.add(key)
