"""A trade on the wire."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field, WithJsonSchema

from services.api.crud.fields import HalfYearName, LongText, MunicipalityCode, OwnId
from shared.contract.fields import AtLeastOne, Strict


class State(StrEnum):
    """How far a trade is."""

    OFFERED = "offered"
    AGREED = "agreed"
    WITHDRAWN = "withdrawn"


# JSON has text; strict reading would ask for the enumeration itself.
StateOnTheWire = Annotated[
    State, Field(strict=False), WithJsonSchema({"type": "string", "enum": list(map(str, State))})
]


class Trade(Strict):
    """A municipality takes over a part of the task of another, in one half-year.

    One row says what the one gives and the other takes, so the sum of their tasks stays the same.
    Source: Huisvestingswet 2014, art. 29, second paragraph.
    """

    id: OwnId
    from_municipality: MunicipalityCode = Field(
        description="Municipality that gives a part of its task away.", examples=["GM0363"]
    )
    to_municipality: MunicipalityCode = Field(
        description="Municipality that takes it over.", examples=["GM0394"]
    )
    half_year: HalfYearName = Field(
        description="Half-year of the task: `I` is January to June.", examples=["2027-I"]
    )
    persons: AtLeastOne = Field(description="So many of the task [persons].", examples=[12])
    reason: LongText = Field(
        description="Why.", examples=["Haarlemmermeer has a transit location for both."]
    )
    state: StateOnTheWire = Field(
        default=State.OFFERED,
        description="`offered` until both municipalities have signed; only `agreed` changes tasks.",
        examples=["offered"],
    )
