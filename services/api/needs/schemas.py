"""A need on the wire."""

from pydantic import Field

from services.api.crud.fields import CountedFigure, MunicipalityCode, OwnId, Slug
from shared.contract.fields import Count


class Need(CountedFigure):
    """Households of a group that need a home from this period on [households]."""

    id: OwnId
    municipality: MunicipalityCode = Field(
        description="Municipality that is responsible: where the need is registered, or that "
        "carries the statutory quota.",
        examples=["GM0363"],
    )
    group: Slug = Field(description="Target group.", examples=["status_holders"])
    period: Slug = Field(
        description="Period in which they start to wait; those who wait already are in the first.",
        examples=["2027"],
    )
    persons: Count | None = Field(
        default=None,
        description="How many persons they are, where known; a quota counts persons [persons].",
        examples=[220],
    )
