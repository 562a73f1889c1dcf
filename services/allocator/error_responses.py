"""The one table of this service: what went wrong -> status, title, detail and headers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from services.allocator.solve_runner import Failed, TooManySolves
from shared.faults import InvalidDocument
from shared.problem_json import PROBLEM_MEDIA_TYPE, invalid_document_body, problem_body

RETRY_AFTER_SECONDS = 5


class BodyTooLarge(Exception):
    """A document larger than this service reads [bytes]."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"larger than {limit} bytes")
        self.limit = limit


class NotJson(Exception):
    """A document that says itself that it is not JSON."""


class NoSuchFormat(Exception):
    """An answer is asked for in a format that this service does not write."""


FAILURES: Mapping[str, tuple[HTTPStatus, str, str]] = {
    "timeLimit": (
        HTTPStatus.GATEWAY_TIMEOUT,
        "Time limit exceeded",
        "The solve outlived its time limit and was stopped. Give it more time.",
    ),
    "memory": (
        HTTPStatus.INTERNAL_SERVER_ERROR,
        "Out of memory",
        "The solve needed more memory than it may use. Ask the operator for a higher limit.",
    ),
    "crash": (
        HTTPStatus.INTERNAL_SERVER_ERROR,
        "Solve failed",
        "The solve ended without a result, perhaps for lack of memory. See the log.",
    ),
}


def failure_body(failed: Failed) -> dict[str, Any]:
    """Build the body that says why a solve gave no result."""
    status, title, detail = FAILURES[failed.reason]
    return problem_body(status, title, detail, reason=failed.reason)


@dataclass(frozen=True)
class _Answer:
    status: HTTPStatus
    title: str
    detail: str
    headers: Mapping[str, str] = field(default_factory=dict)


ANSWERS: Mapping[type[Exception], _Answer] = {
    TooManySolves: _Answer(
        HTTPStatus.SERVICE_UNAVAILABLE,
        "All places are taken",
        "As many solves run as this service allows. Try again later.",
        {"Retry-After": str(RETRY_AFTER_SECONDS)},
    ),
    BodyTooLarge: _Answer(
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        "Document too large",
        "The document is larger than this service reads.",
    ),
    NotJson: _Answer(
        HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
        "Not JSON",
        "Send the problem as application/json.",
    ),
    NoSuchFormat: _Answer(
        HTTPStatus.NOT_ACCEPTABLE,
        "No such format",
        "The answer comes as application/json or as text/event-stream.",
    ),
    ClientDisconnect: _Answer(
        HTTPStatus.BAD_REQUEST,
        "Document not complete",
        "The connection was closed before the whole document had come.",
    ),
    # The web server writes the error itself to the log; the caller gets nothing of our internals.
    Exception: _Answer(
        HTTPStatus.INTERNAL_SERVER_ERROR,
        "Internal error",
        "Something went wrong here. The log of the allocator says what.",
    ),
}


def problem_response(
    body: Mapping[str, Any], headers: Mapping[str, str] | None = None
) -> JSONResponse:
    """Answer with a problem body and its own status."""
    return JSONResponse(
        body, status_code=body["status"], media_type=PROBLEM_MEDIA_TYPE, headers=headers
    )


def _refused_input(_: Request, error: Exception) -> Response:
    assert isinstance(error, InvalidDocument)  # noqa: S101 - registered for this one error
    return problem_response(invalid_document_body(error))


def _listed(_: Request, error: Exception) -> Response:
    answer = next(ANSWERS[kind] for kind in type(error).__mro__ if kind in ANSWERS)
    body = problem_body(answer.status, answer.title, answer.detail)
    return problem_response(body, answer.headers)


def _framework(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - registered for this one error
    status = HTTPStatus(error.status_code)
    return problem_response(
        problem_body(status, status.phrase, status.description or status.phrase), error.headers
    )


def add_error_responses(app: FastAPI) -> None:
    """Have this application answer every error as a problem."""
    app.add_exception_handler(InvalidDocument, _refused_input)
    app.add_exception_handler(HTTPException, _framework)
    for kind in ANSWERS:
        app.add_exception_handler(kind, _listed)
