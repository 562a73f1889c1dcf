"""The use case of a what-if question: the frozen question again, with one number forced."""

import asyncio
import time
from collections.abc import Callable
from typing import TypeVar

from sqlalchemy.orm import Session

from services.api.alternatives.comparing import Asked, Forced, with_number
from services.api.alternatives.errors import NoAnswer
from services.api.explanations.book import Book
from services.api.explanations.service import names
from services.api.jobs.allocator_client import (
    AllocatorRefused,
    AllocatorUnavailable,
    Listener,
    NoLongerWanted,
    NotBegun,
    Question,
    SolveFailed,
    Task,
    ask,
)
from services.api.jobs.work import RefusedAnswer, accepted
from services.api.proposals.service import question_and_plan
from services.api.settings import Settings
from shared.contract.problem import Problem
from shared.contract.result import Result

Answer = TypeVar("Answer")

_PATIENCE_SECONDS = 5.0
"""How long a question waits for a place at the allocator: somebody is looking at a screen."""
_PAUSE_SECONDS = 0.25


def question(session: Session, proposal_id: str, forced: Forced) -> Asked:
    """Put the forced number into the question of a proposal.

    Raises
    ------
    UnknownProposal, ProposalNotFinished, ProposalWithoutResult, ProposalInfeasible
        When there is no plan to compare with.
    InvalidDocument
        When the question has no such municipality, group or period.
    """
    problem, result = question_and_plan(session, proposal_id)
    changed = with_number(problem, forced)
    return Asked(forced, Book(changed, names(session)), result)


async def answer(settings: Settings, asked: Asked, wanted: Callable[[], bool]) -> Result:
    """Have a what-if question computed, and check the answer against every rule.

    It is computed no longer than it is wanted.

    Raises
    ------
    NoAnswer
        When the allocator has no place or no answer in time, or not one that holds.
    """
    problem = asked.book.problem
    limit = settings.alternative_time_limit_seconds
    return await answered_now(settings, problem, "allocations", limit, wanted, accepted)


async def answered_now(
    settings: Settings,
    problem: Problem,
    task: Task,
    time_limit: float,
    wanted: Callable[[], bool],
    accept: Callable[[bytes, bytes], Answer],
) -> Answer:
    """Ask the allocator something that somebody waits for.

    Parameters
    ----------
    time_limit
        How long it may be computed [s].
    wanted
        Whether somebody still waits; the computation ends soon after nobody does.
    accept
        Reads question and answer, and raises RefusedAnswer when the answer does not hold.

    Raises
    ------
    NoAnswer
        When the allocator has no place or no answer in time, or not one that holds.
    """
    document = problem.model_dump_json().encode()
    asked = Question(document, time_limit, settings.answer_grace_seconds, task)
    # In a thread of its own, because it may last: those of the requests are few.
    raw = await asyncio.to_thread(_asked, settings.allocator_url, asked, wanted)
    try:
        return await asyncio.to_thread(accept, document, raw)
    except RefusedAnswer as refused:
        raise NoAnswer(str(refused)) from refused


def _asked(allocator_url: str, asked: Question, wanted: Callable[[], bool]) -> bytes:
    limit = asked.time_limit_seconds
    listener = Listener(wanted, lambda progress: None, _PAUSE_SECONDS)
    patience = time.monotonic() + min(limit, _PATIENCE_SECONDS)
    while True:
        try:
            return ask(allocator_url, asked, listener)
        except NotBegun as busy:
            if time.monotonic() > patience:
                raise NoAnswer(str(busy)) from busy
        except (AllocatorUnavailable, AllocatorRefused, SolveFailed) as failure:
            raise NoAnswer(str(failure)) from failure
        except NoLongerWanted as nobody:
            raise NoAnswer("Nobody waits for this answer any more.") from nobody
        time.sleep(_PAUSE_SECONDS)
