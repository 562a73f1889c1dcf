"""An adoption on the wire."""

from datetime import datetime

from pydantic import Field

from services.api.crud.fields import LongText, MunicipalityCode, Slug
from shared.contract.fields import Rows, SomeRows, Strict


class CellIn(Strict):
    """One number of the plan."""

    municipality: MunicipalityCode = Field(
        description="Municipality that houses them.", examples=["GM0363"]
    )
    group: Slug = Field(description="Target group.", examples=["status_holders"])
    period: Slug = Field(description="Period in which they are housed.", examples=["2027"])


class AdoptionIn(Strict):
    """What to take over of a plan, and why."""

    rows: SomeRows[CellIn] | None = Field(
        default=None,
        description="Only these numbers; all above 0 when left out.",
        examples=[[{"municipality": "GM0363", "group": "status_holders", "period": "2027"}]],
        max_length=10_000,
    )
    reason: LongText = Field(
        description="Why this plan.", examples=["Decided in the regional meeting of 3 March."]
    )


class Links(Strict):
    """Where the rest of this adoption is."""

    self_: str = Field(alias="self", description="Path of this adoption.")
    proposal: str = Field(description="Path of the proposal.")
    commitments: str = Field(description="Path of the commitments that it made.")


class AdoptionOut(Strict):
    """That a proposal was adopted: once, by one member of one organisation."""

    id: str = Field(
        description="Id of the adoption.", examples=["5b0f3c52-7d1d-4d9f-a7a6-8f0a6b4f2b11"]
    )
    proposal: str = Field(
        description="Id of the proposal.", examples=["7d0e5b5e-5b0c-4f3a-9f0a-3f6e8f6f2f51"]
    )
    region: str = Field(description="Region that was planned.", examples=["mra"])
    reason: str = Field(
        description="Why.", examples=["Decided in the regional meeting of 3 March."]
    )
    organisation: str = Field(description="Whose member did.", examples=["regio-amsterdam"])
    adopted_by: str = Field(
        description="Id of the member.", examples=["0e9d4a8e-3c55-4ea4-8c60-6a26bb0a17ec"]
    )
    at: datetime = Field(description="When.", examples=["2027-01-15T10:30:00Z"])
    snapshot_change: int | None = Field(
        description="Version of the registry that the plan was made from: its last change. Null "
        "for a proposal from before versions were kept.",
        examples=[1234],
    )
    rows: Rows[CellIn] | None = Field(description="The chosen numbers; null when it was all.")
    commitments: int = Field(description="Draft commitments that it made.", examples=[42])
    links: Links = Field(description="Where the rest of it is.")
