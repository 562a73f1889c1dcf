"""A ceiling on the wire."""

from pydantic import Field

from services.api.crud.fields import MunicipalityCode, OwnId, ShortText, Slug, Sourced
from shared.contract.fields import Count, SomeRows


class Ceiling(Sourced):
    """At most so many households of these groups, over these periods together."""

    id: OwnId
    municipality: MunicipalityCode = Field(
        description="Municipality that houses them.", examples=["GM0363"]
    )
    district: ShortText | None = Field(
        default=None,
        description="District that the ceiling is about; absent: the whole municipality.",
        examples=["Noord"],
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
        default=None, description="Lowest plausible value [households].", examples=[280]
    )
    households: Count = Field(description="At most so many [households].", examples=[300])
    high: Count | None = Field(
        default=None, description="Highest plausible value [households].", examples=[320]
    )
