"""A server in the allocator's place that misbehaves on purpose; it crosses the process border.

It is no model of the allocator: where an answer is needed, it passes the question on to the
real one.
"""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx

Row = dict[str, Any]
PROGRESS = {
    "stage": "groupFairness",
    "level": 12,
    "mostLevels": 210,
    "best": 0.43,
    "elapsedSeconds": 0.1,
}
PATIENCE_SECONDS = 30.0


@dataclass
class StandIn:
    """What the stand-in does, and what it has seen."""

    act: "Callable[[StandIn, Conversation], None]"
    url: str = ""
    asked: list[bytes] = field(default_factory=list)
    left: threading.Event = field(default_factory=threading.Event)


class Conversation(BaseHTTPRequestHandler):
    """One request, answered by the act of the stand-in."""

    stand_in: StandIn

    def do_POST(self) -> None:
        self.question = self.rfile.read(int(self.headers["Content-Length"]))
        self.stand_in.asked.append(self.question)
        self.stand_in.act(self.stand_in, self)

    def starts(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()

    def tells(self, name: str, body: Row) -> None:
        self.wfile.write(f"event: {name}\ndata: {json.dumps(body)}\n\n".encode())
        self.wfile.flush()

    def log_message(self, format: str, *arguments: object) -> None:
        """Keep quiet."""


@contextmanager
def standing_in(act: Callable[[StandIn, Conversation], None]) -> Iterator[StandIn]:
    """Keep a stand-in running while the block lasts."""
    stand_in = StandIn(act)
    handler = type("Handler", (Conversation,), {"stand_in": stand_in})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        stand_in.url = f"http://127.0.0.1:{server.server_port}"
        serving = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        serving.start()
        try:
            yield stand_in
        finally:
            server.shutdown()
            serving.join()


def keeps_silent(stand_in: StandIn, conversation: Conversation) -> None:
    """Begin, and then say nothing more until the caller leaves."""
    conversation.starts()
    conversation.tells("progress", PROGRESS)
    conversation.connection.settimeout(PATIENCE_SECONDS)
    conversation.rfile.read(1)
    stand_in.left.set()


def breaks_off(stand_in: StandIn, conversation: Conversation) -> None:
    """Begin, and then hang up."""
    conversation.starts()
    conversation.tells("progress", PROGRESS)


def is_busy(stand_in: StandIn, conversation: Conversation) -> None:
    """Have no place free, and say when to come back."""
    conversation.send_response(503)
    conversation.send_header("Retry-After", "0")
    conversation.end_headers()


def is_overloaded(stand_in: StandIn, conversation: Conversation) -> None:
    """Refuse for now."""
    conversation.send_response(503)
    conversation.end_headers()


def refuses(stand_in: StandIn, conversation: Conversation) -> None:
    """Refuse for good."""
    body = {"status": 400, "detail": "No such thing.", "errors": [{"pointer": "/x", "detail": "y"}]}
    conversation.starts()
    conversation.tells("problem", body)


def fails_to_solve(stand_in: StandIn, conversation: Conversation) -> None:
    """Say that the solve came to nothing, as the real one does when its solver dies."""
    conversation.starts()
    conversation.tells("progress", PROGRESS)
    body = {"status": 500, "detail": "The solve ended without a result.", "reason": "crash"}
    conversation.tells("problem", body)


def houses_one_more(allocator_url: str) -> Callable[[StandIn, Conversation], None]:
    """Pass the question on, and add one household to the answer."""

    def act(stand_in: StandIn, conversation: Conversation) -> None:
        answer = httpx.post(
            f"{allocator_url}/v1/allocations",
            content=conversation.question,
            headers={"Content-Type": "application/json", "Accept": "application/json"},
            timeout=PATIENCE_SECONDS,
        )
        result: Row = answer.json()
        result["placements"][0]["households"] += 1
        conversation.starts()
        conversation.tells("result", result)

    return act
