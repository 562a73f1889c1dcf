"""A capacity on the wire."""

from pydantic import Field

from services.api.crud.fields import CountedFigure, MunicipalityCode, OwnId, ShortText, Slug
from shared.contract.fields import Count, SomeRows


class Capacity(CountedFigure):
    """A lot: homes of one form that come free in one municipality and period [homes]."""

    id: OwnId
    municipality: MunicipalityCode = Field(
        description="Municipality in which the homes are.", examples=["GM0363"]
    )
    district: ShortText | None = Field(
        default=None, description="District in which the homes are.", examples=["Noord"]
    )
    form: Slug = Field(description="Housing form.", examples=["social_rent"])
    period: Slug = Field(description="Period in which they come free.", examples=["2027"])
    potential: Count = Field(
        description="Homes possible with extra effort, at least `likely` [homes].", examples=[150]
    )
    groups: SomeRows[Slug] | None = Field(
        default=None,
        description="Target groups that these homes are for; absent: every group that the "
        "housing form fits.",
        examples=[["status_holders"]],
        max_length=100,
    )
