"""Wire format of what-if questions (camelCase JSON)."""

from collections.abc import Sequence
from typing import Any

from pydantic import Field

from services.api.alternatives import comparing
from services.api.alternatives.alternative_words import impossible_in_words, possible_in_words
from services.api.alternatives.comparing import Asked, Difference, Forced, StageChange
from services.api.crud.fields import MunicipalityCode, Slug
from services.api.explanations.schemas import InWords, RuleOut
from shared.contract.fields import Figure, Strict
from shared.contract.result import Result


class AlternativeIn(Strict):
    """A number that somebody would like to see instead."""

    municipality: MunicipalityCode = Field(
        description="Municipality that would house them.", examples=["GM0363"]
    )
    group: Slug | None = Field(
        default=None,
        description="Target group; all groups together when left out.",
        examples=["status_holders"],
    )
    period: Slug | None = Field(
        default=None,
        description="Period; all periods together when left out.",
        examples=["2027"],
    )
    households: Figure = Field(description="Exactly so many [households].", examples=[35])

    def forced(self) -> Forced:
        """Give the use case what it needs."""
        return Forced(self.municipality, self.group, self.period, self.households)


class StageChangeOut(Strict):
    """One objective, as it is and as it would be."""

    objective: str = Field(description="The objective.", examples=["waiting"])
    tier: int | None = Field(description="Tier of the groups, where it has one.", examples=[1])
    before: float | None = Field(
        description="Best value it can have now, also with parts of households [its own unit]. Of "
        "a fair division: the lowest level that differs.",
        examples=[41.0],
    )
    after: float | None = Field(description="The same with the forced number.", examples=[43.0])
    plan_before: float | None = Field(
        description="Value of the plan in whole households.", examples=[41.0]
    )
    plan_after: float | None = Field(
        description="The same with the forced number.", examples=[43.0]
    )
    worse_by: float = Field(
        description="How much worse its best value becomes; 0 where it does not. Once one "
        "objective is worse, those that come later may become better.",
        examples=[2.0],
    )

    @classmethod
    def of(cls, change: StageChange) -> "StageChangeOut":
        """Translate a comparison."""
        return cls(
            objective=change.objective,
            tier=change.tier,
            before=change.before,
            after=change.after,
            plan_before=change.plan_before,
            plan_after=change.plan_after,
            worse_by=change.worse_by,
        )


class DifferenceOut(Strict):
    """Households of a group at a municipality, as it is and as it would be."""

    municipality: str = Field(description="Code of the municipality.", examples=["GM0394"])
    name: str = Field(description="Its name.", examples=["Haarlemmermeer"])
    group: str = Field(description="Target group.", examples=["status_holders"])
    before: int = Field(description="In the proposal [households].", examples=[40])
    after: int = Field(description="With the forced number [households].", examples=[42])
    difference: int = Field(
        description="Above zero it takes, below zero it gives [households].", examples=[2]
    )


class AlternativeOut(Strict):
    """What a forced number would do."""

    municipality: str = Field(description="Code of the municipality.", examples=["GM0363"])
    name: str = Field(description="Its name.", examples=["Amsterdam"])
    group: str | None = Field(description="Target group; null for all.")
    period: str | None = Field(description="Period; null for all.")
    proposed: int = Field(description="What the proposal gives it [households].", examples=[37])
    households: int = Field(description="The forced number [households].", examples=[35])
    possible: bool = Field(description="Whether a plan with that number keeps every rule.")
    proven: bool = Field(
        description="Whether the new plan is the best one with that number; if not, time ran out."
    )
    words: InWords = Field(description="The answer in one or two sentences.")
    worsened: StageChangeOut | None = Field(
        description="The first objective, in the planner's order, that becomes worse."
    )
    stages: tuple[StageChangeOut, ...] = Field(
        description="All objectives in the planner's order; none when it is not possible."
    )
    differences: tuple[DifferenceOut, ...] = Field(
        description="Who takes and who gives, the largest differences first."
    )
    waiting: tuple[DifferenceOut, ...] = Field(
        description="Households waiting at the end of the last period, by responsible "
        "municipality, where this changes."
    )
    rules: tuple[RuleOut, ...] = Field(
        description="The rules that break first. With the forced number: those that then stop one "
        "household more there. When it is not possible: those that cannot hold together with it."
    )
    nearest: int | None = Field(
        description="When it is not possible: the nearest number that is, where it is known "
        "[households]."
    )

    @classmethod
    def of(cls, asked: Asked, result: Result) -> "AlternativeOut":
        """Compare the answer with the proposal."""
        if result.status == "infeasible":
            return cls._impossible(asked, result)
        problem, before = asked.book.problem, asked.proposed
        changes = comparing.stage_changes(before, result)
        worsened = comparing.first_worse(changes)
        return cls(
            **_asked(asked),
            possible=True,
            proven=result.status == "optimal",
            words=InWords.of(possible_in_words(asked, worsened)),
            worsened=None if worsened is None else StageChangeOut.of(worsened),
            stages=tuple(StageChangeOut.of(change) for change in changes),
            differences=_differences(asked, comparing.hosting_differences(problem, before, result)),
            waiting=_differences(asked, comparing.waiting_differences(problem, before, result)),
            rules=_rules(asked, comparing.binding_there(result, asked.forced)),
            nearest=None,
        )

    @classmethod
    def _impossible(cls, asked: Asked, result: Result) -> "AlternativeOut":
        nearest = comparing.nearest_possible(result)
        return cls(
            **_asked(asked),
            possible=False,
            proven=True,
            words=InWords.of(impossible_in_words(asked, nearest)),
            worsened=None,
            stages=(),
            differences=(),
            waiting=(),
            rules=_rules(asked, [(rule.tag, rule.id) for rule in result.conflict]),
            nearest=nearest,
        )


def _asked(asked: Asked) -> dict[str, Any]:
    forced = asked.forced
    return {
        "municipality": forced.municipality,
        "name": asked.book.municipalities[forced.municipality],
        "group": forced.group,
        "period": forced.period,
        "proposed": comparing.number_before(asked),
        "households": forced.households,
    }


def _rules(asked: Asked, rules: Sequence[tuple[str, str]]) -> tuple[RuleOut, ...]:
    return tuple(RuleOut.of(asked.book, tag, id_) for tag, id_ in rules)


def _differences(asked: Asked, differences: Sequence[Difference]) -> tuple[DifferenceOut, ...]:
    return tuple(
        DifferenceOut(
            municipality=row.municipality,
            name=asked.book.municipalities[row.municipality],
            group=row.group,
            before=row.before,
            after=row.after,
            difference=row.after - row.before,
        )
        for row in differences
    )
