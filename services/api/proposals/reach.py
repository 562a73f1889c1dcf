"""Whose proposals they are: of whoever takes part in the region, or holds all of it."""

from fastapi import Request
from fastapi.concurrency import run_in_threadpool

from services.api.access.actor import Reach
from services.api.access.admission import CallerDep, right_needed
from services.api.access.errors import OutsideReach
from services.api.database import reading_in_turn
from services.api.proposals import service
from services.api.proposals.errors import UnknownProposal

# To follow a proposal it is enough to take part; these take a whole region.
_WHOLE = frozenset({"proposals:whole", "proposals:ask"})


async def proposal_within_reach(request: Request, caller: CallerDep) -> None:
    """Look, before anything else of the request, whether the proposal exists for the caller.

    Raises
    ------
    UnknownProposal
        When it does not exist, or the caller takes no part in its region.
    OutsideReach
        When this is for whoever holds the whole region.
    """
    proposal_id = request.path_params.get("id")
    if proposal_id is None or caller.reach.everywhere:
        return
    async with reading_in_turn(request.app) as session:
        proposal = await run_in_threadpool(service.one, session, proposal_id)
    if not caller.reach.sees((f"region:{proposal['region']}",)):
        raise UnknownProposal(proposal_id)
    if right_needed(request) in _WHOLE:
        refuse_part_of(caller.reach, proposal["region"])


def refuse_part_of(reach: Reach, region: str) -> None:
    """Refuse whoever does not hold all municipalities of a region.

    Raises
    ------
    OutsideReach
        When some of them are not its own.
    """
    if not reach.covers(region):
        raise OutsideReach(reach.codes)
