"""A need on the wire."""

from pydantic import Field

from services.api.crud.fields import CountedFigure, HouseholdSize, MunicipalityCode, OwnId, Slug
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
    persons_per_household: HouseholdSize | None = Field(
        default=None,
        description="By which persons are converted to households: `likely` = `persons` / "
        "`personsPerHousehold`, rounded up. With `likely` null it is filled in. Leave it out when "
        "both numbers are published as they are [persons per household, such as 2.2].",
    )
