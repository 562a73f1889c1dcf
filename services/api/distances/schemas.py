"""A distance on the wire."""

from pydantic import Field

from services.api.crud.fields import MunicipalityCode, OwnId, Quantity, Sourced


class Distance(Sourced):
    """Kilometres between two municipalities; the lower code comes back as `from`."""

    id: OwnId
    from_: MunicipalityCode = Field(
        alias="from", description="Code of the one municipality.", examples=["GM0363"]
    )
    to: MunicipalityCode = Field(description="Code of the other municipality.", examples=["GM0394"])
    low: Quantity | None = Field(
        default=None, description="Lowest plausible value [km].", examples=[14.5]
    )
    km: Quantity = Field(description="Distance [km].", examples=[15.2])
    high: Quantity | None = Field(
        default=None, description="Highest plausible value [km].", examples=[16]
    )
