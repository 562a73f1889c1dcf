"""Read server-sent events: named messages in a text stream."""

from collections.abc import AsyncIterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Event:
    """One message: its name and its data."""

    name: str
    data: str


async def events(lines: AsyncIterator[str]) -> AsyncIterator[Event]:
    """Join lines into events; an unfinished last one is dropped, as the standard says.

    Source: WHATWG HTML, section 9.2.6, interpreting an event stream (ids and retry times are
    not used here).
    """
    name, data = "message", list[str]()
    async for line in lines:
        field, _, value = line.partition(":")
        value = value.removeprefix(" ")
        if field == "event":
            name = value
        elif field == "data":
            data.append(value)
        elif not line and data:
            yield Event(name, "\n".join(data))
            name, data = "message", []
