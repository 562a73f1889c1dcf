"""What the worker does beside proposals: send events, and clear up what time has ended.

It has a thread of its own, so that a slow receiver never keeps a proposal waiting.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial

from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from services.api.answers_once import store as answers_once
from services.api.commitments import service as commitments
from services.api.database import writing
from services.api.imports import service as imports
from services.api.settings import Settings
from services.api.webhooks.outbox import Outbox

log = logging.getLogger(__name__)

SWEEP_EVERY_SECONDS = 3600.0


def _expire_commitments(session: Session, now: datetime) -> int:
    return commitments.expire(session, now.date())


SWEEPS: dict[str, Callable[[Session, datetime], int]] = {
    "commitments.expired": _expire_commitments,
    "answers.forgotten": answers_once.forget,
    "imports.forgotten": imports.forget,
}


@contextmanager
def house_kept(engine: Engine, settings: Settings, stopping: threading.Event) -> Iterator[None]:
    """Keep house while the block lasts, or until `stopping` is set."""
    thread = threading.Thread(target=_keep, args=(engine, settings, stopping), name="housekeeping")
    thread.start()
    try:
        yield
    finally:
        stopping.set()
        thread.join()


def _keep(engine: Engine, settings: Settings, stopping: threading.Event) -> None:
    outbox = Outbox(engine, settings, stopping)
    swept = float("-inf")
    while not stopping.wait(settings.webhook_poll_seconds):
        if time.monotonic() - swept > SWEEP_EVERY_SECONDS:
            sweep(engine, datetime.now(UTC))
            swept = time.monotonic()
        _safely(outbox.look)
    outbox.close()


def sweep(engine: Engine, now: datetime) -> None:
    """Clear up what time has ended, each kind in a transaction of its own."""
    for name, clear in SWEEPS.items():
        _safely(partial(_cleared, engine, name, clear, now))


def _cleared(
    engine: Engine, name: str, clear: Callable[[Session, datetime], int], now: datetime
) -> None:
    with writing(engine) as session:
        count = clear(session, now)
    if count:
        log.info(name, extra={"count": count})


def _safely(do: Callable[[], None]) -> None:
    """Go on with the rest when one thing fails: it is done again the next time."""
    try:
        do()
    except OperationalError as away:
        log.warning("database.unavailable", extra={"reason": str(away)})
    except Exception:
        log.exception("housekeeping.failed")
