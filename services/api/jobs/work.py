"""One job: take a proposal up, have it computed, check the answer, store it."""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

from services.api.database import reading, writing
from services.api.jobs.allocator_client import (
    AllocatorRefused,
    AllocatorUnavailable,
    Listener,
    NoLongerWanted,
    NotBegun,
    Question,
    SolveFailed,
    ask,
)
from services.api.proposals import service
from services.api.proposals.rules import Claim
from services.api.settings import Settings
from shared.contract.reading import read_problem, read_result
from shared.contract.result import Result
from shared.faults import InvalidDocument
from shared.verify.verify import verify

log = logging.getLogger(__name__)

FIRST_WAIT_SECONDS = 0.5
LONGEST_WAIT_SECONDS = 16.0
PROGRESS_EVERY_SECONDS = 0.5
LONGEST_PAUSE_SECONDS = 2.0
_SHOWN = 10


class WorkerStops(BaseException):
    """The worker is asked to stop: leave the job as it is, for whoever starts next.

    Not an Exception, so that the queue does not record the job as having failed.
    """


class RefusedAnswer(Exception):
    """The allocator's answer does not hold against the rules."""


@dataclass(frozen=True)
class Workbench:
    """What a job needs: the database, the settings, and a sign that the worker stops."""

    engine: Engine
    settings: Settings
    stopping: threading.Event


def work_on(bench: Workbench, proposal_id: str) -> str:
    """Bring one proposal to its end; safe to run twice, also at the same time.

    Each round claims the proposal anew, so that a round that was given up cannot write any
    more. While the allocator or the database is away, rounds wait longer and longer; the wait
    is here and not in the queue, because the queue's own cannot be interrupted when the worker
    must stop.

    Returns
    -------
    What came of it, for the log.

    Raises
    ------
    WorkerStops
        When the worker was asked to stop before the end.
    """
    wait = FIRST_WAIT_SECONDS
    while True:
        try:
            return _claimed_round(bench, proposal_id)
        except (AllocatorUnavailable, OperationalError) as passing:
            facts = {"proposal_id": proposal_id, "reason": str(passing)}
            log.warning("proposal.interrupted", extra=facts)
        if bench.stopping.wait(wait):
            raise WorkerStops
        wait = min(2 * wait, LONGEST_WAIT_SECONDS)


def _claimed_round(bench: Workbench, proposal_id: str) -> str:
    most = bench.settings.job_attempts
    with writing(bench.engine) as session:
        claim = service.take_up(session, proposal_id, most)
    if claim is None:
        return "nothing to do"
    try:
        return _round(bench, claim)
    except AllocatorUnavailable as unavailable:
        if claim.attempt < most:
            raise
        return _failed(bench, claim, f"{unavailable} Tried {claim.attempt} times.")


def _round(bench: Workbench, claim: Claim) -> str:
    try:
        document = _answer_in_turn(bench, claim)
        result = accepted(claim.problem, document)
    except NoLongerWanted:
        if bench.stopping.is_set():
            raise WorkerStops from None
        log.info("proposal.withdrawn", extra={"proposal_id": claim.proposal_id})
        return "no longer wanted"
    except (AllocatorRefused, RefusedAnswer) as refusal:
        return _failed(bench, claim, str(refusal))
    with writing(bench.engine) as session:
        kept = service.answer(session, claim, document.decode(), result.status)
    log.info(
        "proposal.answered",
        extra={"proposal_id": claim.proposal_id, "status": result.status, "kept": kept},
    )
    return result.status if kept else "no longer wanted"


def _answer_in_turn(bench: Workbench, claim: Claim) -> bytes:
    """Ask; when the solve fails, once more: what is true of the question stays true."""
    try:
        return _answer_after_waiting(bench, claim)
    except SolveFailed as failure:
        facts = {"proposal_id": claim.proposal_id, "reason": str(failure)}
        log.warning("proposal.solve_failed", extra=facts)
    try:
        return _answer_after_waiting(bench, claim)
    except SolveFailed as failure:
        raise AllocatorRefused(f"{failure} It was asked twice.") from failure


def _answer_after_waiting(bench: Workbench, claim: Claim) -> bytes:
    """Ask, and wait while there is nobody or no place: that costs no attempt."""
    question, listener = _question(bench, claim), _listener(bench, claim)
    patience = time.monotonic() + bench.settings.longest_wait_seconds
    wait = FIRST_WAIT_SECONDS
    while True:
        try:
            return ask(bench.settings.allocator_url, question, listener)
        except NotBegun as not_begun:
            if time.monotonic() > patience:
                raise AllocatorRefused(str(not_begun)) from not_begun
            if wait == FIRST_WAIT_SECONDS:
                facts = {"proposal_id": claim.proposal_id, "reason": str(not_begun)}
                log.warning("proposal.waits", extra=facts)
            seconds = wait if not_begun.seconds is None else not_begun.seconds
        if bench.stopping.wait(min(seconds, LONGEST_PAUSE_SECONDS)):
            raise WorkerStops
        # A refused connection is told sooner than a withdrawal, so that is looked at first.
        if not listener.wanted():
            raise NoLongerWanted
        wait = min(2 * wait, LONGEST_WAIT_SECONDS)


def accepted(problem_document: bytes, result_document: bytes) -> Result:
    """Read an answer and check it against every rule, without trusting the allocator.

    Raises
    ------
    RefusedAnswer
        When it cannot be read, answers another question (by its hash), or breaks a rule.
    """
    problem = read_problem(problem_document)
    try:
        result = read_result(result_document)
    except InvalidDocument as unreadable:
        raise RefusedAnswer(f"The allocator's answer cannot be read: {unreadable}") from unreadable
    broken = [f"{v.tag} {v.subject}: {v.message}" for v in verify(problem, result)]
    if broken:
        more = f" (and {len(broken) - _SHOWN} more)" if len(broken) > _SHOWN else ""
        told = "; ".join(broken[:_SHOWN])
        raise RefusedAnswer(f"The allocator's answer breaks rules: {told}{more}")
    return result


def _question(bench: Workbench, claim: Claim) -> Question:
    return Question(claim.problem, claim.time_limit_seconds, bench.settings.answer_grace_seconds)


def _listener(bench: Workbench, claim: Claim) -> Listener:
    def wanted() -> bool:
        if bench.stopping.is_set():
            return False
        with reading(bench.engine) as session:
            return service.still_held(session, claim)

    def store(progress: dict[str, Any]) -> None:
        with writing(bench.engine) as session:
            service.report_progress(session, claim, progress)

    return Listener(wanted, _now_and_then(store), bench.settings.job_poll_seconds)


def _now_and_then(store: Callable[[dict[str, Any]], None]) -> Callable[[dict[str, Any]], None]:
    """Pass a new stage on at once, and news within a stage at most twice a second."""
    last: dict[str, Any] = {"stage": None, "at": float("-inf")}

    def told(progress: dict[str, Any]) -> None:
        now = time.monotonic()
        if progress.get("stage") == last["stage"] and now - last["at"] < PROGRESS_EVERY_SECONDS:
            return
        last.update(stage=progress.get("stage"), at=now)
        store(progress)

    return told


def _failed(bench: Workbench, claim: Claim, reason: str) -> str:
    with writing(bench.engine) as session:
        kept = service.fail(session, claim, reason)
    log.error(
        "proposal.failed",
        extra={"proposal_id": claim.proposal_id, "reason": reason, "kept": kept},
    )
    return "failed" if kept else "no longer wanted"
