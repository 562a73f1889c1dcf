"""HTTP in and out of the allocator: problems to solve, and whether it is well."""

import json
import logging
from collections.abc import AsyncGenerator, Awaitable
from http import HTTPStatus
from typing import Annotated, assert_never, cast

import anyio
from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from services.allocator.error_responses import failure_body, problem_response
from services.allocator.order import Task
from services.allocator.request_input import (
    EVENTS,
    JSON,
    read_body,
    read_question,
    wanted_format,
)
from services.allocator.settings import Settings
from services.allocator.solve_runner import (
    Accepted,
    Failed,
    Message,
    Progressed,
    Refused,
    Solved,
    Solvers,
    StillBusy,
    solve,
)
from shared.problem_json import PROBLEM_MEDIA_TYPE

log = logging.getLogger(__name__)
router = APIRouter()


def _settings(request: Request) -> Settings:
    return cast(Settings, request.app.state.settings)


def _solvers(request: Request) -> Solvers:
    return cast(Solvers, request.app.state.solvers)


SettingsDep = Annotated[Settings, Depends(_settings)]
SolversDep = Annotated[Solvers, Depends(_solvers)]


@router.get("/health", summary="Is the allocator well?")
async def health() -> dict[str, str]:
    """Answer at once, also while problems are being solved."""
    return {"status": "ok"}


@router.post("/allocations", summary="Solve a problem", response_class=Response)
async def add_allocation(request: Request, settings: SettingsDep, solvers: SolversDep) -> Response:
    """Solve the problem in the body; closing the connection ends the solve."""
    return await _answer(request, settings, solvers, "allocations")


@router.post("/repairs", summary="Ask what clashes and what would help", response_class=Response)
async def add_repairs(request: Request, settings: SettingsDep, solvers: SolversDep) -> Response:
    """Look into the problem in the body; closing the connection ends the work."""
    return await _answer(request, settings, solvers, "repairs")


async def _answer(request: Request, settings: Settings, solvers: Solvers, task: Task) -> Response:
    form = wanted_format(request.headers)
    body = await read_body(request, settings.body_limit_bytes)
    order = read_question(request.query_params, body, settings, task)
    solvers.take_place()
    messages = solve(order, solvers)
    answering = _stream(messages, solvers) if form == EVENTS else _outcome(messages)
    answer = None
    try:
        answer = await _unless_caller_leaves(request, answering)
    finally:
        if not isinstance(answer, _SolveStream):
            await _finish(messages, solvers)
    return answer


async def _unless_caller_leaves(request: Request, answering: Awaitable[Response]) -> Response:
    answer: Response = Response(status_code=499)  # nobody is left to read this one
    async with anyio.create_task_group() as tasks:

        async def stop_when_caller_leaves() -> None:
            while (await request.receive())["type"] != "http.disconnect":
                pass
            log.info("solve.abandoned")
            tasks.cancel_scope.cancel()

        tasks.start_soon(stop_when_caller_leaves)
        answer = await answering
        tasks.cancel_scope.cancel()
    return answer


async def _finish(messages: AsyncGenerator[Message], solvers: Solvers) -> None:
    # Only closing them ends the process, also when the caller has left.
    with anyio.CancelScope(shield=True):
        await messages.aclose()
    solvers.give_place_back()


async def _outcome(messages: AsyncGenerator[Message]) -> Response:
    """Wait for the end; what comes before it is not told."""
    async for message in messages:
        match message:
            case Solved(body):
                return Response(body, media_type=JSON)
            case Refused() | Failed():
                return _refusal(message)
    raise RuntimeError("a solve ended without an outcome")


async def _stream(messages: AsyncGenerator[Message], solvers: Solvers) -> Response:
    """Wait until the question is accepted: before that, a refusal has its own status."""
    async for message in messages:
        match message:
            case Accepted():
                return _SolveStream(messages, solvers)
            case Refused() | Failed():
                return _refusal(message)
    raise RuntimeError("a solve ended before it began")


def _refusal(message: Refused | Failed) -> Response:
    if isinstance(message, Failed):
        return problem_response(failure_body(message))
    return Response(message.body, HTTPStatus.BAD_REQUEST, media_type=PROBLEM_MEDIA_TYPE)


async def _events(messages: AsyncGenerator[Message]) -> AsyncGenerator[str]:
    async for message in messages:
        yield _event(message)


def _event(message: Message) -> str:
    match message:
        case Progressed(body):
            return f"event: progress\ndata: {body}\n\n"
        case Solved(body):
            return f"event: result\ndata: {body}\n\n"
        case Refused(body):
            return f"event: problem\ndata: {body}\n\n"
        case Failed():
            return f"event: problem\ndata: {json.dumps(failure_body(message))}\n\n"
        case Accepted() | StillBusy():
            return ": still busy\n\n"
        case _:
            assert_never(message)


class _SolveStream(StreamingResponse):
    """A stream of events that ends the solve, also when it never gets to start."""

    def __init__(self, messages: AsyncGenerator[Message], solvers: Solvers) -> None:
        super().__init__(_events(messages), media_type=EVENTS)
        self._messages, self._solvers = messages, solvers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            await _finish(self._messages, self._solvers)
