"""A realisation on the wire."""

from pydantic import Field

from services.api.crud.fields import MunicipalityCode, OwnId, Slug, Sourced, Uuid
from shared.contract.fields import Day, Figure


class Realisation(Sourced):
    """Households of a group that were housed in a stretch of time, inside one half-year.

    Three municipalities are kept apart. They are the same one, unless another one hosts (a transit
    location, a regional facility) or another one counts them for its task.
    """

    id: OwnId
    start: Day = Field(description="First day of the report.", examples=["2025-01-01"])
    end: Day = Field(
        description="Last day of the report, in the same half-year.", examples=["2025-03-31"]
    )
    group: Slug = Field(description="Target group.", examples=["status_holders"])
    responsible: MunicipalityCode = Field(
        description="Municipality that was responsible for housing them.", examples=["GM0363"]
    )
    host: MunicipalityCode = Field(
        description="Municipality in which they were housed; it reports.", examples=["GM0363"]
    )
    credited: MunicipalityCode = Field(
        description="Municipality for whose task or share they count.", examples=["GM0363"]
    )
    households: Figure | None = Field(
        default=None,
        description="Housed [households]; absent is unknown, which is not 0.",
        examples=[40],
    )
    persons: Figure | None = Field(
        default=None,
        description="Housed [persons]; the quota counts these. Absent is unknown, which is not 0.",
        examples=[70],
    )
    commitment: Uuid | None = Field(
        default=None, description="Commitment that this fulfils a part of, if any."
    )
