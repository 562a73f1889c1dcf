"""An access rate on the wire."""

from pydantic import Field

from services.api.crud.fields import MunicipalityCode, OwnId, Rate, Slug, Sourced


class AccessRate(Sourced):
    """The part of a group's need that a municipality's own rules admit; 1 where no row says so."""

    id: OwnId
    municipality: MunicipalityCode = Field(
        description="Municipality whose rules they are.", examples=["GM0363"]
    )
    group: Slug = Field(description="Target group.", examples=["status_holders"])
    low: Rate | None = Field(default=None, description="Lowest plausible value.", examples=[0.7])
    rate: Rate = Field(description="Admitted part of the need, 0 to 1.", examples=[0.75])
    high: Rate | None = Field(default=None, description="Highest plausible value.", examples=[0.8])
