"""A municipality on the wire."""

from pydantic import Field

from services.api.crud.fields import MunicipalityCode, ShortText
from shared.contract.fields import Day, Strict


class Municipality(Strict):
    """A municipality (gemeente), by the code of Statistics Netherlands (CBS)."""

    code: MunicipalityCode = Field(
        description="Code of CBS; it is the id. A merged municipality has a new one.",
        examples=["GM0363"],
    )
    name: ShortText = Field(description="Name.", examples=["Amsterdam"])
    province: ShortText = Field(
        description="Province in which it lies.", examples=["Noord-Holland"]
    )
    subregion: ShortText | None = Field(
        default=None, description="Part of the region (deelregio).", examples=["Amsterdam"]
    )
    valid_from: Day = Field(
        description="First day on which it exists in this shape.", examples=["2022-03-24"]
    )
    valid_to: Day | None = Field(
        default=None,
        description="Last day on which it exists; absent while no end is known.",
        examples=["2040-12-31"],
    )
