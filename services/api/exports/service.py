"""Write the rows of a noun into a file, all as they are at one moment."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain, islice
from typing import IO, Any, Literal

from sqlalchemy.orm import Session

from services.api.access.actor import Caller
from services.api.crud import lists
from services.api.crud.noun import Noun, Row
from services.api.crud.past import documents_at
from services.api.crud.service import Registry
from services.api.exports import csv_file, xlsx_file
from services.api.exports.cells import Column
from services.api.exports.columns import columns_of
from services.api.exports.templates import csv_template, write_template
from services.api.history.reading import change_at
from services.api.history.recording import latest
from services.api.language import Language
from shared.faults import Fault, InvalidDocument

FileFormat = Literal["csv", "xlsx", "json"]
FormFormat = Literal["csv", "xlsx"]
MEDIA_TYPES: Mapping[FileFormat, str] = {
    "csv": csv_file.MEDIA_TYPE,
    "xlsx": xlsx_file.MEDIA_TYPE,
    "json": "application/json",
}
_AT_A_TIME = 1_000
Batches = Iterable[Sequence[str]]


@dataclass(frozen=True)
class Wish:
    """What is wanted of a noun, and in which form.

    Parameters
    ----------
    filters
        By name, as in lists; None where there is no wish.
    format
        Kind of file.
    numbers
        How a CSV file writes them.
    as_of
        When it was so; None for now.
    """

    filters: Mapping[str, Any]
    format: FileFormat
    numbers: Language = "en"
    as_of: datetime | None = None


def export(
    session: Session, registry: Registry[Row], caller: Caller, wish: Wish, file: IO[bytes]
) -> None:
    """Write the rows within the caller's reach that meet every filter.

    Parameters
    ----------
    session
        One that sees one state of the data.
    registry, caller, wish
        What is wanted, and by whom.
    file
        Where to.

    Raises
    ------
    InvalidDocument
        When a workbook cannot hold so many rows.
    """
    noun = registry.noun
    batches = _batches(session, noun, caller, wish)
    if wish.format == "json":
        file.writelines(_as_json(batches))
    elif wish.format == "csv":
        file.writelines(csv_file.csv_file(columns_of(noun.schema), batches, wish.numbers))
    else:
        _workbook(session, noun, batches, wish.as_of, file)


def form(registry: Registry[Row], format_: FormFormat, numbers: Language, file: IO[bytes]) -> None:
    """Write an empty file to fill in with rows of a noun."""
    noun = registry.noun
    columns = columns_of(noun.schema)
    if format_ == "csv":
        file.write(csv_template(columns, numbers))
    else:
        write_template(file, noun.path, columns, {"register / registry": noun.path})


def _batches(session: Session, noun: Noun[Row], caller: Caller, wish: Wish) -> Iterator[list[str]]:
    if wish.as_of is None:
        yield from lists.streamed(session, noun, caller.reach, wish.filters, _AT_A_TIME)
        return
    past = documents_at(session, noun, caller.reach, wish.filters, wish.as_of)
    while some := list(islice(past, _AT_A_TIME)):
        yield some


def _as_json(batches: Batches) -> Iterator[bytes]:
    """Write an array with one row per line."""
    yield b"["
    before = b"\n"
    for documents in batches:
        yield before + ",\n".join(documents).encode()
        before = b",\n"
    yield b"\n]\n"


def _workbook(
    session: Session,
    noun: Noun[Row],
    batches: Batches,
    as_of: datetime | None,
    file: IO[bytes],
) -> None:
    # So many are few enough to look at before anything is written.
    rows = _at_most(xlsx_file.MOST_ROWS, chain.from_iterable(batches))
    if as_of is None:
        version = latest(session)
        change = version[0] if version else 0
    else:
        change = change_at(session, as_of)
    facts = {
        "register / registry": noun.path,
        "moment / moment": (as_of or datetime.now(UTC)).isoformat(timespec="seconds"),
        "versie / version": str(change),
        "regels / rows": str(len(rows)),
    }
    columns: Sequence[Column] = columns_of(noun.schema)
    xlsx_file.write_workbook(file, noun.path, columns, [rows], facts)


def _at_most(most: int, documents: Iterable[str]) -> list[str]:
    rows: list[str] = []
    for document in documents:
        if len(rows) == most:
            message = f"A workbook holds at most {most} rows; ask for csv, or for fewer rows."
            raise InvalidDocument([Fault("?format", "too_many_rows", message)])
        rows.append(document)
    return rows
