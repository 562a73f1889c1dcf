"""What the logs say, and what they never say."""

import io
import json
import logging
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from shared.logs import set_up_logs


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """A log that starts empty; the root logger is as it was afterwards."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    root.handlers = []
    stream = io.StringIO()
    set_up_logs("api", stream=stream)
    yield stream
    root.handlers, root.level = handlers, level


def only_event(lines: io.StringIO) -> dict[str, Any]:
    (line,) = lines.getvalue().splitlines()
    event: dict[str, Any] = json.loads(line)
    return event


def test_an_event_is_one_line_of_json_with_its_fields(lines: io.StringIO) -> None:
    logging.getLogger("services.api").info("proposal.solved", extra={"status": "optimal"})

    event = only_event(lines)
    assert event["event"] == "proposal.solved"
    assert event["status"] == "optimal"
    assert event["level"] == "INFO"
    assert event["logger"] == "services.api"
    assert event["service"] == "api"


def test_the_time_of_an_event_is_in_utc(lines: io.StringIO) -> None:
    before = datetime.now(UTC)
    logging.getLogger("services.api").info("started")

    written = datetime.fromisoformat(only_event(lines)["time"])
    assert written.tzinfo == UTC
    assert abs((written - before).total_seconds()) < 5


@pytest.mark.parametrize("break_", ["\n", "\r\n", "\r", "\u2028", "\u0085", "\x1b[2J"])
def test_a_caller_cannot_write_a_line_of_their_own(lines: io.StringIO, break_: str) -> None:
    logging.getLogger("services.api").info(
        "refused%s{}", break_, extra={"title": f"x{break_}y", f"key{break_}": 1}
    )

    assert only_event(lines)["title"] == f"x{break_}y"
    assert lines.getvalue().isascii()
    assert lines.getvalue()[:-1].isprintable()


@pytest.mark.parametrize(
    "name",
    ["password", "api_key", "apiKey", "accessToken", "Authorization", "set-cookie", "secret"],
)
def test_a_secret_is_hidden_by_its_name(lines: io.StringIO, name: str) -> None:
    logging.getLogger("services.api").info("asked", extra={"headers": {name: "hush"}, name: "hush"})

    assert only_event(lines)[name] == "[hidden]"
    assert "hush" not in lines.getvalue()


def test_a_password_in_an_address_is_hidden(lines: io.StringIO) -> None:
    addresses = ["postgresql://evenwicht:hush@db/evenwicht"]
    logging.getLogger("services.api").warning(
        "no answer from %s", addresses[0], extra={"addresses": addresses}
    )

    event = only_event(lines)
    assert event["event"] == "no answer from postgresql://evenwicht:[hidden]@db/evenwicht"
    assert "hush" not in lines.getvalue()


def test_a_password_in_a_traceback_is_hidden(lines: io.StringIO) -> None:
    error = ConnectionError("postgresql://evenwicht:hush@db/evenwicht")
    logging.getLogger("services.api").error("database.unavailable", exc_info=error)

    assert "ConnectionError" in only_event(lines)["exc_info"]
    assert "hush" not in lines.getvalue()
