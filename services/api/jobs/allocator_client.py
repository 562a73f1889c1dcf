"""The conversation with the allocator: one question, news of its progress, one answer."""

import asyncio
import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Literal

import httpx

from services.api.jobs.server_sent_events import Event, events

_BUSY = frozenset({HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE})
_PASSING = frozenset({HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.REQUEST_TIMEOUT})
_SOLVE_FAILURES = frozenset({"crash", "memory", "timeLimit"})

Task = Literal["allocations", "repairs"]
"""What the allocator can be asked; also its address there."""


class AllocatorUnavailable(Exception):
    """The allocator is in trouble, or went away before it answered: try again later."""


class NotBegun(Exception):
    """The allocator has not taken the question: waiting costs nothing.

    Parameters
    ----------
    message
        Why not.
    seconds
        When to ask again [s], where it is known.
    """

    def __init__(self, message: str, seconds: float | None = None) -> None:
        self.seconds = seconds
        super().__init__(message)


class SolveFailed(Exception):
    """The allocator is well, but its solve of this very question failed."""


class AllocatorRefused(Exception):
    """The allocator will not answer this question, however often it is asked."""


class NoLongerWanted(Exception):
    """Nobody waits for this answer any more."""


@dataclass(frozen=True)
class Question:
    """What the allocator is asked about a problem, and how long it may take [s]."""

    problem: bytes
    time_limit_seconds: float
    grace_seconds: float
    task: Task = "allocations"


@dataclass(frozen=True)
class Listener:
    """Who asks: whether the answer is still wanted, and where news of progress goes.

    Both may wait for a database; they are called in a thread of their own.
    """

    wanted: Callable[[], bool]
    progress: Callable[[dict[str, Any]], None]
    poll_seconds: float


def ask(allocator_url: str, question: Question, listener: Listener) -> bytes:
    """Put a question to the allocator and wait for the answer.

    Leaving early closes the connection, which makes the allocator stop computing.

    Parameters
    ----------
    allocator_url
        Base address of the allocator.
    question
        The problem and its time limits.
    listener
        Who asks.

    Returns
    -------
    The result document, as it was received.

    Raises
    ------
    AllocatorUnavailable, NotBegun, SolveFailed
        When it could be different next time.
    AllocatorRefused
        When it would be the same next time.
    NoLongerWanted
        When the listener no longer wants the answer.
    """
    return asyncio.run(_ask(allocator_url, question, listener))


async def _ask(allocator_url: str, question: Question, listener: Listener) -> bytes:
    answer = asyncio.create_task(_answer(allocator_url, question, listener))
    unwanted = asyncio.create_task(_until_unwanted(listener))
    patience = question.time_limit_seconds + question.grace_seconds
    await asyncio.wait({answer, unwanted}, timeout=patience, return_when=asyncio.FIRST_COMPLETED)
    if answer.done():
        unwanted.cancel()
        return answer.result()
    answer.cancel()
    with suppress(asyncio.CancelledError):
        await answer
    if unwanted.done():
        unwanted.result()
        raise NoLongerWanted
    unwanted.cancel()
    raise AllocatorRefused(f"The allocator gave no answer within {patience:g} seconds.")


async def _until_unwanted(listener: Listener) -> None:
    while await asyncio.to_thread(listener.wanted):
        await asyncio.sleep(listener.poll_seconds)


async def _answer(allocator_url: str, question: Question, listener: Listener) -> bytes:
    timeout = httpx.Timeout(10.0, read=None)
    try:
        async with (
            httpx.AsyncClient(base_url=allocator_url, timeout=timeout) as client,
            client.stream(
                "POST",
                f"/v1/{question.task}",
                params={"timeLimit": question.time_limit_seconds},
                content=question.problem,
                headers={"Content-Type": "application/json", "Accept": "text/event-stream"},
            ) as response,
        ):
            retry_after = response.headers.get("Retry-After", "")
            if response.status_code in _BUSY and retry_after.isdigit():
                message = f"All places of the allocator are taken; it said to wait {retry_after} s."
                raise NotBegun(message, float(retry_after))
            if response.status_code != HTTPStatus.OK:
                raise _refusal(response.status_code, (await response.aread()).decode())
            async for event in events(response.aiter_lines()):
                document = await _told(event, listener)
                if document is not None:
                    return document
    except (httpx.ConnectError, httpx.ConnectTimeout) as failure:
        raise NotBegun(
            f"The allocator cannot be reached at {allocator_url} ({type(failure).__name__})."
        ) from failure
    except httpx.TransportError as failure:
        raise AllocatorUnavailable(
            f"The connection to the allocator failed ({type(failure).__name__})."
        ) from failure
    raise AllocatorUnavailable("The allocator went away before it answered.")


async def _told(event: Event, listener: Listener) -> bytes | None:
    if event.name == "result":
        return event.data.encode()
    if event.name == "problem":
        raise _refusal(None, event.data)
    if event.name == "progress":
        await asyncio.to_thread(listener.progress, _json_object(event.data))
    return None


def _refusal(
    status: int | None, body: str
) -> AllocatorUnavailable | AllocatorRefused | SolveFailed:
    problem = _json_object(body)
    status = status or problem.get("status", HTTPStatus.INTERNAL_SERVER_ERROR)
    said = problem.get("detail") or problem.get("title") or "no explanation"
    faults = [f"{e.get('pointer')}: {e.get('detail')}" for e in problem.get("errors", [])[:5]]
    message = " ".join([f"The allocator answered {status}: {said}", *faults])
    if problem.get("reason") in _SOLVE_FAILURES:
        return SolveFailed(message)
    passing = status in _PASSING or status >= HTTPStatus.INTERNAL_SERVER_ERROR
    return AllocatorUnavailable(message) if passing else AllocatorRefused(message)


def _json_object(text: str) -> dict[str, Any]:
    try:
        value = json.loads(text)
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}
