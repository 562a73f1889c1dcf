"""A quota total on the wire."""

from pydantic import Field

from services.api.crud.fields import HalfYearName, PositiveNumber, Sourced
from shared.contract.fields import AtLeastOne, Day, Figure


class QuotaTotal(Sourced):
    """The national number of status holders to house in a half-year, and how it is shared out."""

    half_year: HalfYearName = Field(
        description="Half-year: I from January to June, II from July to December.",
        examples=["2025-I"],
    )
    persons: Figure | None = Field(
        default=None,
        description="National number [persons]; absent while it is not known.",
        examples=[15000],
    )
    national_inhabitants: AtLeastOne = Field(
        description="Inhabitants of the whole country on `inhabitantsDate` [persons].",
        examples=[17942942],
    )
    inhabitants_date: Day = Field(
        description="Day on which inhabitants are counted, of the country and of every "
        "municipality; by statute 1 January of the year before.",
        examples=["2024-01-01"],
    )
    multiplier: PositiveNumber | None = Field(
        default=None,
        description="Published number of persons per inhabitant by which tasks are computed. "
        "Absent: the national number divided by the inhabitants of the country. By a published "
        "multiplier, tasks can add up to the national number although each is rounded up.",
        examples=[0.000826],
    )
