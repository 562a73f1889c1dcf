"""The chain over changes: each has a hash over itself and the hash of the one before."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

START = "0" * 64
Why = Literal["number", "previous", "hash", "head"]
_JSON = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False)


@dataclass(frozen=True)
class Entry:
    """One change as the chain sees it: the document counts by its hash.

    `owners` is the text as stored; `document_hash` is None for a deletion. `hash` is what is
    stored, and is no part of what is hashed.
    """

    id: int
    chain: str
    number: int
    at: datetime
    member: str
    action: str
    noun: str
    row_id: str
    version: int
    owners: str
    reason: str | None
    origin: str
    document_hash: str | None
    previous: str
    hash: str = ""


@dataclass(frozen=True)
class Head:
    """The last link of a chain, as it was written down somewhere else."""

    chain: str
    number: int
    hash: str


@dataclass(frozen=True)
class Break:
    """A place where a chain is not what it was."""

    chain: str
    number: int
    why: Why


def document_hash(document: str | None) -> str | None:
    """Give the sha256 of a document in hex; a deletion has no document."""
    return None if document is None else hashlib.sha256(document.encode()).hexdigest()


def entry_hash(entry: Entry) -> str:
    """Give the hash that this change should have: sha256 over its canonical JSON."""
    content = {
        "id": entry.id,
        "chain": entry.chain,
        "number": entry.number,
        "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "member": entry.member,
        "action": entry.action,
        "noun": entry.noun,
        "rowId": entry.row_id,
        "version": entry.version,
        "owners": entry.owners,
        "reason": entry.reason,
        "origin": entry.origin,
        "documentHash": entry.document_hash,
        "previous": entry.previous,
    }
    return hashlib.sha256(_JSON.encode(content).encode()).hexdigest()


def broken(entries: Iterable[Entry], head: Head | None = None) -> Iterator[Break]:
    """Report where one chain was tampered with.

    Parameters
    ----------
    entries
        All changes of one chain, in the order of their numbers.
    head
        A link that was written down before: the chain must still hold it.
    """
    number, previous, held = 0, START, head is None
    for entry in entries:
        if entry.number != number + 1:
            yield Break(entry.chain, number + 1, "number")
        if entry.previous != previous:
            yield Break(entry.chain, entry.number, "previous")
        if entry.hash != entry_hash(entry):
            yield Break(entry.chain, entry.number, "hash")
        number, previous = entry.number, entry.hash
        if head is not None and number == head.number:
            held = previous == head.hash
    if head is not None and not held:
        yield Break(head.chain, head.number, "head")
