"""Wire format of proposals (camelCase JSON)."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter
from sqlalchemy import RowMapping

from services.api.crud.fields import LongText, MunicipalityCode, ShortText, Slug, Uuid
from services.api.proposals.choice import Asked, Choice, ChosenPin, ChosenStage
from services.api.proposals.progress_words import progress_in_words
from services.api.proposals.rules import State
from shared.contract.fields import Count, NonNegative, Rows, SomeRows, Strict
from shared.contract.problem import Objective

LONGEST_TIME_LIMIT = 3600
TimeLimit = Annotated[float, Field(ge=1, le=LONGEST_TIME_LIMIT, allow_inf_nan=False)]


UnknownFigures = Literal["refuse", "leaveOut"]


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
    unknown_figures: UnknownFigures = Field(
        default="refuse",
        description="What to do when a figure within the choice is unknown: `refuse` the question "
        "with every such figure, or `leaveOut`. What is left out is listed in the proposal: a need "
        "or a lot then counts for nothing, and a support capacity limits nothing.",
        examples=["refuse"],
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
            choice=Choice(
                self.region,
                self.periods,
                self.groups,
                stages,
                pins,
                leave_out_unknown=self.unknown_figures == "leaveOut",
            ),
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


class SnapshotOut(Strict):
    """What the registry said when the question was frozen."""

    change: Count = Field(
        description="The last change that the question can hold; 0 when there was none.",
        examples=[1525],
    )
    at: datetime = Field(
        description="When it was frozen: `asOf` reads the figures as they were.",
        examples=["2026-11-24T09:30:00Z"],
    )


class FiguresChanged(Strict):
    """What has changed since among the figures and rules that the question was made from."""

    count: Count = Field(description="How many changes there were.", examples=[2])
    latest_at: datetime | None = Field(
        description="When the last one was made; null when there was none.",
        examples=["2026-11-24T10:05:00Z"],
    )
    nouns: tuple[str, ...] = Field(
        description="Collections in which there were any.", examples=[["needs"]]
    )


class LeftOut(Strict):
    """An unknown figure that the question does without."""

    noun: str = Field(description="Collection of the figure.", examples=["needs"])
    municipalities: tuple[str, ...] = Field(
        description="Whose figure it is.", examples=[["GM0363"]]
    )
    what: str = Field(
        description="Target group, housing form or type of support.", examples=["status_holders"]
    )
    period: str = Field(description="Period of the figure.", examples=["2027"])


_LEFT_OUT = TypeAdapter(tuple[LeftOut, ...])


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
    asked_by: str | None = Field(
        description="Member that asked for it; null for one from before members were kept.",
        examples=["0f8c1c7e-8a43-4c67-9b1c-6d8f0c5a7e21"],
    )
    snapshot: SnapshotOut | None = Field(
        description="What it was made from; null for one from before versions were kept."
    )
    figures_changed: FiguresChanged | None = Field(
        description="What has changed since; null in lists, and when there is no snapshot."
    )
    left_out: tuple[LeftOut, ...] = Field(
        description="Unknown figures that it does without; see `unknownFigures`."
    )
    links: Links = Field(description="Where the rest of it is.")

    @classmethod
    def of(cls, row: RowMapping, path: str, changed: FiguresChanged | None = None) -> "ProposalOut":
        """Translate a row; `path` is where proposals live."""
        snapshot = None
        if row["snapshot_at"] is not None:
            snapshot = SnapshotOut(change=row["snapshot_change"], at=row["snapshot_at"])
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
            asked_by=row["asked_by"],
            snapshot=snapshot,
            figures_changed=changed,
            left_out=_LEFT_OUT.validate_json(row["left_out"] or "[]"),
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


class ProposalPage(Strict):
    """One page of proposals."""

    items: tuple[ProposalOut, ...] = Field(description="The proposals, newest first.")
    total: int = Field(description="Proposals in the whole list.", examples=[1])
