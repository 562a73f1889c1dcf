"""The durable queue, with DBOS: who runs a job, and who takes it over after a crash.

The row of a proposal is the job: it is accepted and queued in one transaction. A worker hands
each unfinished row to the queue under the proposal's own id, so that handing it over twice is
the same as once. All results are written by the job itself; the queue keeps only ids.
"""

import logging
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from dbos import DBOS, DBOSConfig, DBOSPortableJSONSerializer, EnqueueOptions
from sqlalchemy.engine import make_url

from services.api.database import reading, writing
from services.api.jobs.slots import Slot
from services.api.jobs.work import Workbench, work_on
from services.api.proposals import service

log = logging.getLogger(__name__)

QUEUE = "proposals"
WORKFLOW = "propose"
# Raise this when a job that was begun by the old code cannot be finished by the new. The default
# is a hash of the source, which would strand every unfinished job at every release.
JOBS_VERSION = "1"
HANDED_OVER_AT_A_TIME = 100
_LOST = frozenset({"SUCCESS", "ERROR", "CANCELLED", "MAX_RECOVERY_ATTEMPTS_EXCEEDED"})


def migrate_queue(jobs_database_url: str) -> None:
    """Create or update the tables of the queue, before any worker starts."""
    _quieten()
    url = make_url(jobs_database_url)
    if url.get_backend_name() == "sqlite" and url.database:
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(url.database)) as file:
            # Readers and the writer then do not wait for each other; kept in the file.
            file.execute("PRAGMA journal_mode = WAL")
    DBOS.migrate(jobs_database_url)


@contextmanager
def running_queue(bench: Workbench, slot: Slot) -> Iterator[None]:
    """Run jobs while the block lasts, beginning with those that this worker had left."""
    _quieten()
    config: DBOSConfig = {
        "name": "evenwicht",
        "system_database_url": bench.settings.jobs_database_url,
        "executor_id": slot.executor_id,
        "application_version": JOBS_VERSION,
        "serializer": DBOSPortableJSONSerializer(),
        "run_migrations": False,
        "log_level": "WARNING",
    }
    DBOS(config=config)

    @DBOS.workflow(name=WORKFLOW, max_recovery_attempts=None)
    def propose(proposal_id: str) -> str:
        # Our own attempt numbers bound the recoveries, and end the proposal when they run out.
        return DBOS.run_step({"name": "work"}, work_on, bench, proposal_id)

    DBOS.launch()
    try:
        DBOS.register_queue(
            QUEUE,
            worker_concurrency=bench.settings.parallel_jobs,
            polling_interval_sec=bench.settings.job_poll_seconds,
            on_conflict="always_update",
        )
        yield
    finally:
        bench.stopping.set()
        DBOS.destroy(destroy_registry=True)


def hand_over(bench: Workbench) -> None:
    """Hand unfinished proposals to the queue, and end those whose job is over without an answer.

    Also repairs: after the loss of the queue's own database every job is simply new again.
    """
    with reading(bench.engine) as session:
        unfinished = service.unfinished(session, HANDED_OVER_AT_A_TIME)
    if not unfinished:
        return
    known = {
        job.workflow_id: job.status
        for job in DBOS.list_workflows(
            workflow_ids=list(unfinished), load_input=False, load_output=False
        )
    }
    for proposal_id in unfinished:
        if proposal_id not in known:
            _enqueue(proposal_id)
        elif known[proposal_id] in _LOST:
            # Read after the proposal, so an ordinary ending has been stored: this is then no-op.
            with writing(bench.engine) as session:
                if service.give_up(session, proposal_id, "Its job ended without an answer."):
                    log.error("proposal.lost", extra={"proposal_id": proposal_id})


def take_over(slot: Slot) -> None:
    """Resume the jobs of workers that are gone."""
    for job in DBOS.list_workflows(status="PENDING", load_input=False, load_output=False):
        owner = job.executor_id
        if owner and owner != slot.executor_id and slot.is_gone(owner):
            log.warning("job.taken_over", extra={"proposal_id": job.workflow_id, "owner": owner})
            DBOS.resume_workflow(job.workflow_id, queue_name=QUEUE)


def _enqueue(proposal_id: str) -> None:
    options: EnqueueOptions = {
        "workflow_name": WORKFLOW,
        "workflow_id": proposal_id,
        "queue_name": QUEUE,
        "app_version": JOBS_VERSION,
    }
    DBOS.enqueue_workflow_with_options(options, proposal_id)


def _quieten() -> None:
    """Let the queue's warnings through our own log, and nothing else."""
    logger = logging.getLogger("dbos")
    logger.addHandler(logging.NullHandler())
    logger.setLevel(logging.WARNING)
