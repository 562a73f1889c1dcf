"""Routes that keep their answer, in the transaction that it is about."""

from collections.abc import Callable, Coroutine
from datetime import UTC, datetime
from typing import Any

from fastapi import Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import Response
from fastapi.routing import APIRoute

from services.api.answers_once import store
from services.api.answers_once.errors import Answer
from services.api.answers_once.replay import wanted_once

_KEPT_HEADERS = ("content-type", "etag", "link", "location")
_INSTEAD = "kept_instead"


def keep_instead(request: Request, body: bytes) -> None:
    """Keep another body than is sent, because what is sent is shown once."""
    setattr(request.state, _INSTEAD, body)


class StoredAnswers(APIRoute):
    """A route whose successes are kept, so that a request that is sent twice has one effect."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Wrap the handler; the transaction of the request is still open when it returns."""
        original = super().get_route_handler()

        async def answered(request: Request) -> Response:
            response = await original(request)
            wanted = wanted_once(request)
            if wanted is not None:
                kept: bytes = getattr(request.state, _INSTEAD, bytes(response.body))
                headers = {
                    name: response.headers[name]
                    for name in _KEPT_HEADERS
                    if name in response.headers
                }
                answer = Answer(response.status_code, headers, kept.decode())
                session = request.state.session
                await run_in_threadpool(store.keep, session, wanted, answer, datetime.now(UTC))
            return response

        return answered
