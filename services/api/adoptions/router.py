"""Adoptions over HTTP: of a proposal, at most one."""

import json
from typing import Any

from fastapi import APIRouter, Request, Response
from sqlalchemy import RowMapping

from services.api.access.admission import CallerDep, WriterDep, right
from services.api.adoptions import service
from services.api.adoptions.schemas import AdoptionIn, AdoptionOut, CellIn, Links
from services.api.answers_once.route import StoredAnswers
from services.api.database import ReadSession, WriteSession
from services.api.documents import read_document
from services.api.requests import JsonBody, describe_body

router = APIRouter(prefix="/proposals", tags=["adoptions"], route_class=StoredAnswers)
REFUSED: dict[int | str, dict[str, Any]] = {
    409: {
        "description": "It was adopted already (by whom and when is told), it has no plan, or "
        "there is nothing to adopt; see `code`."
    }
}
EXAMPLE = {
    "rows": [{"municipality": "GM0363", "group": "status_holders", "period": "2027"}],
    "reason": "Decided in the regional meeting of 3 March.",
}


@router.post(
    "/{id}/adoption",
    status_code=201,
    summary="Adopt a proposal",
    description="Its numbers, or chosen ones, become draft commitments: one per municipality, "
    "group and period with households. A proposal is adopted once, however many ask. Whoever "
    "adopts it does not sign what comes of it.",
    operation_id="adoptProposal",
    responses=REFUSED,
    response_description="The adoption; `Location` is its address.",
    openapi_extra=right("proposals:adopt", **describe_body(AdoptionIn, EXAMPLE)),
)
def adopt_proposal(
    request: Request,
    response: Response,
    id: str,
    body: JsonBody,
    session: WriteSession,
    author: WriterDep,
) -> AdoptionOut:
    """Adopt."""
    service.check_open(session, author, id)
    row = service.adopt(session, author, id, read_document(AdoptionIn, body))
    response.headers["Location"] = request.url.path
    return _out(request, row)


@router.get(
    "/{id}/adoption",
    summary="Read who adopted a proposal",
    description="Who, when, why and which numbers. 404 while nobody has.",
    operation_id="getAdoption",
    response_description="The adoption.",
    openapi_extra=right("proposals:read"),
)
def get_adoption(request: Request, id: str, session: ReadSession, caller: CallerDep) -> AdoptionOut:
    """Answer with it."""
    return _out(request, service.adoption_of(session, caller, id))


def _out(request: Request, row: RowMapping) -> AdoptionOut:
    here = request.url.path
    proposals = here.removesuffix(f"/{row['proposal']}/adoption")
    commitments = f"{proposals.removesuffix('/proposals')}/commitments"
    return AdoptionOut(
        **{name: row[name] for name in AdoptionOut.model_fields if name in row and name != "rows"},
        rows=_rows(row["rows"]),
        links=Links(
            self_=here,
            proposal=here.removesuffix("/adoption"),
            commitments=f"{commitments}?proposal={row['proposal']}",
        ),
    )


def _rows(stored: str | None) -> tuple[CellIn, ...] | None:
    return None if stored is None else tuple(CellIn(**cell) for cell in json.loads(stored))
