"""A support capacity on the wire."""

from pydantic import Field

from services.api.crud.fields import CountedFigure, MunicipalityCode, OwnId, Slug
from shared.contract.fields import SomeRows


class SupportCapacity(CountedFigure):
    """Support that the listed municipalities have together in a period [slots]."""

    id: OwnId
    municipalities: SomeRows[MunicipalityCode] = Field(
        description="Municipalities that share the slots; order means nothing.",
        examples=[["GM0363"]],
        max_length=500,
    )
    type: Slug = Field(
        description="Type of support, as target groups name it.", examples=["ambulatory"]
    )
    period: Slug = Field(description="Plan period.", examples=["2027"])
