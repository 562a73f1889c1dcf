"""Addresses about the service itself: what it is, whether it runs, whether it can work."""

from typing import Literal

from fastapi import APIRouter, Request
from pydantic import Field
from sqlalchemy.exc import OperationalError, ProgrammingError

from services.api.access.admission import PUBLIC
from services.api.errors import NotReady
from services.api.headers import API_VERSION
from services.api.migrate import is_migrated
from services.api.production import shows_docs
from services.api.settings import Settings
from shared.contract.fields import Strict

router = APIRouter(tags=["service"])


class About(Strict):
    """What this API is and where its documentation is."""

    name: str = Field(description="Name of the API.", examples=["Evenwicht"])
    version: str = Field(description="Version of the API.", examples=[API_VERSION])
    documentation: str | None = Field(
        description="Path of the reference; null where that page is closed.", examples=["/v1/docs"]
    )
    openapi_document: str = Field(
        description="Path of the OpenAPI document.", examples=["/v1/openapi.json"]
    )


class Health(Strict):
    """The service is well."""

    status: Literal["ok"] = Field(description="Always `ok`; otherwise the answer is an error.")


@router.get(
    "/",
    summary="Tell what this API is",
    description="A first address to try: the name and version, and where the documentation is.",
    operation_id="getAbout",
    openapi_extra=PUBLIC,
    response_description="Name, version and documentation.",
)
def get_about(request: Request) -> About:
    """Tell what this API is."""
    settings: Settings = request.app.state.settings
    return About(
        name="Evenwicht",
        version=API_VERSION,
        documentation="/v1/docs" if shows_docs(settings) else None,
        openapi_document="/v1/openapi.json",
    )


@router.get(
    "/health",
    summary="Tell whether the service runs",
    description="Looks at nothing else: a restart helps only when this fails.",
    operation_id="getHealth",
    openapi_extra=PUBLIC,
    response_description="It runs.",
)
async def get_health() -> Health:
    """Tell that the process answers, also when all its threads are at work."""
    return Health(status="ok")


@router.get(
    "/health/ready",
    summary="Tell whether the service can do its work",
    description="The database can be reached and has the newest layout.",
    operation_id="getReadiness",
    openapi_extra=PUBLIC,
    response_description="It can do its work.",
    responses={503: {"description": "The database is away or has an older layout."}},
)
def get_readiness(request: Request) -> Health:
    """Tell whether the database can be used."""
    try:
        ready = is_migrated(request.app.state.engine)
    except (OperationalError, ProgrammingError) as error:
        raise NotReady("The database cannot be reached.") from error
    if not ready:
        raise NotReady("The database has another layout than this program: run evenwicht migrate.")
    return Health(status="ok")
