"""Chains for tests: whole ones, and what somebody may try to do to them."""

from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from services.api.history.chain import START, Entry, Head, document_hash, entry_hash

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
FIELDS = tuple(field.name for field in fields(Entry))


def linked(entries: Sequence[Entry]) -> list[Entry]:
    """Give each entry the hash of the one before and its own."""
    previous = START
    chain = []
    for entry in entries:
        follower = replace(entry, previous=previous)
        chain.append(replace(follower, hash=entry_hash(follower)))
        previous = chain[-1].hash
    return chain


def chain_of(length: int) -> list[Entry]:
    """Make a whole chain of changes of a few rows."""
    return linked([_entry(number) for number in range(1, length + 1)])


def head_of(chain: Sequence[Entry]) -> Head:
    """Write down the last link."""
    return Head(chain[-1].chain, chain[-1].number, chain[-1].hash)


def changed(entry: Entry, field: str) -> Entry:
    """Change one field of an entry, and nothing else."""
    return replace(entry, **{field: _other(getattr(entry, field))})


def _entry(number: int) -> Entry:
    return Entry(
        id=10 + 2 * number,
        chain="gemeente-a",
        number=number,
        at=NOON + timedelta(seconds=number),
        member=f"member-{number % 3}",
        action="created",
        noun="needs",
        row_id=f"row-{number}",
        version=1,
        owners="GM0363",
        reason=None if number % 2 else "counted anew",
        origin="api",
        document_hash=document_hash(f'{{"likely":{number}}}'),
        previous="",
    )


def _other(value: Any) -> Any:
    if isinstance(value, int):
        return value + 1
    if isinstance(value, datetime):
        return value + timedelta(microseconds=1)
    return f"{value or ''}x"
