"""A money line on the wire."""

from typing import Annotated, Literal

from pydantic import Field

from services.api.crud.fields import MunicipalityCode, OwnId, ShortText, Sourced, Uuid
from shared.contract.fields import Day

# Ten billion euros: above any budget of a municipality, and thousands of lines still add up to a
# number that every JSON reader sees exactly.
MOST_CENTS = 1_000_000_000_000
Cents = Annotated[int, Field(ge=0, le=MOST_CENTS)]


class MoneyLine(Sourced):
    """An amount that a municipality spends on housing and support, or receives for it."""

    id: OwnId
    municipality: MunicipalityCode = Field(
        description="Municipality that pays or receives.", examples=["GM0363"]
    )
    commitment: Uuid | None = Field(
        default=None, description="Commitment that the money belongs to, if any."
    )
    kind: Literal["cost", "funding"] = Field(
        description="`cost` is what the municipality spends, `funding` what it receives.",
        examples=["funding"],
    )
    fund: ShortText = Field(
        description="Fund, budget or scheme that the money comes from or is spent on.",
        examples=["Grant for homes for priority groups"],
    )
    cents: Cents = Field(
        description="Amount in whole cents [euro cents]; 0 says that there is none, no line says "
        "that it is unknown.",
        examples=[780000],
    )
    start: Day = Field(description="First day that the amount is for.", examples=["2027-01-01"])
    end: Day = Field(description="Last day that the amount is for.", examples=["2027-12-31"])
