"""Allocation keys over HTTP, and the shares that follow from one."""

from datetime import date
from typing import Annotated, Any

from fastapi import Query
from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

from services.api.access.admission import right
from services.api.allocation_keys.schemas import KeyShares, MunicipalShare
from services.api.allocation_keys.service import allocation_keys, shares
from services.api.crud.errors import NotFound
from services.api.crud.fields import Slug
from services.api.crud.router import registry_router
from services.api.database import ReadSession
from services.api.regions.service import regions
from shared.contract.fields import Day
from shared.faults import Fault, InvalidDocument

router = registry_router(allocation_keys)


class SharesQuery(BaseModel):
    """Which shares are wanted."""

    model_config = ConfigDict(extra="forbid", alias_generator=to_camel)

    region: Slug = Field(description="Region whose municipalities share the whole.")
    on: Day | None = Field(
        None, description="Use values that describe this day or earlier; the newest when absent."
    )


@router.get(
    "/{id}/shares",
    response_model=KeyShares,
    summary="Compute the shares under an allocation key",
    description="Exact shares of all municipalities of a region. An indicator value that is "
    "missing is an error, never a zero.",
    operation_id="getAllocationKeyShares",
    openapi_extra=right("common:read"),
    response_description="The shares.",
)
def get_shares(id: str, query: Annotated[SharesQuery, Query()], session: ReadSession) -> Any:
    """Give the shares of a key in a region."""
    key = allocation_keys.find(session, id)
    try:
        region = regions.find(session, query.region)
    except NotFound as error:
        raise InvalidDocument([Fault("?region", "unknown_id", str(error))]) from error
    on: date | None = query.on
    found = shares(session, key, region.municipalities, on)
    return KeyShares(
        key=key.id,
        region=region.id,
        shares=tuple(
            MunicipalShare(
                municipality=code,
                numerator=str(share.numerator),
                denominator=str(share.denominator),
                share=float(share),
            )
            for code, share in found.items()
        ),
    )
