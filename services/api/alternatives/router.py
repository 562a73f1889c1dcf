"""The address of what-if questions."""

import asyncio

from fastapi import APIRouter, Depends, Request
from fastapi.concurrency import run_in_threadpool

from services.api.access.admission import right
from services.api.alternatives import service
from services.api.alternatives.places import Places
from services.api.alternatives.schemas import AlternativeIn, AlternativeOut
from services.api.database import reading_in_turn
from services.api.documents import read_document
from services.api.proposals.reach import proposal_within_reach
from services.api.requests import JsonBody, describe_body, while_waiting
from services.api.settings import Settings

router = APIRouter(
    prefix="/proposals",
    tags=["proposals"],
    dependencies=[Depends(proposal_within_reach)],
)
EXAMPLE = {"municipality": "GM0363", "group": "status_holders", "households": 35}


@router.post(
    "/{id}/alternatives",
    summary="Ask why not another number",
    description="Solves the frozen question of a proposal once more with one number forced, and "
    "tells who takes or gives the difference, which objective becomes worse and by how much, and "
    "which rules break first; when it is not possible, which rules contradict it. Waits for the "
    "answer and stores nothing. 409 while there is no plan to compare with, and when there never "
    "will be one.",
    operation_id="askProposalAlternative",
    response_description="What the forced number would do.",
    responses={
        409: {"description": "There is no plan yet, or there never will be one."},
        429: {"description": "Too many of these questions are computed; see `Retry-After`."},
        503: {"description": "The allocator is busy or away; see `Retry-After`."},
    },
    openapi_extra=right("proposals:whole", **describe_body(AlternativeIn, EXAMPLE)),
)
async def ask_alternative(request: Request, id: str, body: JsonBody) -> AlternativeOut:
    """Ask, wait and compare; the database is free while the allocator computes."""
    settings: Settings = request.app.state.settings
    places: Places = request.app.state.alternatives
    forced = read_document(AlternativeIn, body).forced()
    with places.one():
        async with reading_in_turn(request.app) as session:
            asked = await run_in_threadpool(service.question, session, id, forced)
        async with while_waiting(request) as wanted:
            result = await service.answer(settings, asked, wanted)
        return await asyncio.to_thread(AlternativeOut.of, asked, result)
