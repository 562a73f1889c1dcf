"""Headers that every answer of both services has: version, safety, and HEAD for every GET."""

import logging

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

log = logging.getLogger(__name__)

# Source: NLgov API Design Rules 2.2.0, transport/security-headers.
SECURITY_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


class StandardHeaders:
    """Wraps a whole application, so that also its 404, 405, 413 and 500 pass here.

    Parameters
    ----------
    app
        The application, finished: ordinary middleware does not see an unforeseen error.
    version
        Version of its interface, for the header `API-Version`.
    """

    def __init__(self, app: ASGIApp, version: str) -> None:
        self.app = app
        self.version = version

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        head = scope["method"] == "HEAD"
        answered = False

        async def complete(message: Message) -> None:
            nonlocal answered
            if message["type"] == "http.response.start":
                self._complete(MutableHeaders(scope=message))
            if head and message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)
            answered = message["type"] == "http.response.body" and not message.get("more_body")

        try:
            # HEAD is GET without its body (RFC 9110, section 9.3.2).
            await self.app({**scope, "method": "GET"} if head else scope, receive, complete)
        except Exception:
            # Starlette answers 500 and raises the error again, upon which a server breaks the
            # connection. The client has its whole answer, so the error only needs to be logged.
            if not answered:
                raise
            log.exception("request.failed")

    def _complete(self, headers: MutableHeaders) -> None:
        headers["API-Version"] = self.version
        for name, value in SECURITY_HEADERS.items():
            headers.setdefault(name, value)
        allowed = headers.get("allow")
        if allowed is not None and "GET" in allowed and "HEAD" not in allowed:
            headers["Allow"] = f"{allowed}, HEAD"
