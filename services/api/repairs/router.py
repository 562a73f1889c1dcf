"""The address of repairs: what cannot be, and what would help."""

from fastapi import APIRouter, Depends, Request
from fastapi.concurrency import run_in_threadpool

from services.api.access.admission import right
from services.api.alternatives.places import Places
from services.api.database import reading_in_turn
from services.api.proposals.reach import proposal_within_reach
from services.api.repairs import service
from services.api.repairs.schemas import RepairsOut
from services.api.requests import while_waiting
from services.api.settings import Settings

router = APIRouter(
    prefix="/proposals",
    tags=["proposals"],
    dependencies=[Depends(proposal_within_reach)],
)


@router.get(
    "/{id}/repairs",
    summary="Read what cannot be, and what would help",
    description="Where there is no plan, or none that keeps every commitment: rules that cannot "
    "hold together, none of them to spare, and per family of rules the smallest change with which "
    "all others hold, with what the plan would then be worth. About commitments it is computed "
    "when asked for, on the frozen question, and nothing is stored. 409 while there is no answer, "
    "and when the proposal failed or was cancelled.",
    operation_id="getProposalRepairs",
    openapi_extra=right("proposals:whole"),
    response_description="What clashes and what would help.",
    responses={
        409: {"description": "There is no answer yet, or there never will be one."},
        429: {"description": "Too many questions are computed; see `Retry-After`."},
        503: {"description": "The allocator is busy or away; see `Retry-After`."},
    },
)
async def get_repairs(request: Request, id: str) -> RepairsOut:
    """Ask and wait; the database is free while the allocator computes."""
    settings: Settings = request.app.state.settings
    places: Places = request.app.state.alternatives
    async with reading_in_turn(request.app) as session:
        looked = await run_in_threadpool(service.question, session, id)
    with places.one():
        async with while_waiting(request) as wanted:
            answer = await service.answer(settings, looked, wanted)
    return await run_in_threadpool(RepairsOut.of, looked, answer)
