"""A quota balance on the wire."""

from typing import Annotated

from pydantic import Field

from services.api.crud.fields import HalfYearName, MunicipalityCode, OwnId, Sourced
from shared.contract.fields import MOST


class QuotaBalance(Sourced):
    """What a municipality was ahead or behind, earlier half-years together, at the start."""

    id: OwnId
    municipality: MunicipalityCode = Field(
        description="Code of the municipality.", examples=["GM0363"]
    )
    half_year: HalfYearName = Field(
        description="Half-year that began with this balance.", examples=["2025-I"]
    )
    persons: Annotated[int, Field(ge=-MOST, le=MOST)] = Field(
        description="Balance when it began [persons]: below zero is behind, above zero is ahead.",
        examples=[-276],
    )
