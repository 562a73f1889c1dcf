"""The table per municipality on the wire."""

from pydantic import Field

from services.api.proposals.rules import Limit, Standing
from shared.contract.fields import Strict


class LimitOut(Strict):
    """A rule that limits a municipality."""

    tag: str = Field(description="Tag of the rule in the model.", examples=["C1"])
    ids: tuple[str, ...] = Field(
        description="Rows of the problem that the rule is about.", examples=[["GM0363-2027"]]
    )
    nl: str = Field(description="The rule in Dutch.", examples=["woningen op"])
    en: str = Field(description="The rule in English.", examples=["no homes left"])
    held_back: int = Field(
        description="What the groups that it limits lack of their fair share; a household that "
        "two rules hold back counts for both [households].",
        examples=[12],
    )

    @classmethod
    def of(cls, limit: Limit) -> "LimitOut":
        """Translate a limit."""
        return cls(
            tag=limit.tag,
            ids=limit.ids,
            nl=limit.wording.nl,
            en=limit.wording.en,
            held_back=limit.held_back,
        )


class StandingOut(Strict):
    """How one municipality stands, over all periods of the proposal."""

    municipality: str = Field(description="Code of the municipality.", examples=["GM0363"])
    name: str = Field(description="Its name.", examples=["Amsterdam"])
    fair_share: float = Field(
        description="Its part of the groups that are shared out over the region, by the "
        "allocation keys [households].",
        examples=[412.5],
    )
    committed: int = Field(
        description="Promised in commitments, for any group [households].", examples=[380]
    )
    shortfall: int = Field(
        description="What the plan lacks of those promises [households].", examples=[0]
    )
    proposed: int = Field(
        description="What the plan gives it, of the groups that are shared out [households].",
        examples=[401],
    )
    proposed_other: int = Field(
        description="What the plan gives it of groups with a place of their own, at home or on "
        "sites [households].",
        examples=[55],
    )
    limits: tuple[LimitOut, ...] = Field(
        description="The rules that leave it no room, those that hold back most first."
    )
    extra_homes_needed: int = Field(
        description="Homes it lacks to house its whole fair share, one per household [homes].",
        examples=[12],
    )

    @classmethod
    def of(cls, standing: Standing) -> "StandingOut":
        """Translate a line of the table."""
        return cls(
            municipality=standing.municipality,
            name=standing.name,
            fair_share=float(standing.fair_share),
            committed=standing.committed,
            shortfall=standing.shortfall,
            proposed=standing.proposed,
            proposed_other=standing.proposed_other,
            limits=tuple(LimitOut.of(limit) for limit in standing.limits),
            extra_homes_needed=standing.extra_homes_needed,
        )


class StandingsOut(Strict):
    """The table per municipality."""

    items: tuple[StandingOut, ...] = Field(description="One line per municipality, by code.")
    total: int = Field(description="How many municipalities there are.", examples=[30])
