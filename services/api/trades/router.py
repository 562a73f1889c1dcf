"""Trades over HTTP."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from services.api.access.admission import WriterDep, right
from services.api.answers_once.route import StoredAnswers
from services.api.commitments.schemas import Nothing, Reasoned
from services.api.crud.conditions import ExpectedDep
from services.api.crud.lists import Stored
from services.api.crud.reading_addresses import add_reading
from services.api.crud.router import example_of
from services.api.crud.service import document_of
from services.api.database import WriteSession
from services.api.documents import read_document
from services.api.requests import JsonBody, describe_body
from services.api.trades import service
from services.api.trades.schemas import Trade
from services.api.trades.service import trades

router = APIRouter(
    prefix=f"/{trades.noun.path}", tags=[trades.noun.path], route_class=StoredAnswers
)
add_reading(router, trades)
REFUSED: dict[int | str, dict[str, Any]] = {
    409: {"description": "Its state, its task, or who asks, does not allow this; see `code`."}
}


@router.post(
    "",
    status_code=201,
    response_model=Trade,
    summary="Offer a trade",
    description="One row says what the one municipality gives and the other takes, so the sum of "
    "their tasks stays the same. It changes nothing until both have signed; whoever offers it "
    "does not sign it.",
    operation_id="createTrade",
    response_description="The new trade; `Location` is its address.",
    openapi_extra=right("trades:offer", **describe_body(Trade, example_of(trades.noun))),
)
def offer_trade(
    request: Request, body: JsonBody, session: WriteSession, author: WriterDep
) -> Response:
    """Write an offer down."""
    row, version = trades.create(session, author, body)
    return Response(
        document_of(row),
        201,
        {"Location": f"{request.url.path}/{row.id}", "ETag": f'"{version}"'},
        media_type="application/json",
    )


@router.post(
    "/{id}/signatures",
    response_model=Trade,
    summary="Sign a trade",
    description="For the municipality of the caller. With the second signature the tasks change. "
    "Refused when the giver would give away more than its task.",
    operation_id="signTrade",
    responses=REFUSED,
    response_description="The trade as it is now.",
    openapi_extra=right("trades:sign", **describe_body(Nothing, {})),
)
def sign_trade(
    request: Request,
    id: str,
    body: JsonBody,
    session: WriteSession,
    author: WriterDep,
    expected: ExpectedDep,
) -> Response:
    """Sign."""
    service.check_seen(session, author, id, expected)
    read_document(Nothing, body)
    return _answer(service.sign(session, author, id, expected, request.app.state.task_of))


@router.post(
    "/{id}/withdrawal",
    response_model=Trade,
    summary="Withdraw a trade",
    description="While not both have signed: by either municipality or their region.",
    operation_id="withdrawTrade",
    responses=REFUSED,
    response_description="The trade as it is now.",
    openapi_extra=right(
        "trades:offer", **describe_body(Reasoned, {"reason": "The location is not opened."})
    ),
)
def withdraw_trade(
    id: str, body: JsonBody, session: WriteSession, author: WriterDep, expected: ExpectedDep
) -> Response:
    """Withdraw."""
    service.check_seen(session, author, id, expected)
    reason = read_document(Reasoned, body).reason
    return _answer(service.withdraw(session, author, id, expected, reason))


def _answer(stored: Stored) -> Response:
    return Response(
        stored.document, headers={"ETag": f'"{stored.version}"'}, media_type="application/json"
    )
