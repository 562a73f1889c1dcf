"""The one table from an error to its HTTP status and title, and the answers made from it."""

import logging
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from sqlalchemy.exc import OperationalError
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import Match

from services.api.access.errors import (
    IdentityProviderAway,
    LastAdministrator,
    NotAllowed,
    NotAuthenticated,
    OutsideReach,
)
from services.api.adoptions.errors import AlreadyAdopted, NothingToAdopt
from services.api.allocation_keys.errors import FiguresMissing, NothingToShareBy
from services.api.alternatives.errors import NoAnswer, TooManyAlternatives
from services.api.answers_once.errors import KeyReused
from services.api.commitments.errors import (
    AlreadySigned,
    FourEyes,
    MoveNotPossible,
    NotAParty,
    NotFulfilled,
    PartyMissing,
)
from services.api.crud.errors import (
    AlreadyExists,
    ChangedMeanwhile,
    InUse,
    NotFound,
    PreconditionFailed,
    PreconditionRequired,
)
from services.api.errors import (
    BodyNotComplete,
    BodyTooLarge,
    BodyTooSlow,
    NotAcceptable,
    NotReady,
    UnsupportedMediaType,
)
from services.api.imports.errors import (
    FileTooLarge,
    ImportChanged,
    ImportEnded,
    ImportNotReady,
    UnreadableFile,
)
from services.api.proposals.errors import (
    ProposalAlreadyEnded,
    ProposalInfeasible,
    ProposalNotFinished,
    ProposalWithoutResult,
    QueueFull,
    UnknownProposal,
)
from services.api.quota_ledger.errors import QuotaNotKnown
from services.api.trades.errors import MoreThanTask
from services.api.webhooks.errors import AddressRefused
from shared.faults import Fault, InvalidDocument
from shared.problem_json import PROBLEM_MEDIA_TYPE, problem_body

log = logging.getLogger(__name__)
Handler = Callable[[Request, Exception], Response]

ERRORS: Mapping[type[Exception], tuple[HTTPStatus, str]] = {
    InvalidDocument: (HTTPStatus.BAD_REQUEST, "Invalid input"),
    UnreadableFile: (HTTPStatus.BAD_REQUEST, "Unreadable file"),
    AddressRefused: (HTTPStatus.BAD_REQUEST, "Address refused"),
    NotAuthenticated: (HTTPStatus.UNAUTHORIZED, "Not authenticated"),
    NotAllowed: (HTTPStatus.FORBIDDEN, "Not allowed"),
    OutsideReach: (HTTPStatus.FORBIDDEN, "Outside your reach"),
    NotAParty: (HTTPStatus.FORBIDDEN, "Not a party"),
    NotFound: (HTTPStatus.NOT_FOUND, "Not found"),
    UnknownProposal: (HTTPStatus.NOT_FOUND, "Not found"),
    NotAcceptable: (HTTPStatus.NOT_ACCEPTABLE, "Not acceptable"),
    BodyNotComplete: (HTTPStatus.BAD_REQUEST, "Body not complete"),
    BodyTooSlow: (HTTPStatus.REQUEST_TIMEOUT, "Body came too slowly"),
    AlreadyExists: (HTTPStatus.CONFLICT, "Already exists"),
    InUse: (HTTPStatus.CONFLICT, "In use"),
    ChangedMeanwhile: (HTTPStatus.CONFLICT, "Changed meanwhile"),
    FiguresMissing: (HTTPStatus.CONFLICT, "Figures missing"),
    NothingToShareBy: (HTTPStatus.CONFLICT, "Nothing to share by"),
    ProposalNotFinished: (HTTPStatus.CONFLICT, "Proposal not finished"),
    ProposalWithoutResult: (HTTPStatus.CONFLICT, "Proposal without result"),
    ProposalInfeasible: (HTTPStatus.CONFLICT, "Proposal infeasible"),
    ProposalAlreadyEnded: (HTTPStatus.CONFLICT, "Proposal already ended"),
    MoveNotPossible: (HTTPStatus.CONFLICT, "Move not possible"),
    FourEyes: (HTTPStatus.CONFLICT, "Four eyes are needed"),
    AlreadySigned: (HTTPStatus.CONFLICT, "Already signed"),
    PartyMissing: (HTTPStatus.CONFLICT, "Party missing"),
    NotFulfilled: (HTTPStatus.CONFLICT, "Not fulfilled"),
    MoreThanTask: (HTTPStatus.CONFLICT, "More than the task"),
    LastAdministrator: (HTTPStatus.CONFLICT, "Last administrator"),
    AlreadyAdopted: (HTTPStatus.CONFLICT, "Already adopted"),
    NothingToAdopt: (HTTPStatus.CONFLICT, "Nothing to adopt"),
    QuotaNotKnown: (HTTPStatus.CONFLICT, "Quota not known"),
    ImportNotReady: (HTTPStatus.CONFLICT, "Import not ready"),
    ImportEnded: (HTTPStatus.CONFLICT, "Import ended"),
    ImportChanged: (HTTPStatus.PRECONDITION_FAILED, "Changed since"),
    PreconditionFailed: (HTTPStatus.PRECONDITION_FAILED, "Changed since"),
    FileTooLarge: (HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "File too large"),
    KeyReused: (HTTPStatus.UNPROCESSABLE_ENTITY, "Key reused"),
    PreconditionRequired: (HTTPStatus.PRECONDITION_REQUIRED, "Precondition required"),
    BodyTooLarge: (HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "Body too large"),
    UnsupportedMediaType: (HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "Unsupported media type"),
    QueueFull: (HTTPStatus.TOO_MANY_REQUESTS, "Too many proposals wait"),
    TooManyAlternatives: (HTTPStatus.TOO_MANY_REQUESTS, "Too many what-if questions"),
    NoAnswer: (HTTPStatus.SERVICE_UNAVAILABLE, "No answer"),
    IdentityProviderAway: (HTTPStatus.SERVICE_UNAVAILABLE, "Identity provider away"),
    NotReady: (HTTPStatus.SERVICE_UNAVAILABLE, "Not ready"),
}


def answer_errors(app: FastAPI) -> None:
    """Answer every error of this application as problem details."""
    for error, (status, title) in ERRORS.items():
        app.add_exception_handler(error, _handler(status, title))
    app.add_exception_handler(RequestValidationError, _invalid_parameters)
    app.add_exception_handler(HTTPException, _plain_http_error)
    app.add_exception_handler(OperationalError, _database_unavailable)
    app.add_exception_handler(Exception, _unexpected)


def problem_response(
    status: int,
    title: str,
    detail: str,
    faults: tuple[Fault, ...] = (),
    headers: Mapping[str, str] | None = None,
    **facts: Any,
) -> JSONResponse:
    """Make an error answer as problem details (RFC 9457)."""
    body = problem_body(status, title, detail, faults, **facts)
    return JSONResponse(body, status, headers, media_type=PROBLEM_MEDIA_TYPE)


def _handler(status: HTTPStatus, title: str) -> Handler:
    # Not `async`: then a thread writes it, and nobody waits for an answer of a million faults.
    def answer(request: Request, error: Exception) -> Response:
        faults: tuple[Fault, ...] = getattr(error, "faults", ())
        detail = _counted(faults) if faults else str(error)
        facts: Mapping[str, Any] = getattr(error, "facts", {})
        return problem_response(status, title, detail, faults, _headers(error), **facts)

    return answer


def _headers(error: Exception) -> dict[str, str]:
    told = {
        "Retry-After": getattr(error, "retry_after_seconds", None),
        "WWW-Authenticate": getattr(error, "authenticate", None),
    }
    return {name: str(value) for name, value in told.items() if value is not None}


def _counted(faults: tuple[Fault, ...]) -> str:
    told = "1 fault" if len(faults) == 1 else f"{len(faults)} faults"
    return f"The request has {told}, listed under errors. Nothing was stored."


async def _invalid_parameters(request: Request, error: Exception) -> Response:
    details = error.errors() if isinstance(error, RequestValidationError) else ()
    faults = tuple(
        sorted({Fault(_place(d["loc"]), str(d["type"]), f"{d['msg']}.") for d in details})
    )
    return problem_response(HTTPStatus.BAD_REQUEST, "Invalid input", _counted(faults), faults)


def _place(location: tuple[str | int, ...]) -> str:
    kind, *steps = location
    told = "/".join(str(step) for step in steps)
    return f"?{told}" if kind == "query" else f"/{told}"


async def _plain_http_error(request: Request, error: Exception) -> Response:
    status = HTTPStatus(error.status_code if isinstance(error, HTTPException) else 500)
    headers = None
    if status is HTTPStatus.METHOD_NOT_ALLOWED:
        headers = {"Allow": ", ".join(_allowed_methods(request))}
    details = {
        HTTPStatus.NOT_FOUND: "There is nothing at this address.",
        HTTPStatus.METHOD_NOT_ALLOWED: "This address does not know this method; see Allow.",
    }
    return problem_response(
        status, status.phrase, details.get(status, f"{status.phrase}."), headers=headers
    )


def _allowed_methods(request: Request) -> list[str]:
    """List what this address knows; Starlette itself names only the first route that matches."""
    return [
        method
        for method in ("GET", "POST", "PUT", "PATCH", "DELETE")
        if any(
            route.matches({**request.scope, "method": method})[0] is Match.FULL
            for route in request.app.router.routes
        )
    ]


async def _database_unavailable(request: Request, error: Exception) -> Response:
    log.error("database.unavailable", exc_info=error)
    return problem_response(
        HTTPStatus.SERVICE_UNAVAILABLE,
        "Database not available",
        "The database cannot be reached, is busy, or lacks its tables. Nothing was stored.",
        headers={"Retry-After": "5"},
    )


async def _unexpected(request: Request, error: Exception) -> Response:
    # The error is logged around the application; the client gets nothing of our internals.
    return problem_response(
        HTTPStatus.INTERNAL_SERVER_ERROR,
        "Internal error",
        "Something went wrong on our side. Nothing was stored.",
    )
