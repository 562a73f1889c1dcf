"""Read a file into the registry: look at it first, then store all of it or nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import httpx
import typer
from pydantic import BaseModel
from rich.console import RenderableType

from services.api.command_line import wording
from services.api.command_line.json_rows import rows_as_csv
from services.api.command_line.tables_for_people import (
    Heading,
    number,
    table,
    text,
    with_legend,
)
from services.api.command_line.terminal import Failed, Row, Terminal
from services.api.demo import conversation
from services.api.exports.cells import Kind, value_of
from services.api.exports.columns import columns_of
from services.api.language import Language
from services.api.nouns import BY_PATH

MEDIA_TYPES = {
    ".csv": "text/csv",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_ELSE = MEDIA_TYPES[".csv"]
_JSON, _AS_IN_JSON = ".json", {"numberFormat": "en"}
_SHOWN = 20
_CHANGES = (
    Heading(wording.LINE, numeric=True),
    Heading(wording.FIELD),
    Heading(wording.WAS),
    Heading(wording.BECOMES),
)
_FAULTS = (
    Heading(wording.LINE, numeric=True),
    Heading(wording.FIELD),
    Heading(wording.FAULT),
)


@dataclass(frozen=True)
class Wish:
    """What is to be done with a file.

    Parameters
    ----------
    file, noun, profile
        The file, the noun its rows go to, and its layout when it is a known one.
    columns
        Headings of the file with the field that each goes to, besides what is suggested.
    constants
        What is the same for every row, as text by field.
    choices
        The other choices, by their names on the wire.
    reason
        Why, for the history.
    dry_run, sure
        Whether to look only, and whether to store without asking.
    """

    file: Path
    noun: str
    profile: str | None
    columns: Mapping[str, str | None]
    constants: Mapping[str, str]
    choices: Mapping[str, Any]
    reason: str | None
    dry_run: bool
    sure: bool


def import_file(terminal: Terminal, wish: Wish) -> None:
    """Show what a file would change, and store it when that is what people want.

    Raises
    ------
    Failed
        When nothing was stored, because of faults or because people did not want it.
    RefusedByApi
        When the API refuses the file or the choices.
    """
    with terminal.client() as client:
        address = _sent(client, wish, terminal.lang)
        stored = None
        try:
            preview, tag = _looked_at(client, address)
            stored = _applied(terminal, client, wish, address, preview, tag)
        finally:
            if stored is None:
                client.delete(address, headers={"If-Match": "*"})
    if stored is not None:
        counts = {name: stored[name] for name in ("added", "changed", "unchanged")}
        terminal.done(stored, wording.IMPORTED, noun=wish.noun, **counts)


def _sent(client: httpx.Client, wish: Wish, lang: Language) -> str:
    """Send the file and choose its columns; gives the address of the import."""
    content, kind, numbers = wish.file.read_bytes(), wish.file.suffix.lower(), {}
    if kind == _JSON:
        content, numbers = rows_as_csv(content, wish.noun, wish.file.name, lang), _AS_IN_JSON
    given = {"noun": wish.noun, "fileName": wish.file.name, "profile": wish.profile}
    sent = conversation.accepted(
        client.post(
            "/v1/imports",
            params={name: value for name, value in given.items() if value is not None},
            content=content,
            headers={"Content-Type": MEDIA_TYPES.get(kind, _ELSE)},
        )
    )
    address = sent.headers["Location"]
    columns = sent.json()["columns"]
    suggested = {} if wish.profile else {one["heading"]: one["suggested"] for one in columns}
    choices = {
        **wish.choices,
        **numbers,
        "columns": {**suggested, **wish.columns},
        "constants": _values(wish.noun, wish.constants),
    }
    chosen = client.put(f"{address}/choices", json=choices, headers={"If-Match": "*"})
    conversation.accepted(chosen)
    return str(address)


def _values(noun: str, constants: Mapping[str, str]) -> Row:
    """Read what is the same for every row as the noun has it: a number as a number."""
    registry = BY_PATH.get(noun)
    schema: type[BaseModel] | None = None if registry is None else registry.noun.schema
    kinds = {} if schema is None else {one.name: one.kind for one in columns_of(schema)}
    values = {name: value_of(kinds.get(name, Kind.TEXT), text) for name, text in constants.items()}
    return {
        name: float(value) if isinstance(value, Decimal) else value
        for name, value in values.items()
    }


def _looked_at(client: httpx.Client, address: str) -> tuple[Row, str]:
    """Read what would change, with the tag of that."""
    answer = conversation.accepted(
        client.get(f"{address}/preview", params={"only": "changes", "limit": _SHOWN})
    )
    return answer.json(), answer.headers["ETag"]


def _applied(
    terminal: Terminal,
    client: httpx.Client,
    wish: Wish,
    address: str,
    preview: Row,
    tag: str,
) -> Row | None:
    """Store it; None when people only wanted to look."""
    counts = preview["counts"]
    if wish.dry_run or counts["faulty"] or not terminal.as_json:
        terminal.show(preview, lambda: preview_of(terminal.lang, wish.noun, preview))
    if counts["faulty"]:
        raise Failed(wording.NOT_IMPORTED.to(terminal.lang))
    if wish.dry_run:
        terminal.say(wording.NOT_IMPORTED)
        return None
    rows = number(terminal.lang, counts["added"] + counts["changed"])
    if not wish.sure and not typer.confirm(
        wording.SURE.to(terminal.lang).format(changed=rows), err=True
    ):
        raise Failed(wording.NOT_IMPORTED.to(terminal.lang))
    applied = client.post(
        f"{address}/application", json={"reason": wish.reason}, headers={"If-Match": tag}
    )
    stored: Row = conversation.accepted(applied).json()
    return stored


def preview_of(lang: Language, noun: str, preview: Row) -> RenderableType:
    """Make the table of what would change; with faults, the table of those."""
    counts = {name: number(lang, value) for name, value in preview["counts"].items()}
    told = wording.COUNTED.to(lang).format(**counts)
    if preview["faults"]:
        return with_legend(_faults_of(lang, preview["faults"]), *_more(lang, preview), told)
    lines = [line for row in preview["items"] for line in _lines(lang, row)]
    title = wording.PREVIEW.to(lang).format(noun=noun)
    return with_legend(table(lang, title, _CHANGES, lines), *_more(lang, preview), told)


def _faults_of(lang: Language, faults: list[Row]) -> Any:
    said = "nl" if lang == "nl" else "message"
    lines = [
        (str(fault["row"]), fault["heading"] or fault["field"] or "", fault[said])
        for fault in faults[:_SHOWN]
    ]
    return table(lang, wording.FAULTS.to(lang), _FAULTS, lines)


def _more(lang: Language, preview: Row) -> list[str]:
    of_all = preview["counts"]["faulty"] if preview["faults"] else preview["total"]
    more = of_all - _SHOWN
    return [wording.AND_MORE.to(lang).format(more=number(lang, more))] if more > 0 else []


def _lines(lang: Language, row: Row) -> list[tuple[str, str, str, str]]:
    """Tell of one row which fields change; of a new row, what it is about."""
    before, after = row["before"], row["after"] or {}
    if before is None:
        about = [text(value) for name, value in after.items() if name != "id" and value is not None]
        return [(str(row["row"]), wording.NEW_ROW.to(lang), "", ", ".join(about))]
    differing = [name for name, value in after.items() if before.get(name) != value]
    return [
        (
            str(row["row"]) if name == differing[0] else "",
            name,
            text(before.get(name)),
            text(after[name]),
        )
        for name in differing
    ]
