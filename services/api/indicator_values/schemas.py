"""An indicator value on the wire."""

from pydantic import Field

from services.api.crud.fields import MeasuredFigure, MunicipalityCode, OwnId, Slug


class IndicatorValue(MeasuredFigure):
    """What an indicator is in a municipality on its reference date."""

    id: OwnId
    indicator: Slug = Field(description="Which indicator.", examples=["population"])
    municipality: MunicipalityCode = Field(
        description="Code of the municipality.", examples=["GM0363"]
    )
