"""The address of explanations: why each municipality got its number."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import Field

from services.api.access.admission import right
from services.api.crud.fields import MunicipalityCode, Slug
from services.api.crud.queries import ListQuery, page_links
from services.api.database import ReadSession
from services.api.explanations import service
from services.api.explanations.schemas import ExplanationOut, ExplanationPage
from services.api.proposals.reach import proposal_within_reach

router = APIRouter(
    prefix="/proposals",
    tags=["proposals"],
    dependencies=[Depends(proposal_within_reach)],
)


class ExplanationQuery(ListQuery):
    """Which explanations are wanted."""

    municipality: MunicipalityCode | None = Field(
        None, description="Only those of this municipality."
    )
    group: Slug | None = Field(None, description="Only those of this target group.")


@router.get(
    "/{id}/explanations",
    summary="Read why each municipality got its number",
    description="Per municipality and group, and per municipality in total: where its part of the "
    "fair share stopped rising, the rules that stopped it, and what one unit more of each rule "
    "would change; in numbers, and in Dutch and English. `Link` leads to the other pages. 409 "
    "while there is no plan, and when there never will be one: failed, cancelled or infeasible.",
    operation_id="listProposalExplanations",
    openapi_extra=right("proposals:read"),
    responses={409: {"description": "There is no plan yet, or there never will be one."}},
    response_description="One page of the list.",
)
def list_explanations(
    request: Request,
    response: Response,
    id: str,
    session: ReadSession,
    query: Annotated[ExplanationQuery, Query()],
) -> ExplanationPage:
    """Answer with one page."""
    wanted = (query.municipality, query.group)
    chosen = service.explanations(session, id, wanted, query.limit, query.offset)
    links = page_links(request, query.limit, query.offset, chosen.total)
    if links:
        response.headers["Link"] = links
    items = tuple(ExplanationOut.of(chosen.book, chosen.worth, row) for row in chosen.rows)
    return ExplanationPage(items=items, total=chosen.total)
