"""Webhooks over HTTP."""

import asyncio
from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from services.api.access.admission import CallerDep, WriterDep, right
from services.api.answers_once.route import StoredAnswers
from services.api.crud.conditions import ExpectedDep
from services.api.crud.lists import Stored
from services.api.crud.reading_addresses import add_reading
from services.api.database import ReadSession, WriteSession
from services.api.documents import read_document
from services.api.events.service import newest
from services.api.requests import JsonBody, describe_body
from services.api.settings import Settings
from services.api.webhooks import service
from services.api.webhooks.addresses import look_up, read_address
from services.api.webhooks.errors import AddressRefused
from services.api.webhooks.schemas import Webhook, WebhookDelivery, WebhookIn, WebhookSecret

router = APIRouter(prefix="/webhooks", tags=["webhooks"], route_class=StoredAnswers)
_MAY_READ = right("webhooks:read")
_MAY_WRITE = right("webhooks:write")
_EXAMPLE = {"url": "https://receiver.example/events", "nouns": ["needs", "capacities"]}
_LOOKED_UP_WITHIN_SECONDS = 5.0

add_reading(router, service.webhooks)


async def checked_webhook(request: Request, body: JsonBody) -> WebhookIn:
    """Read a new webhook and look its address up, before a transaction begins.

    Raises
    ------
    InvalidDocument
        With every fault of the body.
    AddressRefused
        When nothing may be sent there.
    """
    settings: Settings = request.app.state.settings
    private = settings.webhooks_to_private_addresses
    wanted = read_document(WebhookIn, body)
    address = read_address(wanted.url, private=private)
    try:
        async with asyncio.timeout(_LOOKED_UP_WITHIN_SECONDS):
            await asyncio.to_thread(look_up, address, private=private)
    except TimeoutError as error:
        raise AddressRefused("unknown_host") from error
    return wanted


@router.post(
    "",
    status_code=201,
    response_model=Webhook,
    summary="Add one webhook",
    description="Sends what changes from now on, of rows that your organisation may read, to a "
    "public address with https. The secret that signs is at `/webhooks/{id}/secret`.",
    operation_id="createWebhook",
    response_description="The new webhook; `Location` is its address.",
    openapi_extra={**_MAY_WRITE, **describe_body(WebhookIn, _EXAMPLE)},
)
def create_webhook(
    request: Request,
    wanted: Annotated[WebhookIn, Depends(checked_webhook)],
    session: WriteSession,
    author: WriterDep,
) -> Response:
    """Add."""
    id_, stored = service.add(session, author, wanted.url, wanted.nouns)
    return _answer(stored, 201, f"{request.url.path}/{id_}")


@router.delete(
    "/{id}",
    status_code=204,
    response_model=None,
    summary="Delete one webhook",
    description="Nothing is sent to it any more.",
    operation_id="deleteWebhook",
    response_description="It is gone.",
    openapi_extra=_MAY_WRITE,
)
def delete_webhook(
    id: str, session: WriteSession, author: WriterDep, expected: ExpectedDep
) -> None:
    """Delete."""
    service.webhooks.delete(session, author, id, expected)


@router.get(
    "/{id}/secret",
    summary="Read the secret of a webhook",
    description="What a receiver checks `webhook-signature` with, by the Standard Webhooks scheme. "
    "For 24 hours after a rotation there are two, and each message has two signatures.",
    operation_id="getWebhookSecret",
    response_description="The secrets that sign now.",
    openapi_extra=_MAY_WRITE,
)
def get_secret(request: Request, id: str, session: ReadSession, caller: CallerDep) -> WebhookSecret:
    """Answer with the secrets."""
    settings: Settings = request.app.state.settings
    key_secret = settings.key_secret.get_secret_value()
    now = datetime.now(UTC)
    return WebhookSecret(secrets=service.secrets(session, caller, id, key_secret, now))


@router.get(
    "/{id}/delivery",
    summary="Tell how far a webhook has come",
    description="What has arrived, and what is the matter when nothing arrives.",
    operation_id="getWebhookDelivery",
    response_description="How far it has come.",
    openapi_extra=_MAY_READ,
)
def get_delivery(id: str, session: ReadSession, caller: CallerDep) -> WebhookDelivery:
    """Answer with the state of delivery."""
    return service.delivery(session, caller, id, newest(session))


@router.post(
    "/{id}/rotation",
    response_model=Webhook,
    summary="Change the secret of a webhook",
    description="A new secret signs at once; the present one signs too for 24 hours.",
    operation_id="rotateWebhook",
    response_description="The webhook as it is now.",
    openapi_extra=_MAY_WRITE,
)
def rotate_webhook(
    id: str, session: WriteSession, author: WriterDep, expected: ExpectedDep
) -> Response:
    """Rotate."""
    return _answer(service.rotate(session, author, id, expected, datetime.now(UTC)))


@router.post(
    "/{id}/test",
    response_model=Webhook,
    summary="Send a test event",
    description="An event about the webhook itself goes to it, after those that wait.",
    operation_id="testWebhook",
    response_description="The webhook as it is now.",
    openapi_extra=_MAY_WRITE,
)
def test_webhook(id: str, session: WriteSession, author: WriterDep) -> Response:
    """Send a test event."""
    return _answer(service.test(session, author, id))


@router.post(
    "/{id}/resumption",
    response_model=Webhook,
    summary="Send again",
    description="Goes on at once from where it stopped: nothing is left out.",
    operation_id="resumeWebhook",
    response_description="The webhook as it is now.",
    openapi_extra=_MAY_WRITE,
)
def resume_webhook(id: str, session: WriteSession, author: WriterDep) -> Response:
    """Go on."""
    return _answer(service.resume(session, author, id))


def _answer(stored: Stored, status: int = 200, location: str | None = None) -> Response:
    headers = {"ETag": f'"{stored.version}"'} | ({} if location is None else {"Location": location})
    return Response(stored.document, status, headers, media_type="application/json")
