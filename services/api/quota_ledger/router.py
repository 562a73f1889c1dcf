"""The quota ledger over HTTP."""

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

from services.api.access.admission import CallerDep, right
from services.api.crud.fields import HalfYearName, MunicipalityCode, Slug
from services.api.database import ReadSession
from services.api.half_years import half_year
from services.api.quota_ledger import service
from services.api.quota_ledger.schemas import LedgerLine, LedgerTotals, QuotaLedger
from services.api.quota_ledger.service import Counting, Ledger, Wish
from shared.contract.fields import Day

router = APIRouter(prefix="/quota-ledger", tags=["quota-ledger"])


class LedgerQuery(BaseModel):
    """Which ledger is wanted."""

    model_config = ConfigDict(extra="forbid", alias_generator=to_camel)

    half_year: HalfYearName = Field(description="Half-year, such as 2025-I.")
    region: Slug | None = Field(
        None, description="Only municipalities of this region, and the region as a whole."
    )
    municipality: MunicipalityCode | None = Field(None, description="Only this municipality.")
    on: Day | None = Field(
        None,
        description="Count what was reported up to this day; when absent the last day of the "
        "half-year, or today while it runs.",
    )
    group: Slug = Field("status_holders", description="Target group of the quota.")
    indicator: Slug = Field("population", description="Indicator that counts inhabitants.")


@router.get(
    "",
    summary="Read the quota ledger of a half-year",
    description="Task, trades, realised, backlog and surplus, with and without earlier "
    "half-years, and the expected pace, in persons. You see the lines of your own municipalities; "
    "with `region` also the sums of a region that you take part in. What is unknown is null, "
    "never 0. 409 when the national number is not known.",
    operation_id="getQuotaLedger",
    responses={409: {"description": "There is no national number of this half-year."}},
    response_description="The ledger.",
    openapi_extra=right("reports:read"),
)
def get_quota_ledger(
    session: ReadSession, caller: CallerDep, query: Annotated[LedgerQuery, Query()]
) -> QuotaLedger:
    """Draw up the ledger."""
    during = half_year(query.half_year)
    today = datetime.now(UTC).date()
    wish = Wish(
        half_year=during,
        day=query.on or min(today, during.last_day),
        region=query.region,
        municipality=query.municipality,
        counting=Counting(query.group, query.indicator),
    )
    return _translated(service.ledger(session, caller.reach, wish), wish)


def _translated(found: Ledger, wish: Wish) -> QuotaLedger:
    total = found.total
    totals = None
    if wish.region is not None and found.region is not None:
        totals = LedgerTotals.of(wish.region, found.region)
    return QuotaLedger(
        half_year=total.half_year,
        on=wish.day,
        months_passed=found.months,
        group=wish.counting.group,
        indicator=wish.counting.indicator,
        national_total=total.persons,
        national_inhabitants=total.national_inhabitants,
        reference_date=total.inhabitants_date,
        multiplier=None if found.multiplier is None else float(found.multiplier),
        multiplier_by_text=None if found.by_text is None else float(found.by_text),
        lines=tuple(LedgerLine.of(account) for account in found.accounts),
        totals=totals,
    )
