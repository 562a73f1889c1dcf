"""Recompute the audit log: over the API, or straight in the database with every row."""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
from rich.console import RenderableType

from services.api.audit.service import heads
from services.api.audit.service import verify as verify_rows
from services.api.command_line import wording
from services.api.command_line.tables_for_people import Heading, number, table
from services.api.command_line.terminal import Failed, Row, Terminal
from services.api.database import open_database, reading
from services.api.demo.conversation import accepted
from services.api.history.chain import Entry, Head, broken
from services.api.language import Language
from services.api.settings import Settings

_MOST_ENTRIES = 1_000
_HEADS = (
    Heading(wording.CHAIN),
    Heading(wording.NUMBER, numeric=True),
    Heading(wording.HASH),
)
_BREAKS = (Heading(wording.WHERE), Heading(wording.WHAT))
# The database says the same in two languages itself.
_WHY = {
    "number": wording.NUMBER_BROKEN,
    "previous": wording.PREVIOUS_BROKEN,
    "hash": wording.HASH_BROKEN,
    "head": wording.HEAD_BROKEN,
}


def show_heads(terminal: Terminal) -> None:
    """Show the last link of every chain; kept elsewhere, it shows later that none was cut off."""
    with terminal.client() as client:
        links = accepted(client.get("/v1/audit-log/heads")).json()["items"]
    terminal.show(links, lambda: heads_of(terminal.lang, links))


def verify(terminal: Terminal, kept: Path | None) -> None:
    """Recompute every link of the chains that the caller may read.

    Parameters
    ----------
    terminal
        Who asks.
    kept
        A file with heads, as `audit head --json` wrote it before.

    Raises
    ------
    Failed
        When a chain is not what it was; each place is shown.
    """
    links = _kept(kept, terminal.lang)
    chains: dict[str, list[Entry]] = defaultdict(list)
    with terminal.client() as client:
        own = _only_chain(client)
        for entry in _entries(client, own):
            chains[entry.chain].append(entry)
    names = chains.keys() | links.keys() if own is None else {own}
    told = [
        {"where": found.chain, "what": _WHY[found.why].to(terminal.lang).format(found.number)}
        for name in sorted(names)
        for found in broken(chains[name], links.get(name))
    ]
    _conclude(terminal, told, sum(map(len, chains.values())), len(chains))


def verify_database(terminal: Terminal, settings: Settings, kept: Path | None) -> None:
    """Recompute every link and compare every row with its last version, in the database itself.

    Raises
    ------
    Failed
        When something is not what it was; each place is shown.
    """
    engine = open_database(settings.database_url)
    try:
        with reading(engine) as session:
            found = list(verify_rows(session, list(_kept(kept, terminal.lang).values())))
            links = heads(session)
    finally:
        engine.dispose()
    told = [
        {"where": one.where, "what": one.nl if terminal.lang == "nl" else one.en} for one in found
    ]
    _conclude(terminal, told, sum(link.number for link in links), len(links))


def _kept(file: Path | None, lang: Language) -> dict[str, Head]:
    if file is None:
        return {}
    try:
        read = json.loads(file.read_text(encoding="utf-8"))
        if not isinstance(read, list):
            raise TypeError(read)
        links = [Head(link["organisation"], link["number"], link["hash"]) for link in read]
    except (ValueError, TypeError, KeyError) as error:
        raise Failed(wording.NO_HEADS.to(lang).format(file=file.name)) from error
    return {link.chain: link for link in links}


def _only_chain(client: httpx.Client) -> str | None:
    """Give the one chain that the caller sees all of; None when it sees everything."""
    me = accepted(client.get("/v1/me")).json()
    return None if me["municipalities"] is None else str(me["organisation"])


def _entries(client: httpx.Client, organisation: str | None) -> Iterable[Entry]:
    wanted: dict[str, Any] = {"limit": _MOST_ENTRIES, "after": 0}
    if organisation is not None:
        wanted["organisation"] = organisation
    while True:
        page = accepted(client.get("/v1/audit-log", params=wanted)).json()
        yield from map(_entry, page["items"])
        if page["next"] == wanted["after"]:
            return
        wanted["after"] = page["next"]


def _entry(row: Row) -> Entry:
    return Entry(
        id=row["id"],
        chain=row["organisation"],
        number=row["number"],
        at=datetime.fromisoformat(row["at"]),
        member=row["member"],
        action=row["action"],
        noun=row["noun"],
        row_id=row["rowId"],
        version=row["version"],
        owners=row["owners"],
        reason=row["reason"],
        origin=row["origin"],
        document_hash=row["documentHash"],
        previous=row["previous"],
        hash=row["hash"],
    )


def _conclude(terminal: Terminal, told: Sequence[Row], entries: int, chains: int) -> None:
    answer: dict[str, Any] = {"entries": entries, "chains": chains, "broken": told}
    if told:
        terminal.show(answer, lambda: breaks_of(terminal.lang, told))
        raise Failed(wording.BROKEN.to(terminal.lang))
    of_entries = number(terminal.lang, entries)
    terminal.done(answer, wording.UNBROKEN, entries=of_entries, chains=chains)


def heads_of(lang: Language, links: Sequence[Row]) -> RenderableType:
    """Make the table of the last links."""
    lines = [(link["organisation"], number(lang, link["number"]), link["hash"]) for link in links]
    return table(lang, wording.HEADS.to(lang), _HEADS, lines)


def breaks_of(lang: Language, told: Sequence[Row]) -> RenderableType:
    """Make the table of the places that are not what they were."""
    lines = [(one["where"], one["what"]) for one in told]
    return table(lang, wording.BROKEN.to(lang), _BREAKS, lines)
