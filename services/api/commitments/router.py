"""Commitments over HTTP: the addresses of every noun, and the moves of a commitment's life."""

from collections.abc import Callable
from typing import Any, NamedTuple

from fastapi import Request
from fastapi.responses import Response
from pydantic import BaseModel
from sqlalchemy.orm import Session

from services.api.access.actor import Author
from services.api.access.admission import CallerDep, WriterDep, right
from services.api.commitments import amendments, moving, signing
from services.api.commitments.schemas import (
    Amendment,
    AmendmentIn,
    Amendments,
    Commitment,
    Nothing,
    PerhapsReasoned,
    Progress,
    Reasoned,
    Signatures,
)
from services.api.commitments.service import commitments, progress_of
from services.api.crud.conditions import Expected, ExpectedDep
from services.api.crud.lists import Stored
from services.api.crud.router import registry_router
from services.api.database import ReadSession, WriteSession
from services.api.documents import read_document
from services.api.requests import JsonBody, describe_body

router = registry_router(commitments)
REFUSED: dict[int | str, dict[str, Any]] = {
    409: {"description": "Its state, or who asks, does not allow this; see `code`."}
}
_REASON = {"reason": "The homes are not built."}


class _Move(NamedTuple):
    """One address to POST a move to."""

    path: str
    right: str
    body: type[BaseModel]
    example: dict[str, Any]
    do: Callable[[Session, Author, str, Expected, Any], Stored]
    operation_id: str
    summary: str
    description: str


MOVES = (
    _Move(
        "offer",
        "commitments:offer",
        Nothing,
        {},
        lambda session, author, id_, expected, _: moving.offer(session, author, id_, expected),
        "offerCommitment",
        "Offer a draft to its parties",
        "Asks all parties to sign. The municipality that houses must be one of them. Whoever "
        "drafted or offered it does not sign it.",
    ),
    _Move(
        "retraction",
        "commitments:offer",
        Reasoned,
        _REASON,
        lambda session, author, id_, expected, body: moving.retract(
            session, author, id_, expected, body.reason
        ),
        "retractCommitment",
        "Take back what was offered",
        "An offered commitment becomes a draft again and loses its signatures; an amendment that "
        "waits for signatures is withdrawn. Only for the organisation that offered it.",
    ),
    _Move(
        "signatures",
        "commitments:sign",
        Nothing,
        {},
        lambda session, author, id_, expected, _: moving.sign(session, author, id_, expected),
        "signCommitment",
        "Sign the text that is open",
        "Signs the offered commitment, or the amendment that waits, for the organisation of the "
        "caller. `If-Match` says which version was read. With the last signature it is in force.",
    ),
    _Move(
        "withdrawal",
        "commitments:end",
        Reasoned,
        _REASON,
        lambda session, author, id_, expected, body: moving.withdraw(
            session, author, id_, expected, body.reason
        ),
        "withdrawCommitment",
        "Withdraw a commitment",
        "What is in force can be withdrawn by the municipality that houses or its region; what is "
        "offered by any party. It counts no more.",
    ),
    _Move(
        "fulfilment",
        "commitments:end",
        PerhapsReasoned,
        {"reason": "The last two households were housed in Diemen."},
        lambda session, author, id_, expected, body: moving.fulfil(
            session, author, id_, expected, body.reason
        ),
        "fulfilCommitment",
        "Say that a commitment is fulfilled",
        "By a party. Refused while fewer households are realised than was agreed, unless a reason "
        "is given.",
    ),
)


def _add_move(move: _Move) -> None:
    def moved(
        id: str, body: JsonBody, session: WriteSession, author: WriterDep, expected: ExpectedDep
    ) -> Response:
        moving.check_seen(session, author, id, expected)
        wanted = read_document(move.body, body)
        return _answer(move.do(session, author, id, expected, wanted))

    router.add_api_route(
        f"/{{id}}/{move.path}",
        moved,
        methods=["POST"],
        response_model=Commitment,
        summary=move.summary,
        description=move.description,
        operation_id=move.operation_id,
        responses=REFUSED,
        response_description="The commitment as it is now.",
        openapi_extra=right(move.right, **describe_body(move.body, move.example)),
    )


for _move in MOVES:
    _add_move(_move)


@router.post(
    "/{id}/amendments",
    status_code=201,
    response_model=Amendment,
    summary="Propose an amendment",
    description="Other numbers, to be signed by all parties. The numbers in force stay so until "
    "then. One amendment at a time.",
    operation_id="amendCommitment",
    responses=REFUSED,
    response_description="The amendment; it waits for signatures.",
    openapi_extra=right(
        "commitments:offer",
        **describe_body(
            AmendmentIn,
            {
                "households": 60,
                "basis": "Amendment of 2027, art. 1",
                "reason": "The homes are a year late.",
            },
        ),
    ),
)
def amend_commitment(
    request: Request,
    id: str,
    body: JsonBody,
    session: WriteSession,
    author: WriterDep,
    expected: ExpectedDep,
) -> Response:
    """Open a round of signatures."""
    moving.check_seen(session, author, id, expected)
    amendment = moving.amend(session, author, id, expected, read_document(AmendmentIn, body))
    location = f"{request.url.path}/{amendment.id}"
    return Response(
        amendment.model_dump_json(by_alias=True),
        201,
        {"Location": location},
        media_type="application/json",
    )


@router.get(
    "/{id}/amendments",
    summary="List the amendments",
    description="All of them, also those that were taken back, in the order of their rounds.",
    operation_id="getAmendments",
    response_description="The amendments.",
    openapi_extra=right("commitments:read"),
)
def list_amendments(id: str, session: ReadSession, caller: CallerDep) -> Amendments:
    """Answer with all."""
    rows = amendments.all_of(session, commitments.find(session, id, caller).id)
    return Amendments(items=tuple(rows), total=len(rows))


@router.get(
    "/{id}/amendments/{amendment}",
    summary="Read an amendment",
    description="Its numbers, its reason and its state.",
    operation_id="getAmendment",
    response_description="The amendment.",
    openapi_extra=right("commitments:read"),
)
def get_amendment(id: str, amendment: str, session: ReadSession, caller: CallerDep) -> Amendment:
    """Answer with one."""
    return amendments.one_of(session, commitments.find(session, id, caller).id, amendment)


@router.get(
    "/{id}/signatures",
    summary="List the signatures",
    description="Who signed which text, when, and who has not signed the one that is open.",
    operation_id="getSignatures",
    response_description="The signatures.",
    openapi_extra=right("commitments:read"),
)
def list_signatures(id: str, session: ReadSession, caller: CallerDep) -> Signatures:
    """Answer with all."""
    row = commitments.find(session, id, caller)
    items = tuple(signing.signatures_under(session, commitments.noun.path, id))
    missing = tuple(moving.missing_signatures(session, row))
    return Signatures(items=items, total=len(items), missing=missing)


@router.get(
    "/{id}/progress",
    summary="Read how far a commitment is",
    description="What realisations that name it add up to, in all and per period. Unknown, and "
    "not 0, while nothing is reported.",
    operation_id="getProgress",
    response_description="Committed and realised.",
    openapi_extra=right("reports:read"),
)
def get_progress(id: str, session: ReadSession, caller: CallerDep) -> Progress:
    """Answer with the sums."""
    return progress_of(session, commitments.find(session, id, caller))


def _answer(stored: Stored) -> Response:
    return Response(
        stored.document, headers={"ETag": f'"{stored.version}"'}, media_type="application/json"
    )
