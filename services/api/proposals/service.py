"""Use cases of proposals: ask, follow, read and cancel; and the worker's side of the same."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import RowMapping
from sqlalchemy.orm import Session

from services.api.access.actor import Author, Reach
from services.api.history.recording import latest
from services.api.proposals import rules, store
from services.api.proposals.acts import ASKED, end_told, write_down
from services.api.proposals.choice import NO_PLAN, Asked, EarlierPlan
from services.api.proposals.errors import (
    ProposalAlreadyEnded,
    ProposalInfeasible,
    ProposalNotFinished,
    ProposalWithoutResult,
    QueueFull,
    UnknownProposal,
)
from services.api.proposals.gathering import gather
from services.api.proposals.outcome import hosting_of, placed_in, promises_of
from services.api.proposals.rules import Claim, State
from services.api.proposals.snapshot import freeze, left_out
from shared.contract.canonical import canonical_problem, problem_hash
from shared.contract.problem import Problem
from shared.contract.reading import read_problem, read_result
from shared.contract.result import Result
from shared.faults import Fault

CANCELLED_BY_PLANNER = "It was cancelled by the planner."


def propose(session: Session, author: Author, asked: Asked, most_waiting: int) -> RowMapping:
    """Freeze the question and put it in the queue; the row is the job.

    Parameters
    ----------
    session
        Sees the registry as it is at one moment.
    author
        Who asks.
    asked
        What the planner asks.
    most_waiting
        How many proposals of one region may wait [proposals]. Questions that come at the same
        moment do not see each other, so a few more may wait.

    Raises
    ------
    InvalidDocument
        With every fault of the choice; nothing is stored then.
    QueueFull
        When as many wait already.
    """
    region = asked.choice.region
    registry = gather(session, region)
    problem = freeze(asked.choice, registry, _earlier_plan(session, asked))
    waiting = store.waiting(session, region)
    if waiting >= most_waiting:
        raise QueueFull(region, waiting)
    proposal_id, now = str(uuid4()), datetime.now(UTC)
    last = latest(session)
    unknown = [vars(figure) for figure in left_out(asked.choice, registry)]
    store.add(
        session,
        id=proposal_id,
        name=asked.name,
        region=region,
        request=json.dumps(asked.request, ensure_ascii=False, sort_keys=True),
        problem=canonical_problem(problem).decode(),
        problem_hash=problem_hash(problem),
        time_limit_seconds=asked.time_limit_seconds,
        created_at=now,
        snapshot_change=0 if last is None else last[0],
        # The clock may have been set back since that change.
        snapshot_at=now if last is None else max(now, last[1]),
        asked_by=author.caller.actor.member,
        left_out=json.dumps(unknown) if unknown else None,
    )
    row = one(session, proposal_id)
    write_down(session, author, row, ASKED)
    return row


def _earlier_plan(session: Session, asked: Asked) -> EarlierPlan:
    if asked.previous is None:
        return NO_PLAN
    row = store.one(session, asked.previous)
    fault = None
    if row is None:
        fault = Fault("/previous", "unknown_id", f"There is no proposal {asked.previous!r}.")
    elif row["state"] != State.READY:
        message = f"That proposal is {row['state']}; only a ready one has a plan to stay near to."
        fault = Fault("/previous", "not_ready", message)
    elif row["region"] != asked.choice.region:
        message = f"That proposal is about region {row['region']!r}."
        fault = Fault("/previous", "other_region", message)
    if fault is not None:
        return EarlierPlan(faults=(fault,))
    return EarlierPlan(placed_in(*question_and_answer(session, asked.previous)))


def question_and_answer(session: Session, proposal_id: str) -> tuple[Problem, Result]:
    """Read a question and its answer: a plan, or that there is none.

    Raises
    ------
    UnknownProposal, ProposalNotFinished, ProposalWithoutResult
        As for the result.
    """
    result = read_result(result_document(session, proposal_id).encode())
    return read_problem(problem_document(session, proposal_id).encode()), result


def one(session: Session, proposal_id: str) -> RowMapping:
    """Read the state of a proposal.

    Raises
    ------
    UnknownProposal
        When there is none with this id.
    """
    row = store.one(session, proposal_id)
    if row is None:
        raise UnknownProposal(proposal_id)
    return row


def page(
    session: Session,
    reach: Reach,
    region: str | None,
    state: State | None,
    limit: int,
    offset: int,
) -> tuple[Sequence[RowMapping], int]:
    """Read one page of proposals within reach, newest first, and the number of all of them."""
    regions = None if reach.everywhere else reach.regions
    return store.page(session, regions, region, state, limit, offset)


def problem_document(session: Session, proposal_id: str) -> str:
    """Read the frozen problem, as JSON.

    Raises
    ------
    UnknownProposal
        When there is none with this id.
    """
    document = store.document(session, proposal_id, "problem")
    if document is None:
        raise UnknownProposal(proposal_id)
    return document


def result_document(session: Session, proposal_id: str) -> str:
    """Read the result, as JSON.

    Raises
    ------
    UnknownProposal
        When there is none with this id.
    ProposalNotFinished
        When there is no answer yet.
    ProposalWithoutResult
        When it failed or was cancelled.
    """
    row = one(session, proposal_id)
    state = State(row["state"])
    if state in rules.UNDER_WAY:
        raise ProposalNotFinished(proposal_id, state)
    document = store.document(session, proposal_id, "result")
    if document is None:
        raise ProposalWithoutResult(proposal_id, state, row["reason"] or CANCELLED_BY_PLANNER)
    return document


def standings(session: Session, proposal_id: str) -> tuple[rules.Standing, ...]:
    """Make the table per municipality of an answered proposal.

    Raises
    ------
    UnknownProposal, ProposalNotFinished, ProposalWithoutResult
        As for the result.
    ProposalInfeasible
        When the answer is that there is no plan.
    """
    return standings_of(*question_and_plan(session, proposal_id))


def question_and_plan(session: Session, proposal_id: str) -> tuple[Problem, Result]:
    """Read a question and the plan that answers it.

    Raises
    ------
    UnknownProposal, ProposalNotFinished, ProposalWithoutResult
        As for the result.
    ProposalInfeasible
        When the answer is that there is no plan.
    """
    if one(session, proposal_id)["state"] == State.INFEASIBLE:
        raise ProposalInfeasible(proposal_id)
    return question_and_answer(session, proposal_id)


def standings_of(problem: Problem, result: Result) -> tuple[rules.Standing, ...]:
    """Make the table per municipality from a question and its answer."""
    committed, shortfalls = promises_of(problem, result)
    names = {m.id: m.name for m in problem.municipalities}
    return rules.standings(names, hosting_of(problem, result), committed, shortfalls)


def cancel(session: Session, author: Author, proposal_id: str) -> RowMapping:
    """Cancel a proposal; cancelling it again changes nothing.

    The worker notices and leaves the allocator, which then stops computing.

    Raises
    ------
    UnknownProposal
        When there is none with this id.
    ProposalAlreadyEnded
        When it ended in another way before.
    """
    cancelled = store.cancel(session, proposal_id, datetime.now(UTC))
    row = one(session, proposal_id)
    if cancelled:
        write_down(session, author, row, State.CANCELLED)
    elif row["state"] != State.CANCELLED:
        raise ProposalAlreadyEnded(proposal_id, row["state"])
    return row


def unfinished(session: Session, limit: int) -> Sequence[str]:
    """List the ids of proposals that have not ended, oldest first."""
    return store.under_way(session, limit)


def take_up(session: Session, proposal_id: str, max_attempts: int) -> Claim | None:
    """Claim a proposal for a worker under a new attempt number.

    One that was taken up `max_attempts` times before ends here as failed: whatever takes its
    workers down would do so again.

    Returns
    -------
    The claim; None when there is nothing to do (any more).
    """
    now = datetime.now(UTC)
    claim = store.claim(session, proposal_id, max_attempts, now)
    if claim is None:
        reason = f"It was interrupted {max_attempts} times without reaching an answer."
        end_told(session, proposal_id, store.give_up(session, proposal_id, reason, now))
    return claim


def still_held(session: Session, claim: Claim) -> bool:
    """Whether the proposal has not ended and nobody else has taken it up since."""
    return store.holds(session, claim)


def report_progress(session: Session, claim: Claim, progress: Mapping[str, Any]) -> bool:
    """Store how far the allocator is; False when the claim no longer holds."""
    return store.report(
        session,
        claim,
        stage=progress.get("stage"),
        tier=progress.get("tier"),
        level=progress.get("level"),
        most_levels=progress.get("mostLevels"),
        best=progress.get("best"),
        elapsed_seconds=progress.get("elapsedSeconds"),
    )


def answer(session: Session, claim: Claim, document: str, status: str) -> bool:
    """Store a verified answer and end the proposal; False when the claim no longer holds."""
    state = State.INFEASIBLE if status == "infeasible" else State.READY
    ended = store.end(session, claim, state, datetime.now(UTC), result=document)
    return end_told(session, claim.proposal_id, ended)


def fail(session: Session, claim: Claim, reason: str) -> bool:
    """End a claimed proposal without an answer; False when the claim no longer holds."""
    ended = store.end(session, claim, State.FAILED, datetime.now(UTC), reason=reason)
    return end_told(session, claim.proposal_id, ended)


def give_up(session: Session, proposal_id: str, reason: str) -> bool:
    """End a proposal whose job is lost; False when it had ended."""
    ended = store.give_up(session, proposal_id, reason, datetime.now(UTC))
    return end_told(session, proposal_id, ended)
