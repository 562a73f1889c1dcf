"""The caller over HTTP."""

from fastapi import APIRouter
from pydantic import Field

from services.api.access.actor import Kind, Role
from services.api.access.admission import CallerDep, right
from shared.contract.fields import Strict

router = APIRouter(prefix="/me", tags=["me"])


class Me(Strict):
    """Who you are here, and what is your own."""

    member: str = Field(
        description="Member that you act as.", examples=["4f4f6f0e-0c0e-4a4e-8a52-6f1f5c2b9d11"]
    )
    organisation: str = Field(
        description="Organisation that you act for.", examples=["gemeente-amsterdam"]
    )
    kind: Kind = Field(description="What sort of organisation it is.", examples=["municipality"])
    roles: tuple[Role, ...] = Field(
        description="Your roles; they add up.", examples=[["municipalEditor"]]
    )
    municipalities: tuple[str, ...] | None = Field(
        description="Municipalities that are your own; null when all are.", examples=[["GM0363"]]
    )
    may_change: bool = Field(
        description="Whether you may change anything at all; a token may be for reading only.",
        examples=[True],
    )


@router.get(
    "",
    summary="Tell who I am",
    description="Tells as whom a key or token is admitted, with which roles, and whose figures "
    "are your own.",
    operation_id="getMe",
    response_description="Who you are here.",
    openapi_extra=right("me:read"),
)
def get_me(caller: CallerDep) -> Me:
    """Answer who asks."""
    actor = caller.actor
    return Me(
        member=actor.member,
        organisation=actor.organisation,
        kind=Kind(actor.kind),
        roles=tuple(sorted(actor.roles)),
        municipalities=None if actor.reach.everywhere else tuple(sorted(actor.reach.codes)),
        may_change=actor.may_change,
    )
