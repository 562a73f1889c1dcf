"""The worker process: looks for proposals, keeps house, and stops when asked."""

import logging
import signal
import threading
from types import FrameType

from sqlalchemy.exc import OperationalError

from services.api.database import open_database
from services.api.jobs.housekeeping import house_kept
from services.api.jobs.queue import hand_over, running_queue, take_over
from services.api.jobs.slots import Slot, own_slot
from services.api.jobs.work import Workbench
from services.api.settings import Settings

log = logging.getLogger(__name__)


def run_worker(settings: Settings, stopping: threading.Event) -> None:
    """Work until `stopping` is set.

    Raises
    ------
    NoFreeSlot
        When another worker has the queue.
    """
    engine = open_database(settings.database_url)
    bench = Workbench(engine, settings, stopping)
    with (
        own_slot(settings.jobs_database_url) as slot,
        house_kept(engine, settings, stopping),
        running_queue(bench, slot),
    ):
        log.info("worker.ready", extra={"executor": slot.executor_id})
        while not stopping.wait(settings.job_poll_seconds):
            # Raises when the slot is lost: then somebody else may be this worker, so we end.
            slot.is_kept()
            _look_around(bench, slot)
    engine.dispose()
    log.info("worker.stopped")


def _look_around(bench: Workbench, slot: Slot) -> None:
    try:
        take_over(slot)
        hand_over(bench)
    except OperationalError as away:
        # Busy or away for a moment; the next look will tell.
        log.warning("database.unavailable", extra={"reason": str(away)})


def stop_on_signals() -> threading.Event:
    """Set the event that is given back when the process is asked to end."""
    stopping = threading.Event()

    def stop(_signal: int, _frame: FrameType | None) -> None:
        stopping.set()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    return stopping
