"""An allocation key on the wire, and the shares that follow from it."""

from pydantic import Field

from services.api.crud.fields import (
    MunicipalityCode,
    ShortText,
    Slug,
    Sourced,
    Weight,
)
from shared.contract.fields import SomeRows, Strict


class KeyWeight(Strict):
    """How much one indicator weighs in a key."""

    indicator: Slug = Field(description="Which indicator.", examples=["population"])
    weight: Weight = Field(
        description="Its weight against the other indicators; a number, or a decimal in text.",
        examples=[1],
    )


class AllocationKey(Sourced):
    """How groups are shared out over municipalities. A choice of the planners, never a default."""

    id: Slug = Field(description="Id of the key.", examples=["by_population"])
    name: ShortText = Field(description="Name.", examples=["By population"])
    weights: SomeRows[KeyWeight] = Field(
        description="Indicators and their weights; at least one is more than zero.",
        examples=[[{"indicator": "population", "weight": 1}]],
        max_length=100,
    )
    groups: SomeRows[Slug] = Field(
        description="Target groups that are shared out by this key.",
        examples=[["status_holders"]],
        max_length=100,
    )


class MunicipalShare(Strict):
    """A municipality's exact share, and the same as a decimal."""

    municipality: MunicipalityCode = Field(
        description="Code of the municipality.", examples=["GM0363"]
    )
    numerator: str = Field(
        description="Numerator of the exact share, in lowest terms, as text: it may be longer "
        "than numbers in JSON can be.",
        examples=["1"],
        pattern="^[0-9]+$",
    )
    denominator: str = Field(
        description="Denominator of the exact share.", examples=["3"], pattern="^[1-9][0-9]*$"
    )
    share: float = Field(
        description="The share, rounded to the nearest double.",
        examples=[0.3333333333333333],
        ge=0,
        le=1,
    )


class KeyShares(Strict):
    """The shares of a region's municipalities under one key; they sum to exactly 1."""

    key: Slug = Field(description="Allocation key.", examples=["by_population"])
    region: Slug = Field(description="Region.", examples=["mra"])
    shares: tuple[MunicipalShare, ...] = Field(
        description="One share per municipality, ordered by code."
    )
