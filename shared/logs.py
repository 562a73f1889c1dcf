"""Logging of both services: one JSON object per line, in UTC, without secrets."""

import logging
import re
import sys
import time
from typing import Any, TextIO

from pythonjsonlogger.json import JsonFormatter

HIDDEN = "[hidden]"
_SECRET_NAME = re.compile(
    r"passw|secret|token|authori[sz]ation|cookie|api_?key|credential|database_url", re.IGNORECASE
)
_PASSWORD_IN_URL = re.compile(r"(?<=://)([^/\s:@]*):[^/\s@]+@")


class _Formatter(JsonFormatter):
    """Writes `time`, `level`, `logger`, `event`, `service` and the event's own fields."""

    def __init__(self, service: str) -> None:
        super().__init__(
            "%(asctime)s %(levelname)s %(name)s %(message)s",
            datefmt="%Y-%m-%dT%H:%M:%S",
            rename_fields={
                "asctime": "time",
                "levelname": "level",
                "name": "logger",
                "message": "event",
            },
            static_fields={"service": service},
            # Text stays ASCII with every control character escaped: one event is one line,
            # whatever a caller sends us.
            json_ensure_ascii=True,
        )

    converter = staticmethod(time.gmtime)

    def formatTime(  # noqa: N802 - the name belongs to the standard library
        self, record: logging.LogRecord, datefmt: str | None = None
    ) -> str:
        return f"{super().formatTime(record, datefmt)}.{int(record.msecs):03d}Z"

    def process_log_record(self, log_data: dict[str, Any]) -> dict[str, Any]:
        # The web server adds its message a second time, in colour.
        log_data.pop("color_message", None)
        return {name: _without_secrets(name, value) for name, value in log_data.items()}


def _without_secrets(name: str, value: Any) -> Any:
    if _SECRET_NAME.search(name):
        return HIDDEN
    if isinstance(value, str):
        return _PASSWORD_IN_URL.sub(rf"\1:{HIDDEN}@", value)
    if isinstance(value, dict):
        return {key: _without_secrets(str(key), inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_without_secrets("", inner) for inner in value]
    return value


def set_up_logs(service: str, level: str = "INFO", stream: TextIO | None = None) -> None:
    """Send all log events of this process to one stream as JSON lines.

    Call once, where the process starts; everywhere else
    `logging.getLogger(__name__).info("proposal.solved", extra={"proposal_id": ...})`.

    Parameters
    ----------
    service
        Name of the process, in every event.
    level
        Lowest level that is written: DEBUG, INFO, WARNING or ERROR.
    stream
        Where the lines go; stderr when not given, so that stdout stays free for results.

    Raises
    ------
    ValueError
        When the level has no such name.
    """
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(_Formatter(service))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    # The web server's own lines go through the same handler; its access lines repeat what the
    # services log themselves, and would hold whole query strings.
    for name in ("uvicorn", "uvicorn.error"):
        logger = logging.getLogger(name)
        logger.handlers, logger.propagate = [], True
    logging.getLogger("uvicorn.access").disabled = True
    logging.getLogger("httpx").setLevel(logging.WARNING)
