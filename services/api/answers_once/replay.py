"""Answer a repeated request as it was answered the first time."""

import hashlib
import re
from datetime import UTC, datetime
from typing import Any

from fastapi import FastAPI, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import Response
from sqlalchemy.orm import Session

from services.api.access.admission import caller_of
from services.api.answers_once import store
from services.api.answers_once.errors import Answer, KeyReused
from services.api.answers_once.store import Wanted
from shared.faults import Fault, InvalidDocument

HEADER = "Idempotency-Key"
REPLAYED = "Idempotency-Replayed"
_KEY = re.compile(r"[\x21-\x7e]{1,255}")
_WANTED = "answered_once"


class AlreadyAnswered(Exception):
    """The request was carried out before: this is what was answered then."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer
        super().__init__("This request was answered before.")


def answer_once(app: FastAPI) -> None:
    """Have every request with an Idempotency-Key looked up before it writes anything."""
    app.state.on_write = look_up
    app.add_exception_handler(AlreadyAnswered, _replay)


async def look_up(request: Request, session: Session) -> None:
    """Look for the answer to a request, as the first thing in its transaction.

    Raises
    ------
    InvalidDocument
        When the key cannot be one.
    AlreadyAnswered
        When the request was carried out before.
    KeyReused
        When the key came with another request.
    """
    key = request.headers.get(HEADER)
    if key is None or request.method != "POST":
        return
    if not _KEY.fullmatch(key) or len(request.headers.getlist(HEADER)) > 1:
        message = f"Write one {HEADER} of at most 255 visible ASCII characters."
        raise InvalidDocument([Fault("", "unreadable_header", message)])
    wanted = Wanted(caller_of(request).actor.member, key, _fingerprint(request))
    found = await run_in_threadpool(store.find, session, wanted, datetime.now(UTC))
    if found is None:
        setattr(request.state, _WANTED, wanted)
        return
    fingerprint, answer = found
    raise AlreadyAnswered(answer) if fingerprint == wanted.fingerprint else KeyReused


def wanted_once(request: Request) -> Wanted | None:
    """Give what a request was looked up as; None when it has no key."""
    return getattr(request.state, _WANTED, None)


def _fingerprint(request: Request) -> str:
    body = getattr(request.state, "fingerprint", "")
    told = f"{request.method} {request.url.path}?{request.url.query} {body}"
    return hashlib.sha256(told.encode()).hexdigest()


async def _replay(_request: Request, error: Any) -> Response:
    answer: Answer = error.answer
    return Response(answer.body, answer.status, {**answer.headers, REPLAYED: "true"})
