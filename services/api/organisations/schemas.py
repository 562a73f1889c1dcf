"""An organisation on the wire."""

from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from services.api.access.actor import Kind
from services.api.crud.fields import MunicipalityCode, ShortText, Slug
from shared.contract.fields import Day, Rows, Strict

# Changes that nobody of an organisation made are written down under this name.
_TAKEN = "system"


def _kind(value: object) -> object:
    # JSON has texts, and strict mode would refuse one for a member of an enumeration.
    return Kind(value) if isinstance(value, str) and value in set(Kind) else value


def _free(name: str) -> str:
    if name == _TAKEN:
        raise PydanticCustomError("taken", "This id is what the program itself acts under")
    return name


class Organisation(Strict):
    """An organisation that takes part, with the municipalities that are its own."""

    id: Annotated[Slug, AfterValidator(_free)] = Field(
        description="Id of the organisation.", examples=["gemeente-amsterdam"]
    )
    name: ShortText = Field(description="Name.", examples=["Gemeente Amsterdam"])
    oin: Annotated[str, StringConstraints(pattern=r"^[0-9]{20}$")] | None = Field(
        default=None,
        description="Organisation identification number (OIN): 20 digits.",
        examples=["00000099000000000001"],
    )
    kind: Annotated[Kind, BeforeValidator(_kind)] = Field(
        description="What sort of organisation it is.", examples=["municipality"]
    )
    municipalities: Rows[MunicipalityCode] = Field(
        default=(),
        description="Codes of the municipalities that are its own. A municipality has exactly its "
        "own code; a region has none here, because those of `region` are its own; a province, a "
        "national body or an auditor without any has the whole country; a corporation and a care "
        "provider have none.",
        examples=[["GM0363"]],
        max_length=500,
    )
    region: Slug | None = Field(
        default=None,
        description="Region of which it is the organisation; for the kind `region` only.",
    )
    valid_from: Day | None = Field(
        default=None,
        description="First day on which it takes part.",
        examples=["2026-01-01"],
    )
    valid_to: Day | None = Field(
        default=None,
        description="Last day on which it takes part; its keys end with it.",
        examples=["2040-12-31"],
    )
