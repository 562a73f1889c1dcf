"""A target group on the wire."""

from typing import Literal

from pydantic import Field

from services.api.crud.fields import (
    LongText,
    PositiveNumber,
    Quantity,
    ShortText,
    Slug,
    Sourced,
)
from shared.contract.fields import AtLeastOne, Count, Day, Strict


class SupportUse(Strict):
    """Support of one type that a household of the group needs."""

    slots: Count = Field(description="Slots that one household uses [slots].", examples=[1])
    periods: AtLeastOne = Field(
        description="For how many plan periods, from the one it moves in.", examples=[2]
    )


class TargetGroup(Sourced):
    """A target group (aandachtsgroep). Its rules are dated data, with their legal basis."""

    id: Slug = Field(description="Id of the group.", examples=["status_holders"])
    name_nl: ShortText = Field(description="Name in Dutch.", examples=["Statushouders"])
    name_en: ShortText = Field(description="Name in English.", examples=["Status holders"])
    tier: AtLeastOne = Field(description="Priority; tier 1 is housed before tier 2.", examples=[1])
    burden: PositiveNumber = Field(
        description="What one household weighs in a municipality's fair share.", examples=[1.5]
    )
    spread: Literal["region", "near", "home", "sites"] = Field(
        description="Where a household may live: anywhere in the `region`, `near` the "
        "responsible municipality, at `home` in it, or only on `sites` meant for the group.",
        examples=["region"],
    )
    max_km: Quantity | None = Field(
        default=None,
        description="For spread `near`: how far at most [km].",
    )
    size: dict[Slug, Quantity] = Field(
        default_factory=dict,
        description="Units that one household takes, per housing form; 1 where not given.",
        examples=[{"social_rent": 1}],
        max_length=100,
    )
    support: dict[Slug, SupportUse] = Field(
        default_factory=dict,
        description="Support that one household needs, per type of support.",
        examples=[{"ambulatory": {"slots": 1, "periods": 2}}],
        max_length=100,
    )
    category: Literal["statutory", "regional", "local"] = Field(
        description="Who made it a target group: the law, the region or a municipality.",
        examples=["statutory"],
    )
    legal_basis: LongText = Field(
        description="Act and article, or the agreement, that the group rests on.",
        examples=["Huisvestingswet 2014, art. 28-30"],
    )
    legal_status: Literal["in_force", "expected", "scenario", "unverified", "none"] = Field(
        description="Standing of the legal basis.", examples=["in_force"]
    )
    valid_from: Day | None = Field(
        default=None, description="First day of the rule.", examples=["2014-11-01"]
    )
    valid_to: Day | None = Field(
        default=None, description="Last day of the rule, when known.", examples=["2040-12-31"]
    )
