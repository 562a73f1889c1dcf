"""Read requests strictly: size, media types, JSON and query keys, before any noun sees them."""

import asyncio
import hashlib
import re
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Annotated, Any

from fastapi import Depends, Request
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from pydantic import BaseModel
from starlette.requests import ClientDisconnect

from services.api.errors import (
    BodyNotComplete,
    BodyTooLarge,
    BodyTooSlow,
    NotAcceptable,
    UnsupportedMediaType,
)
from services.api.settings import Settings
from shared.faults import Fault, InvalidDocument
from shared.strict_json import read_json

# A client that still sends cannot read the answer; so much more is read and thrown away first.
_DRAINED = 20
_MOST_KEYS = 100
_JSON = re.compile(r"application/json\s*(;\s*charset\s*=\s*\"?utf-8\"?\s*)?", re.IGNORECASE)
_REFUSED = re.compile(r";\s*q\s*=\s*0(\.0*)?\s*(;|$)", re.IGNORECASE)


async def json_body(request: Request) -> Any:
    """Read the body as JSON.

    Raises
    ------
    UnsupportedMediaType, BodyTooLarge, BodyTooSlow, BodyNotComplete
        Before the body is looked at.
    InvalidDocument
        When the body is not strict JSON.
    """
    media_type = request.headers.get("content-type", "")
    if not _JSON.fullmatch(media_type.strip()):
        raise UnsupportedMediaType(media_type)
    raw = await raw_body(request)
    # In a thread: reading millions of bytes takes a moment, and others must not wait for it.
    return await asyncio.to_thread(read_json, raw)


async def raw_body(request: Request) -> bytes:
    """Read the body as it is.

    Raises
    ------
    UnsupportedMediaType, BodyTooLarge, BodyTooSlow, BodyNotComplete
        When it is compressed, or does not come as it should.
    """
    coding = request.headers.get("content-encoding", "identity")
    if coding != "identity":
        media_type = request.headers.get("content-type", "")
        raise UnsupportedMediaType(f"{media_type} ({coding})")
    settings: Settings = request.app.state.settings
    try:
        async with asyncio.timeout(settings.body_timeout_seconds):
            raw = await _limited(request, settings.max_body_bytes)
    except TimeoutError as error:
        raise BodyTooSlow(settings.body_timeout_seconds) from error
    except ClientDisconnect as error:
        raise BodyNotComplete from error
    # What an answer that is kept for a request that is sent twice belongs to.
    request.state.fingerprint = hashlib.sha256(raw).hexdigest()
    return raw


JsonBody = Annotated[Any, Depends(json_body)]


@asynccontextmanager
async def while_waiting(request: Request) -> AsyncIterator[Callable[[], bool]]:
    """Give what tells whether the client still waits for its answer; its body has been read."""
    left = asyncio.create_task(_until_it_leaves(request))
    try:
        yield lambda: not left.done()
    finally:
        left.cancel()


async def _until_it_leaves(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


def describe_body(model: type[BaseModel], example: Any) -> dict[str, Any]:
    """Describe a body for `openapi_extra`, as FastAPI does for bodies that it reads itself."""
    schema = model.model_json_schema(
        by_alias=True, mode="validation", ref_template="#/components/schemas/{model}"
    )
    content = {"schema": schema, "example": example}
    return {"requestBody": {"required": True, "content": {"application/json": content}}}


async def _limited(request: Request, most: int) -> bytes:
    read = 0
    chunks: list[bytes] = []
    async for chunk in request.stream():
        read += len(chunk)
        if read <= most:
            chunks.append(chunk)
        else:
            chunks.clear()
        if read > most * _DRAINED:
            break
    if read > most:
        raise BodyTooLarge(most)
    return b"".join(chunks)


async def accepts_json(request: Request) -> None:
    """Refuse a client that could not read the answer.

    Raises
    ------
    NotAcceptable
        When no media range in `Accept` allows JSON.

    Source: RFC 9110, section 12.5.1.
    """
    accepted = request.headers.get("accept", "*/*")
    offered = {"application/json", "application/problem+json", "application/*", "*/*"}
    for choice in accepted.split(","):
        media_range = choice.partition(";")[0].strip().lower()
        if (media_range in offered or not choice.strip()) and not _REFUSED.search(choice):
            return
    raise NotAcceptable(accepted, "application/json")


async def known_parameters(request: Request) -> None:
    """Refuse query keys that this address does not have, or that are given twice.

    Raises
    ------
    InvalidDocument
        With every such key; its pointer is `?` and the key. Too many keys are one fault.
    """
    given = Counter(key for key, _ in request.query_params.multi_items())
    if not given:
        return
    if given.total() > _MOST_KEYS:
        raise InvalidDocument(
            [Fault("?", "too_many_parameters", f"Give at most {_MOST_KEYS} parameters.")]
        )
    route: APIRoute = request.scope["route"]
    known = _parameters(route.dependant)
    told = ", ".join(sorted(known)) or "none"
    faults = [
        Fault(f"?{key}", "unknown_parameter", f"There is no parameter {key!r}; known are {told}.")
        for key in sorted(given.keys() - known)
    ]
    faults += [
        Fault(f"?{key}", "repeated_parameter", f"The parameter {key!r} is given more than once.")
        for key in sorted(key for key, times in given.items() if times > 1)
    ]
    if faults:
        raise InvalidDocument(faults)


def _parameters(dependant: Dependant) -> set[str]:
    names: set[str] = set()
    for parameter in dependant.query_params:
        model = parameter.field_info.annotation
        if isinstance(model, type) and issubclass(model, BaseModel):
            names.update(field.alias or name for name, field in model.model_fields.items())
        else:
            names.add(parameter.alias)
    return names.union(*(_parameters(inner) for inner in dependant.dependencies))
