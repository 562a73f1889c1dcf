"""The audit log on the wire."""

from datetime import datetime

from pydantic import Field

from services.api.history.chain import Entry, Head
from shared.contract.fields import Rows, Strict

_HASH = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


class LogEntry(Strict):
    """One change: who did what to which row, and its place in the chain.

    `hash` is the SHA-256, in hex, of the UTF-8 bytes of a JSON object with sorted keys and no
    spaces: id, chain (the organisation), number, at (with microseconds and +00:00), member,
    action, noun, rowId, version, owners, reason, origin, documentHash and previous.
    """

    id: int = Field(ge=1, description="Place among all changes.", examples=[1525])
    organisation: str = Field(
        description="Organisation of whoever did it; each has a chain of its own. `system` is the "
        "program itself.",
        examples=["gemeente-haarlemmermeer"],
    )
    number: int = Field(ge=1, description="Place in the chain.", examples=[12])
    at: datetime = Field(
        description="When it was stored.", examples=["2026-11-24T09:30:00.000250Z"]
    )
    member: str = Field(
        description="Account that did it.", examples=["5f0c1f1e-00b1-4000-8000-000000000001"]
    )
    action: str = Field(description="What was done.", examples=["replaced"])
    noun: str = Field(description="Collection of the row.", examples=["needs"])
    row_id: str = Field(
        description="Id of the row.", examples=["5f0c1f1e-0009-4000-8000-000000000001"]
    )
    version: int = Field(ge=1, description="Version that it made.", examples=[3])
    owners: str = Field(
        description="Whose row it is, with spaces: municipalities, `org:` and `region:`.",
        examples=["GM0394"],
    )
    reason: str | None = Field(description="Why, where given.", examples=["Counted anew."])
    origin: str = Field(description="By which way it came in.", examples=["api"])
    request_id: str | None = Field(
        description="The request that did it.", examples=["5f0c1f1e-00c1-4000-8000-000000000001"]
    )
    document_hash: str | None = Field(
        description="SHA-256 of the row as it became; null for a deletion.", examples=[_HASH]
    )
    previous: str = Field(description="Hash of the change before in the chain.", examples=[_HASH])
    hash: str = Field(description="Hash of this change.", examples=[_HASH])

    @classmethod
    def of(cls, entry: Entry, request_id: str | None) -> "LogEntry":
        """Write an entry as it is read."""
        return cls(
            id=entry.id,
            organisation=entry.chain,
            number=entry.number,
            at=entry.at,
            member=entry.member,
            action=entry.action,
            noun=entry.noun,
            row_id=entry.row_id,
            version=entry.version,
            owners=entry.owners,
            reason=entry.reason,
            origin=entry.origin,
            request_id=request_id,
            document_hash=entry.document_hash,
            previous=entry.previous,
            hash=entry.hash,
        )


class LogEntries(Strict):
    """Entries after an id."""

    items: Rows[LogEntry] = Field(description="In the order in which they were stored.")
    next: int = Field(ge=0, description="`after` of the next call.", examples=[1525])


class ChainHead(Strict):
    """The last link of a chain: kept elsewhere, it shows when an end is cut off."""

    organisation: str = Field(
        description="Whose chain it is.", examples=["gemeente-haarlemmermeer"]
    )
    number: int = Field(ge=1, description="Changes in the chain.", examples=[12])
    hash: str = Field(description="Hash of the last one.", examples=[_HASH])

    @classmethod
    def of(cls, head: Head) -> "ChainHead":
        """Write a head as it is read."""
        return cls(organisation=head.chain, number=head.number, hash=head.hash)


class ChainHeads(Strict):
    """The last link of every chain."""

    items: Rows[ChainHead] = Field(description="Ordered by organisation.")
