"""The use case of repairs: what an answer says already, or else the allocator is asked."""

from collections.abc import Callable

from sqlalchemy.orm import Session

from services.api.alternatives.service import answered_now
from services.api.explanations.book import Book
from services.api.explanations.service import names
from services.api.jobs.work import RefusedAnswer
from services.api.proposals.service import question_and_answer
from services.api.repairs.looked import Looked
from services.api.settings import Settings
from shared.contract.canonical import problem_hash
from shared.contract.reading import read_problem, read_repair_answer
from shared.contract.repairs import RepairAnswer
from shared.faults import InvalidDocument
from shared.verify.verify import verify_repairs


def question(session: Session, proposal_id: str) -> Looked:
    """Read a proposal, and what its answer says of repairs.

    A plan that keeps every commitment has nothing to repair, and an answer that there is no plan
    names the repairs itself.

    Raises
    ------
    UnknownProposal, ProposalNotFinished, ProposalWithoutResult
        When there is no answer to look into.
    """
    problem, result = question_and_answer(session, proposal_id)
    known = RepairAnswer(
        problem_hash=problem_hash(problem), conflict=result.conflict, repairs=result.repairs
    )
    return Looked(
        book=Book(problem, names(session)),
        plan=result.status != "infeasible",
        answer=None if result.shortfalls else known,
    )


async def answer(settings: Settings, looked: Looked, wanted: Callable[[], bool]) -> RepairAnswer:
    """Find what clashes and what would help, for as long as it is wanted.

    Raises
    ------
    NoAnswer
        When the allocator has no place or no answer in time, or not one that holds.
    """
    if looked.answer is not None:
        return looked.answer
    limit = settings.repairs_time_limit_seconds
    return await answered_now(settings, looked.book.problem, "repairs", limit, wanted, accepted)


def accepted(problem_document: bytes, answer_document: bytes) -> RepairAnswer:
    """Read an answer, and check it without trusting the allocator.

    Raises
    ------
    RefusedAnswer
        When it cannot be read, answers another question (by its hash), or does not add up.
    """
    try:
        answer = read_repair_answer(answer_document)
    except InvalidDocument as unreadable:
        raise RefusedAnswer(f"The allocator's answer cannot be read: {unreadable}") from unreadable
    broken = verify_repairs(read_problem(problem_document), answer)
    if broken:
        told = "; ".join(f"{v.tag} {v.subject}: {v.message}" for v in broken)
        raise RefusedAnswer(f"The allocator's answer breaks rules: {told}")
    return answer
