"""A region on the wire."""

from pydantic import Field

from services.api.crud.fields import (
    LongText,
    MunicipalityCode,
    Origin,
    Quality,
    Quantity,
    ShortText,
    Slug,
)
from shared.contract.fields import Count, Day, SomeRows, Strict


class Region(Strict):
    """Municipalities that plan together."""

    id: Slug = Field(description="Id of the region.", examples=["mra"])
    name: ShortText = Field(description="Name.", examples=["Metropoolregio Amsterdam"])
    municipalities: SomeRows[MunicipalityCode] = Field(
        description="Codes of the municipalities in the region; order means nothing.",
        examples=[["GM0363", "GM0394"]],
        max_length=500,
    )
    reach_km: Quantity | None = Field(
        default=None,
        description="Distance within which a household could turn to another municipality "
        "[km]; without it, chances of municipalities are not compared.",
        examples=[30],
    )
    min_need: Count = Field(
        default=5,
        description="Below this need, the chance of a home says nothing and is not compared "
        "[households].",
        examples=[5],
    )
    source: Origin | None = Field(
        default=None, description="Who chose `reachKm` and `minNeed`.", examples=["Working group"]
    )
    reference_date: Day | None = Field(
        default=None,
        description="The day of that choice.",
        examples=["2026-01-01"],
        # The Dutch API Design Rules look for the format beside the name, not inside `anyOf`.
        json_schema_extra={"format": "date"},
    )
    quality: Quality | None = Field(
        default=None, description="How firm those two numbers are.", examples=["illustrative"]
    )
    note: LongText | None = Field(
        default=None, description="Remark on those two numbers.", examples=["As the crow flies."]
    )
