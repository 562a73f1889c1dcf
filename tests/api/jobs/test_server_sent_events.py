"""Named messages in a text stream."""

import asyncio
from collections.abc import AsyncIterator

from hypothesis import given
from hypothesis import strategies as st

from services.api.jobs.server_sent_events import Event, events

LINE = st.text(st.characters(blacklist_characters="\r\n"), min_size=1)


def read(*lines: str) -> list[Event]:
    async def given_lines() -> AsyncIterator[str]:
        for line in lines:
            yield line

    async def everything() -> list[Event]:
        return [event async for event in events(given_lines())]

    return asyncio.run(everything())


def test_a_message_has_a_name_and_data() -> None:
    assert read("event: progress", 'data: {"a": 1}', "") == [Event("progress", '{"a": 1}')]


def test_a_message_without_a_name_is_just_a_message() -> None:
    assert read("data: hello", "") == [Event("message", "hello")]


def test_the_name_belongs_to_one_message_only() -> None:
    assert read("event: result", "data: 1", "", "data: 2", "") == [
        Event("result", "1"),
        Event("message", "2"),
    ]


def test_data_on_several_lines_is_joined() -> None:
    assert read("data: a", "data: b", "") == [Event("message", "a\nb")]


def test_a_sign_of_life_is_no_message() -> None:
    assert read(": still busy", "", "event: result", "data: 1", "") == [Event("result", "1")]


def test_a_message_that_was_cut_off_is_dropped() -> None:
    assert read("event: result", "data: 1") == []


@given(st.lists(st.tuples(LINE, st.lists(LINE, min_size=1)), max_size=5))
def test_what_is_written_by_the_standard_is_read_back(sent: list[tuple[str, list[str]]]) -> None:
    lines = [
        line
        for name, data in sent
        for line in (f"event: {name}", *(f"data: {part}" for part in data), "")
    ]
    assert read(*lines) == [Event(name, "\n".join(data)) for name, data in sent]
