"""A commitment on the wire."""

from pydantic import Field

from services.api.crud.fields import LongText, MunicipalityCode, OwnId, Slug, Sourced
from shared.contract.fields import Count, SomeRows


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
