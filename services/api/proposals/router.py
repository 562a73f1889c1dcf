"""Addresses of proposals: ask, follow, read, cancel."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import Response as Raw
from pydantic import Field

from services.api.access.admission import CallerDep, WriterDep, right
from services.api.answers_once.route import StoredAnswers
from services.api.crud.fields import Slug
from services.api.crud.queries import ListQuery, page_links
from services.api.database import FreezeSession, ReadSession, WriteSession
from services.api.documents import read_document
from services.api.proposals import service
from services.api.proposals.reach import proposal_within_reach, refuse_part_of
from services.api.proposals.rules import State
from services.api.proposals.schemas import (
    ProposalIn,
    ProposalOut,
    ProposalPage,
)
from services.api.proposals.staleness import figures_changed
from services.api.proposals.standing_schemas import StandingOut, StandingsOut
from services.api.requests import JsonBody, describe_body
from services.api.settings import Settings
from shared.contract.problem import Problem
from shared.contract.result import Result

router = APIRouter(
    prefix="/proposals",
    tags=["proposals"],
    route_class=StoredAnswers,
    dependencies=[Depends(proposal_within_reach)],
)
WITHOUT_ANSWER: dict[int | str, dict[str, Any]] = {
    409: {"description": "There is no answer yet, or there never will be one."}
}
QUEUE_FULL: dict[int | str, dict[str, Any]] = {
    429: {"description": "Too many proposals of this region wait already; see `Retry-After`."}
}
EXAMPLE = {"name": "First round", "region": "mra", "timeLimitSeconds": 60}


class ProposalQuery(ListQuery):
    """Which proposals are wanted."""

    region: Slug | None = Field(None, description="Only those of this region.")
    state: State | None = Field(None, description="Only those in this state.")


@router.post(
    "",
    status_code=202,
    summary="Ask for a proposal",
    description="Freezes what the registry says now and puts it in the queue. Refused with every "
    "fault at once; then nothing is stored.",
    operation_id="createProposal",
    response_description="Accepted; `Location` is where to follow it.",
    responses=QUEUE_FULL,
    openapi_extra=right("proposals:ask", **describe_body(ProposalIn, EXAMPLE)),
)
def ask_for_proposal(
    request: Request,
    response: Response,
    body: JsonBody,
    session: FreezeSession,
    author: WriterDep,
) -> ProposalOut:
    """Accept a question."""
    settings: Settings = request.app.state.settings
    wanted = read_document(ProposalIn, body)
    refuse_part_of(author.caller.reach, wanted.region)
    row = service.propose(
        session,
        author,
        wanted.asked(settings.default_time_limit_seconds),
        settings.most_waiting_proposals,
    )
    proposal = ProposalOut.of(row, _collection(request))
    response.headers["Location"] = proposal.links.self_
    return proposal


@router.get(
    "",
    summary="List proposals",
    description="Newest first; `Link` leads to the other pages.",
    operation_id="listProposals",
    openapi_extra=right("proposals:read"),
    response_description="One page of the list.",
)
def list_proposals(
    request: Request,
    response: Response,
    session: ReadSession,
    caller: CallerDep,
    query: Annotated[ProposalQuery, Query()],
) -> ProposalPage:
    """Answer with one page."""
    rows, total = service.page(
        session, caller.reach, query.region, query.state, query.limit, query.offset
    )
    links = page_links(request, query.limit, query.offset, total)
    if links:
        response.headers["Link"] = links
    items = tuple(ProposalOut.of(row, _collection(request)) for row in rows)
    return ProposalPage(items=items, total=total)


@router.get(
    "/{id}",
    summary="Follow a proposal",
    description="Its state, while it is computed its progress, and whether figures have changed "
    "since it was asked.",
    operation_id="getProposal",
    openapi_extra=right("proposals:read"),
    response_description="The state of the proposal.",
)
def get_proposal(request: Request, id: str, session: ReadSession) -> ProposalOut:
    """Answer with the state."""
    row = service.one(session, id)
    return ProposalOut.of(row, _collection(request), figures_changed(session, row))


@router.get(
    "/{id}/problem",
    response_model=Problem,
    summary="Read the frozen question",
    description="Exactly what the allocator is asked; later changes of the registry are not in it.",
    operation_id="getProposalProblem",
    openapi_extra=right("proposals:whole"),
    response_description="The problem.",
)
def get_problem(id: str, session: ReadSession) -> Any:
    """Answer with the snapshot."""
    return _json(service.problem_document(session, id))


@router.get(
    "/{id}/result",
    response_model=Result,
    summary="Read the answer",
    description="The verified plan, or the rules that contradict each other when there is none. "
    "409 while there is no answer, and when the proposal failed or was cancelled.",
    operation_id="getProposalResult",
    openapi_extra=right("proposals:whole"),
    responses=WITHOUT_ANSWER,
    response_description="The result.",
)
def get_result(id: str, session: ReadSession) -> Any:
    """Answer with the result."""
    return _json(service.result_document(session, id))


@router.get(
    "/{id}/municipalities",
    summary="Read the table per municipality",
    description="Fair share, commitments, proposal, what limits it, and the homes that each "
    "municipality lacks to reach its share [households, over all periods]. 409 while there is no "
    "plan, and when there never will be one: failed, cancelled or infeasible.",
    operation_id="getProposalMunicipalities",
    openapi_extra=right("proposals:read"),
    responses=WITHOUT_ANSWER,
    response_description="One line per municipality.",
)
def get_municipalities(id: str, session: ReadSession) -> StandingsOut:
    """Answer with the table."""
    lines = service.standings(session, id)
    return StandingsOut(items=tuple(StandingOut.of(line) for line in lines), total=len(lines))


@router.post(
    "/{id}/cancellation",
    summary="Cancel a proposal",
    description="Stops the computation. Cancelling again changes nothing; 409 when the proposal "
    "ended in another way.",
    operation_id="cancelProposal",
    openapi_extra=right("proposals:ask"),
    response_description="The cancelled proposal.",
)
def cancel_proposal(
    request: Request, id: str, session: WriteSession, author: WriterDep
) -> ProposalOut:
    """Cancel."""
    return ProposalOut.of(service.cancel(session, author, id), _collection(request))


def _collection(request: Request) -> str:
    return str(request.app.url_path_for("list_proposals"))


def _json(document: str) -> Raw:
    # Stored as it was sent; reading and writing it again could only change it.
    return Raw(document, media_type="application/json")
