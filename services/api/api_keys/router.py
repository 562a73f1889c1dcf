"""API keys over HTTP."""

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from services.api.access.admission import WriterDep, forgets_actors, right
from services.api.answers_once.route import StoredAnswers, keep_instead
from services.api.api_keys.issuing import api_keys, make
from services.api.api_keys.issuing import revoke as end
from services.api.api_keys.schemas import ApiKey, ApiKeyIn, NewApiKey
from services.api.crud.reading_addresses import add_reading
from services.api.database import WriteSession
from services.api.documents import read_document
from services.api.requests import JsonBody, describe_body
from services.api.settings import Settings

_EXAMPLE = {
    "member": "4f4f6f0e-0c0e-4a4e-8a52-6f1f5c2b9d11",
    "label": "Link with the housing system",
    "expiresAt": "2099-11-24T09:00:00Z",
}
_MAY_WRITE = right("api-keys:write")

router = APIRouter(
    prefix="/api-keys",
    tags=["api-keys"],
    route_class=StoredAnswers,
    dependencies=[Depends(forgets_actors, scope="function")],
)
add_reading(router, api_keys)


@router.post(
    "",
    status_code=201,
    response_model=NewApiKey,
    summary="Make one key",
    description="The key is in this answer and nowhere else: only a hash of it is kept. When this "
    "request is repeated with the same Idempotency-Key, `key` is null in the answer.",
    operation_id="createApiKey",
    response_description="The key, shown once; `Location` is the address of what is known of it.",
    openapi_extra={**_MAY_WRITE, **describe_body(ApiKeyIn, _EXAMPLE)},
)
def create_key(
    request: Request, body: JsonBody, session: WriteSession, author: WriterDep
) -> Response:
    """Make a key."""
    settings: Settings = request.app.state.settings
    wanted = read_document(ApiKeyIn, body)
    made, row, version = make(session, author, settings.key_secret.get_secret_value(), wanted)
    shown = NewApiKey(**row.model_dump(by_alias=False), key=made.key)
    # What is kept to answer a repeated request must not hold the key.
    keep_instead(request, shown.model_copy(update={"key": None}).model_dump_json().encode())
    return Response(
        shown.model_dump_json(),
        201,
        {"Location": f"{request.url.path}/{row.id}", "ETag": f'"{version}"'},
        media_type="application/json",
    )


@router.post(
    "/{id}/revocation",
    response_model=ApiKey,
    summary="Revoke one key",
    description="Ends a key for good. Another process of the API may admit it for a few seconds "
    "more. A key that was revoked before stays as it is.",
    operation_id="revokeApiKey",
    response_description="What is known of the key.",
    openapi_extra=_MAY_WRITE,
)
def revoke_key(id: str, session: WriteSession, author: WriterDep) -> Response:
    """Revoke a key."""
    stored = end(session, author, id)
    return Response(
        stored.document, headers={"ETag": f'"{stored.version}"'}, media_type="application/json"
    )
