"""The audit log, and whether the past is still what it was."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from services.api.access.actor import Caller
from services.api.api_keys.issuing import api_keys
from services.api.audit import store
from services.api.audit.store import Last, Line
from services.api.commitments import amendments
from services.api.crud.service import Registry, document_of
from services.api.history.chain import Head, broken
from services.api.members.service import members
from services.api.nouns import REGISTRIES
from services.api.organisations.service import organisations
from services.api.trades.service import trades
from services.api.webhooks.service import webhooks

MOST_SCANNED = 5_000
# Everything that a change makes a row of, and not only what is a figure.
KEPT: tuple[Registry[Any], ...] = (*REGISTRIES, trades, organisations, members, api_keys, webhooks)
_BREAKS = {
    "number": (
        "the number {number} is missing or stands twice",
        "het nummer {number} ontbreekt of staat er twee keer",
    ),
    "previous": (
        "change {number} does not follow the change before it",
        "wijziging {number} sluit niet aan op de wijziging ervoor",
    ),
    "hash": (
        "change {number} was changed afterwards",
        "wijziging {number} is achteraf veranderd",
    ),
    "head": (
        "change {number} is not the one that was written down before",
        "wijziging {number} is niet de wijziging die eerder is genoteerd",
    ),
}


@dataclass(frozen=True)
class Finding:
    """Something in the database that did not come about in the ordinary way.

    Parameters
    ----------
    where
        A chain, or a noun with the id of a row.
    en, nl
        What is the matter with it, as a clause in English and in Dutch.
    """

    where: str
    en: str
    nl: str


@dataclass(frozen=True)
class LogPage:
    """Entries in order, and the id up to which all were looked at."""

    lines: list[Line]
    next: int


def page(
    session: Session, caller: Caller, after: int, limit: int, organisation: str | None
) -> LogPage:
    """Give the entries after an id of what lies within reach, and of one's own organisation."""
    until = min(store.newest(session), after + MOST_SCANNED)
    found: list[Line] = []
    for line in store.between(session, after, until, organisation):
        entry = line.entry
        own = entry.chain == caller.actor.organisation
        if own or caller.reach.sees(entry.owners.split()):
            found.append(line)
            if len(found) == limit:
                return LogPage(found, entry.id)
    return LogPage(found, max(after, until))


def heads(session: Session) -> list[Head]:
    """Give the last link of every chain: kept elsewhere, it shows that an end was cut off."""
    return store.heads(session)


def verify(session: Session, kept: Iterable[Head] = ()) -> Iterator[Finding]:
    """Look for every change that was not made by this program.

    Parameters
    ----------
    session
        One view of the whole database.
    kept
        Links that were written down before, of any chain.
    """
    yield from _chains(session, kept)
    for missing in store.gaps(session):
        yield Finding(
            f"change {missing}",
            "is missing from the history of all organisations together",
            "ontbreekt in de geschiedenis van alle organisaties samen",
        )
    for registry in KEPT:
        yield from _rows(session, registry)
    yield from _amendments(session)
    for noun, row_id, organisation in store.unrecorded_signatures(session):
        yield Finding(
            f"{noun} {row_id}",
            f"has a signature of {organisation} that the history does not know",
            f"heeft een handtekening van {organisation} die de geschiedenis niet kent",
        )


def _chains(session: Session, kept: Iterable[Head]) -> Iterator[Finding]:
    written_down: dict[str, list[Head | None]] = defaultdict(list)
    for head in kept:
        written_down[head.chain].append(head)
    for name in sorted({*store.chains(session), *written_down}):
        found = {
            one: None
            for head in written_down.get(name) or [None]
            for one in broken(store.entries(session, name), head)
        }
        for one in found:
            en, nl = _BREAKS[one.why]
            told = {"number": one.number}
            yield Finding(f"chain {name}", en.format(**told), nl.format(**told))


def _rows(session: Session, registry: Registry[Any]) -> Iterator[Finding]:
    noun = registry.noun
    for some in store.present(session, noun):
        last = store.last_changes(session, noun.path, some)
        for row in registry.every(session, [noun.id_column.in_(list(some))]):
            row_id = getattr(row, noun.id_field)
            said = _differs(document_of(row), some[row_id], last.get(row_id))
            if said is not None:
                yield Finding(f"{noun.path} {row_id}", *said)
    for row_id in store.vanished(session, noun):
        yield Finding(
            f"{noun.path} {row_id}",
            "is gone, and the history has no deletion of it",
            "is weg, en de geschiedenis kent geen verwijdering",
        )


def _amendments(session: Session) -> Iterator[Finding]:
    there = amendments.every(session)
    last = store.last_changes(session, amendments.NOUN, [row.id for row, _ in there])
    for row, change in there:
        said = _differs(document_of(row), change, last.get(row.id))
        if said is not None:
            yield Finding(f"{amendments.NOUN} {row.id}", *said)


def _differs(document: str, change: int | None, last: Last | None) -> tuple[str, str] | None:
    if last is None:
        return "has no history", "heeft geen geschiedenis"
    if document != last.document:
        return (
            f"is not what change {last.change} made of it",
            f"is niet wat wijziging {last.change} ervan maakte",
        )
    if change != last.change:
        return (
            f"does not belong to its last change, {last.change}",
            f"hoort niet bij de laatste wijziging, {last.change}",
        )
    return None
