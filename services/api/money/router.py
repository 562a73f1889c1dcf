"""The money of a region over HTTP."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

from services.api.access.admission import CallerDep, right
from services.api.crud.fields import Slug
from services.api.database import ReadSession
from services.api.money import service
from services.api.money.schemas import MoneyRow, MoneyTable, MoneyTotals
from services.api.money.service import Wish
from shared.contract.fields import Day

router = APIRouter(prefix="/money", tags=["money"])


class MoneyQuery(BaseModel):
    """Which table is wanted."""

    model_config = ConfigDict(extra="forbid", alias_generator=to_camel)

    region: Slug = Field(description="Region.")
    allocation_key: Slug | None = Field(
        None, description="Key of an equal burden; without it nothing is settled."
    )
    from_: Day | None = Field(
        None, alias="from", description="Count lines that begin on this day or later."
    )
    to: Day | None = Field(None, description="Count lines that begin on this day or earlier.")
    unknown_figures: Literal["keep", "leaveOut"] = Field(
        "keep",
        description="`keep`: a sum is unknown while one part of it is. `leaveOut`: "
        "municipalities of which something is unknown are left out of sums and equal burden, and "
        "so are the others when fewer than three of those that you may not see are known.",
    )


@router.get(
    "",
    summary="Read the money of a region",
    description="Per municipality what it spends, what it receives, and what an equal burden by "
    "a key would settle, in whole euro cents. You see the rows of your own municipalities and the "
    "sums of a region that you take part in. A line counts as a whole in the stretch of time that "
    "it begins in, so stretches that follow each other add up. 409 when the shares of the key "
    "cannot be computed.",
    operation_id="getMoney",
    responses={409: {"description": "The shares of the key cannot be computed."}},
    response_description="The table.",
    openapi_extra=right("reports:read"),
)
def get_money(
    session: ReadSession, caller: CallerDep, query: Annotated[MoneyQuery, Query()]
) -> MoneyTable:
    """Draw up the table."""
    wish = Wish(
        region=query.region,
        allocation_key=query.allocation_key,
        first=query.from_,
        last=query.to,
        leave_out=query.unknown_figures == "leaveOut",
    )
    found = service.money_table(session, caller.reach, wish)
    settlements = found.settlements
    return MoneyTable(
        region=query.region,
        allocation_key=query.allocation_key,
        from_=query.from_,
        to=query.to,
        rows=tuple(MoneyRow.of(row, settlements.get(row.municipality)) for row in found.own),
        totals=MoneyTotals.of(found.counted, found.municipalities, settlements),
    )
