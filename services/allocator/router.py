"""HTTP in and out of the allocator: problems to solve, and whether it is well."""

import asyncio
import json
import logging
from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Annotated, assert_never, cast

import anyio
from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from services.allocator.error_responses import failure_body, problem_response
from services.allocator.request_input import (
    EVENTS,
    JSON,
    Asked,
    read_body,
    read_question,
    wanted_format,
)
from services.allocator.settings import Settings
from services.allocator.solve_runner import (
    Failed,
    Message,
    Progressed,
    Solved,
    SolvePlaces,
    StillBusy,
    solve,
)

log = logging.getLogger(__name__)
router = APIRouter()


def _settings(request: Request) -> Settings:
    return cast(Settings, request.app.state.settings)


def _places(request: Request) -> SolvePlaces:
    return cast(SolvePlaces, request.app.state.places)


SettingsDep = Annotated[Settings, Depends(_settings)]
PlacesDep = Annotated[SolvePlaces, Depends(_places)]


@router.get("/health", summary="Is the allocator well?")
async def health() -> dict[str, str]:
    """Answer at once, also while problems are being solved."""
    return {"status": "ok"}


@router.post("/allocations", summary="Solve a problem", response_class=Response)
async def add_allocation(request: Request, settings: SettingsDep, places: PlacesDep) -> Response:
    """Solve the problem in the body; closing the connection ends the solve."""
    form = wanted_format(request.headers)
    body = await read_body(request, settings.body_limit_bytes)
    # In a thread: checking a large problem takes a moment, and health must not wait for it.
    asked = await asyncio.to_thread(read_question, request.query_params, body, settings)
    places.take()
    if form == EVENTS:
        return _SolveStream(_events(asked, settings), places)
    try:
        return await _one_answer(request, asked, settings)
    finally:
        places.give_back()


async def _one_answer(request: Request, asked: Asked, settings: Settings) -> Response:
    answer: Response = Response(status_code=499)  # nobody is left to read this one
    async with anyio.create_task_group() as tasks:

        async def stop_when_caller_leaves() -> None:
            while (await request.receive())["type"] != "http.disconnect":
                pass
            log.info("solve.abandoned")
            tasks.cancel_scope.cancel()

        tasks.start_soon(stop_when_caller_leaves)
        answer = await _outcome(asked, settings)
        tasks.cancel_scope.cancel()
    return answer


async def _outcome(asked: Asked, settings: Settings) -> Response:
    async with aclosing(_messages(asked, settings)) as messages:
        async for message in messages:
            if isinstance(message, Solved):
                return Response(message.body, media_type=JSON)
            if isinstance(message, Failed):
                return problem_response(failure_body(message))
    raise RuntimeError("a solve ended without an outcome")


async def _events(asked: Asked, settings: Settings) -> AsyncGenerator[str]:
    async with aclosing(_messages(asked, settings)) as messages:
        async for message in messages:
            yield _event(message)


def _messages(asked: Asked, settings: Settings) -> AsyncGenerator[Message]:
    return solve(asked.problem, settings, asked.time_limit, asked.threads)


def _event(message: Message) -> str:
    match message:
        case Progressed(body):
            return f"event: progress\ndata: {body}\n\n"
        case Solved(body):
            return f"event: result\ndata: {body}\n\n"
        case Failed():
            return f"event: problem\ndata: {json.dumps(failure_body(message))}\n\n"
        case StillBusy():
            return ": still busy\n\n"
        case _:
            assert_never(message)


class _SolveStream(StreamingResponse):
    """A stream of events that gives its place back, also when it never gets to start."""

    def __init__(self, events: AsyncGenerator[str], places: SolvePlaces) -> None:
        super().__init__(events, media_type=EVENTS)
        self._events = events
        self._places = places

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            # A caller who leaves while an event is sent stops us outside the generator: only
            # closing it kills the process.
            with anyio.CancelScope(shield=True):
                await self._events.aclose()
            self._places.give_back()
