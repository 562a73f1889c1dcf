"""Wire format of repairs (camelCase JSON)."""

from pydantic import Field

from services.api.explanations.book import Book
from services.api.explanations.schemas import InWords, RuleOut
from services.api.repairs.looked import Looked
from services.api.repairs.repair_words import (
    change_in_words,
    outcome_in_words,
    repair_in_words,
)
from shared.contract.fields import Strict
from shared.contract.repairs import Change, Family, Repair, RepairAnswer, StageValue, Unit


class FigureOut(Strict):
    """One figure, and what it becomes."""

    tag: str = Field(description="Tag of the rule in the model.", examples=["C6"])
    id: str = Field(description="Row of the problem that changes.", examples=["pin-1"])
    from_: float = Field(
        alias="from",
        description="What it is: households of a pin, commitment or ceiling, potential of a lot, "
        "slots of a support row, or an access rate.",
        examples=[40],
    )
    to: float = Field(description="What it becomes.", examples=[25])
    words: InWords = Field(description="The same in words.")

    @classmethod
    def of(cls, book: Book, change: Change) -> "FigureOut":
        """Translate a change."""
        return cls(
            tag=change.tag,
            id=change.id,
            from_=float(change.from_),
            to=float(change.to),
            words=InWords.of(change_in_words(book, change)),
        )


class StageValueOut(Strict):
    """What a plan makes of one objective."""

    objective: str = Field(description="The objective.", examples=["waiting"])
    tier: int | None = Field(description="Tier of the groups, where it has one.", examples=[1])
    value: float | None = Field(
        description="Its value [its own unit]; for a fair division the lowest level.",
        examples=[41.0],
    )

    @classmethod
    def of(cls, stage: StageValue) -> "StageValueOut":
        """Translate a value."""
        return cls(objective=stage.objective, tier=stage.tier, value=stage.value)


class RepairOut(Strict):
    """The smallest change of one family of rules with which all others hold."""

    family: Family = Field(description="What is changed.", examples=["pins"])
    total: int = Field(description="How much changes in all [`unit`].", examples=[15])
    unit: Unit = Field(description="What is counted.", examples=["households"])
    words: InWords = Field(description="The same in words.")
    changes: tuple[FigureOut, ...] = Field(description="The figures that change.")
    stages: tuple[StageValueOut, ...] = Field(
        description="What the plan is then worth, in the planner's order; none where time ran out."
    )

    @classmethod
    def of(cls, book: Book, repair: Repair) -> "RepairOut":
        """Translate a repair."""
        return cls(
            family=repair.family,
            total=repair.total,
            unit=repair.unit,
            words=InWords.of(repair_in_words(repair)),
            changes=tuple(FigureOut.of(book, change) for change in repair.changes),
            stages=tuple(StageValueOut.of(stage) for stage in repair.stages),
        )


class RepairsOut(Strict):
    """What cannot be, and what would help."""

    plan: bool = Field(description="Whether there is a plan; then this is about commitments.")
    words: InWords = Field(description="The outcome in words.")
    conflict: tuple[RuleOut, ...] = Field(
        description="Rules that cannot hold together; without any one of them the others can."
    )
    repairs: tuple[RepairOut, ...] = Field(
        description="The smallest change per family of rules, for families that can repair it "
        "alone."
    )
    stages: tuple[StageValueOut, ...] = Field(
        description="What the plan without any repair is worth, to compare with; none without a "
        "plan or a conflict."
    )

    @classmethod
    def of(cls, looked: Looked, answer: RepairAnswer) -> "RepairsOut":
        """Translate an answer."""
        outcome = outcome_in_words(plan=looked.plan, clash=bool(answer.conflict))
        return cls(
            plan=looked.plan,
            words=InWords.of(outcome),
            conflict=tuple(RuleOut.of(looked.book, rule.tag, rule.id) for rule in answer.conflict),
            repairs=tuple(RepairOut.of(looked.book, repair) for repair in answer.repairs),
            stages=tuple(StageValueOut.of(stage) for stage in answer.stages),
        )
