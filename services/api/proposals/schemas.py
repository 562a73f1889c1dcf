"""Wire format of proposals (camelCase JSON)."""

from datetime import datetime
from typing import Annotated

from pydantic import Field
from sqlalchemy import RowMapping

from services.api.crud.fields import LongText, MunicipalityCode, ShortText, Slug, Uuid
from services.api.proposals.choice import Asked, Choice, ChosenPin, ChosenStage
from services.api.proposals.progress_words import progress_in_words
from services.api.proposals.rules import Limit, Standing, State
from shared.contract.fields import Count, NonNegative, Rows, SomeRows, Strict
from shared.contract.problem import Objective

LONGEST_TIME_LIMIT = 3600
TimeLimit = Annotated[float, Field(ge=1, le=LONGEST_TIME_LIMIT, allow_inf_nan=False)]


class StageIn(Strict):
    """One objective in the planner's order."""

    objective: Objective = Field(
        description="What is made as good as it can be. `stability` needs `previous`. "
        "`suitability` changes nothing: the registry holds no figures about it yet.",
        examples=["waiting"],
    )
    slack: NonNegative = Field(
        default=0.0,
        description="How much of its value later objectives may give up [its own unit].",
        examples=[0],
    )


class PinIn(Strict):
    """Exactly so many households: a planner's decision."""

    municipality: MunicipalityCode = Field(
        description="Municipality that houses them.", examples=["GM0363"]
    )
    group: Slug = Field(description="Target group.", examples=["status_holders"])
    period: Slug = Field(description="Period in which they are housed.", examples=["2027"])
    households: Count = Field(description="Exactly so many [households].", examples=[10])
    reason: LongText = Field(
        description="Why the planner decides this.", examples=["Agreed at the regional meeting."]
    )


class ProposalIn(Strict):
    """What to plan."""

    name: ShortText | None = Field(
        default=None, description="Name for people.", examples=["First round"]
    )
    region: Slug = Field(description="Region to plan.", examples=["mra"])
    periods: SomeRows[Slug] | None = Field(
        default=None,
        description="Periods to plan; all of the registry when left out.",
        examples=[["2027", "2028"]],
        max_length=100,
    )
    groups: SomeRows[Slug] | None = Field(
        default=None,
        description="Target groups to plan; all that are in force in these periods when left out.",
        examples=[["status_holders"]],
        max_length=100,
    )
    stages: SomeRows[StageIn] | None = Field(
        default=None,
        description="Objectives in order of importance; the standard nine when left out.",
        examples=[[{"objective": "commitments"}, {"objective": "waiting"}]],
        max_length=20,
    )
    pins: Rows[PinIn] = Field(
        default=(),
        description="Numbers that the planner has decided already.",
        max_length=10_000,
    )
    previous: Uuid | None = Field(
        default=None,
        description="Id of an earlier proposal of this region, which is ready: the objective "
        "`stability` stays near to its plan. Without it, that objective changes nothing.",
        examples=["7d0e5b5e-5b0c-4f3a-9f0a-3f6e8f6f2f51"],
    )
    time_limit_seconds: TimeLimit | None = Field(
        default=None,
        description="How long it may be computed [s]; then the best plan so far is given.",
        examples=[60],
    )

    def asked(self, default_time_limit: float) -> Asked:
        """Give the use case what it needs."""
        stages = None
        if self.stages is not None:
            stages = tuple(ChosenStage(s.objective, s.slack) for s in self.stages)
        pins = tuple(
            ChosenPin(p.municipality, p.group, p.period, p.households, p.reason) for p in self.pins
        )
        return Asked(
            choice=Choice(self.region, self.periods, self.groups, stages, pins),
            name=self.name,
            time_limit_seconds=self.time_limit_seconds or default_time_limit,
            request=self.model_dump(mode="json", by_alias=True, exclude_none=True),
            previous=self.previous,
        )


class Progress(Strict):
    """How far the allocator is."""

    stage: str = Field(description="Objective that it works on.", examples=["waiting"])
    tier: int | None = Field(description="Tier of the groups, where it has one.", examples=[1])
    level: int | None = Field(description="Step of a fair division.", examples=[3])
    most_levels: int | None = Field(
        description="There are no more steps than this.", examples=[210]
    )
    best: float | None = Field(
        description="Best value of this objective so far [its own unit].", examples=[0.43]
    )
    elapsed_seconds: float | None = Field(description="Time since it began [s].", examples=[2.5])
    nl: str = Field(
        description="The same in Dutch.",
        examples=["eerlijk over gemeenten, stap 3 van hoogstens 210"],
    )
    en: str = Field(
        description="The same in English.",
        examples=["fair to municipalities, step 3 of at most 210"],
    )

    @classmethod
    def of(cls, row: RowMapping) -> "Progress | None":
        """Translate a row; None when nothing was told yet."""
        if row["stage"] is None:
            return None
        names = ("stage", "tier", "level", "most_levels", "best")
        facts = {name: row[name] for name in names}
        words = progress_in_words(**facts)
        return cls(**facts, elapsed_seconds=row["elapsed_seconds"], nl=words.nl, en=words.en)


class Links(Strict):
    """Where the rest of this proposal is."""

    self_: str = Field(alias="self", description="Path of this proposal.")
    problem: str = Field(description="Path of the frozen question.")
    result: str = Field(description="Path of the answer.")
    municipalities: str = Field(description="Path of the table per municipality.")
    explanations: str = Field(description="Path of why each municipality got its number.")
    alternatives: str = Field(description="Path to POST a what-if question to.")
    repairs: str = Field(description="Path of what cannot be, and what would help.")
    cancellation: str = Field(description="Path to POST to, to cancel it.")


class ProposalOut(Strict):
    """The state of a proposal."""

    id: str = Field(
        description="Id of the proposal.", examples=["7d0e5b5e-5b0c-4f3a-9f0a-3f6e8f6f2f51"]
    )
    name: str | None = Field(description="Name for people.", examples=["First round"])
    region: str = Field(description="Region that is planned.", examples=["mra"])
    state: State = Field(
        description="`queued` and `running` lead to one of the others, once: `ready` with a plan, "
        "`infeasible` with the rules that contradict each other, `failed` or `cancelled`.",
        examples=["ready"],
    )
    attempt: int = Field(description="How often a worker has taken it up.", examples=[1])
    progress: Progress | None = Field(description="How far it is, or was when it ended.")
    reason: str | None = Field(description="Why it failed; null when it did not.")
    problem_hash: str = Field(
        description="Hash of the frozen question: equal questions have equal hashes."
    )
    time_limit_seconds: float = Field(description="How long it may be computed [s].", examples=[60])
    created_at: datetime = Field(description="When it was asked for.")
    started_at: datetime | None = Field(description="When a worker first took it up.")
    ended_at: datetime | None = Field(description="When it ended.")
    links: Links = Field(description="Where the rest of it is.")

    @classmethod
    def of(cls, row: RowMapping, path: str) -> "ProposalOut":
        """Translate a row; `path` is where proposals live."""
        here = f"{path}/{row['id']}"
        return cls(
            id=row["id"],
            name=row["name"],
            region=row["region"],
            state=State(row["state"]),
            attempt=row["attempt"],
            progress=Progress.of(row),
            reason=row["reason"],
            problem_hash=row["problem_hash"],
            time_limit_seconds=row["time_limit_seconds"],
            created_at=row["created_at"],
            started_at=row["started_at"],
            ended_at=row["ended_at"],
            links=Links(
                self_=here,
                problem=f"{here}/problem",
                result=f"{here}/result",
                municipalities=f"{here}/municipalities",
                explanations=f"{here}/explanations",
                alternatives=f"{here}/alternatives",
                repairs=f"{here}/repairs",
                cancellation=f"{here}/cancellation",
            ),
        )


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


class ProposalPage(Strict):
    """One page of proposals."""

    items: tuple[ProposalOut, ...] = Field(description="The proposals, newest first.")
    total: int = Field(description="Proposals in the whole list.", examples=[1])
