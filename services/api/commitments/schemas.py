"""A commitment on the wire, and what is said about it."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field, WithJsonSchema

from services.api.commitments.moves import State
from services.api.crud.fields import LongText, MunicipalityCode, OwnId, Slug, Sourced, Uuid
from shared.contract.fields import Count, Rows, SomeRows, Strict

# JSON has text; strict reading would ask for the enumeration itself.
StateOnTheWire = Annotated[
    State, Field(strict=False), WithJsonSchema({"type": "string", "enum": list(map(str, State))})
]
Part = Literal["host", "responsible", "corporation", "care_provider"]
_STATE = (
    "`draft` until it is offered, `offered` until all parties have signed. In force when `agreed` "
    "or `amended`; then it ends as `fulfilled`, `withdrawn` or `expired`."
)


class Party(Strict):
    """An organisation that has to sign."""

    organisation: Slug = Field(description="Its id.", examples=["gemeente-amsterdam"])
    part: Part = Field(
        description="What it does: the municipality that houses (`host`), another that is "
        "responsible for them (`responsible`), a housing corporation or a care provider.",
        examples=["host"],
    )


class Commitment(Sourced):
    """At least so many households of these groups, over these periods together."""

    id: OwnId
    municipality: MunicipalityCode = Field(
        description="Municipality that houses them.", examples=["GM0363"]
    )
    groups: SomeRows[Slug] = Field(
        description="Target groups that count, together.",
        examples=[["status_holders"]],
        max_length=100,
    )
    periods: SomeRows[Slug] = Field(
        description="Periods that count, together.", examples=[["2027"]], max_length=100
    )
    low: Count | None = Field(
        default=None, description="Lowest plausible value [households].", examples=[70]
    )
    households: Count = Field(description="At least so many [households].", examples=[80])
    high: Count | None = Field(
        default=None, description="Highest plausible value [households].", examples=[90]
    )
    basis: LongText = Field(
        description="The agreement or statute.", examples=["Regional agreement of 2026, art. 3"]
    )
    state: StateOnTheWire = Field(
        default=State.DRAFT,
        description=f"{_STATE} A new one is a draft; who may record what was signed elsewhere may "
        "begin with another state. It changes by moves, not by PUT.",
        examples=["draft"],
    )
    parties: Rows[Party] = Field(
        default=(),
        description="Who has to sign; to be offered, the host must be one of them.",
        max_length=20,
    )
    proposal: Uuid | None = Field(
        default=None, description="Proposal that it was adopted from, if any."
    )
    round: int = Field(
        default=0,
        ge=0,
        le=1_000_000,
        description="Which text is in force: 0 is the first, 1 and more are amendments.",
        examples=[0],
    )


class Nothing(Strict):
    """An empty object: everything that this needs is in the address."""


class Reasoned(Strict):
    """Why."""

    reason: LongText = Field(description="Why.", examples=["The homes are not built."])


class PerhapsReasoned(Strict):
    """Why, where it is not plain."""

    reason: LongText | None = Field(
        default=None,
        description="Why it is fulfilled while fewer are realised, or while nothing is reported.",
        examples=["The last two households were housed in Diemen."],
    )


class AmendmentIn(Strict):
    """Another number, to be signed by all parties."""

    low: Count | None = Field(
        default=None, description="Lowest plausible value [households].", examples=[50]
    )
    households: Count = Field(description="At least so many [households].", examples=[60])
    high: Count | None = Field(
        default=None, description="Highest plausible value [households].", examples=[70]
    )
    basis: LongText = Field(
        description="The agreement or statute.", examples=["Amendment of 2027, art. 1"]
    )
    reason: LongText = Field(description="Why.", examples=["The homes are a year late."])


class Amendment(AmendmentIn):
    """An amendment: the number that is in force stays until all parties have signed this one."""

    id: OwnId
    commitment: Uuid = Field(
        description="Commitment that it amends.",
        examples=["4f4f6f0e-0c0e-4a4e-8a52-6f1f5c2b9d11"],
    )
    round: int = Field(description="Round of signatures, from 1 on.", examples=[1])
    state: Literal["offered", "agreed", "withdrawn"] = Field(
        description="`offered` until all have signed or it is taken back.", examples=["offered"]
    )


class Amendments(Strict):
    """The amendments of a commitment."""

    items: tuple[Amendment, ...] = Field(description="In the order of their rounds.")
    total: int = Field(description="How many there are.", examples=[1])


class Signature(Strict):
    """That an organisation agrees with one text."""

    round: int = Field(description="Round that it is in; 0 is the first text.", examples=[0])
    organisation: str = Field(description="Who signed.", examples=["gemeente-amsterdam"])
    member: str = Field(
        description="Id of its member that did.",
        examples=["0e9d4a8e-3c55-4ea4-8c60-6a26bb0a17ec"],
    )
    at: datetime = Field(description="When.", examples=["2027-01-15T10:30:00Z"])
    document_hash: str = Field(
        description="SHA-256 of the text that was signed, as JSON in hexadecimal digits.",
        examples=["9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"],
    )


class Signatures(Strict):
    """The signatures under a commitment and its amendments, and whom it waits for."""

    items: tuple[Signature, ...] = Field(description="By round and organisation.")
    total: int = Field(description="How many there are.", examples=[1])
    missing: tuple[str, ...] = Field(
        description="Organisations that have not signed the round that is open.",
        examples=[["corporatie-ymere"]],
    )


class PeriodProgress(Strict):
    """What was realised in one period of the commitment."""

    period: str = Field(description="The period.", examples=["2027"])
    households: int | None = Field(
        description="Realised in it [households]; null when it is not known.", examples=[20]
    )
    persons: int | None = Field(
        description="Realised in it [persons]; null when it is not known.", examples=[35]
    )


class Progress(Strict):
    """How far a commitment is, by the realisations that name it."""

    committed: int = Field(description="At least so many [households].", examples=[80])
    realised: int | None = Field(
        description="Realised so far [households]; null when it is not known.", examples=[20]
    )
    persons: int | None = Field(
        description="Realised so far [persons]; null when it is not known.", examples=[35]
    )
    reports: int = Field(description="How many realisations name it.", examples=[2])
    without_households: int = Field(
        description="How many of those do not tell the households; then `realised` is not known.",
        examples=[0],
    )
    per_period: tuple[PeriodProgress, ...] = Field(
        description="The same per period of the commitment, by the last day of each report."
    )
    share: float | None = Field(
        description="Realised as a part of what was committed; null when that is unknown or 0.",
        examples=[0.25],
    )
