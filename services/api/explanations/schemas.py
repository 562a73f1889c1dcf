"""Wire format of explanations (camelCase JSON)."""

from collections.abc import Sequence

from pydantic import Field

from services.api.explanations.book import Book, Worth
from services.api.explanations.effect_words import Effect, marginal_in_words
from services.api.explanations.level_words import level_in_words
from services.api.explanations.rule_words import rule_in_words
from services.api.proposals.rules import Wording
from shared.contract.fields import Count, Strict
from shared.contract.result import Explanation, StageMarginal

_FAIRNESS = {True: "municipalFairness", False: "groupFairness"}


class InWords(Strict):
    """A sentence in the two languages of the product."""

    nl: str = Field(description="In Dutch.", examples=["Amsterdam heeft geen woningen meer."])
    en: str = Field(description="In English.", examples=["Amsterdam has no homes left."])

    @classmethod
    def of(cls, wording: Wording) -> "InWords":
        """Translate a wording."""
        return cls(nl=wording.nl, en=wording.en)


class RuleOut(Strict):
    """A rule of the question: its tag in the model, its id, and what it says."""

    tag: str = Field(description="Tag of the rule in the model.", examples=["C1"])
    id: str = Field(description="Row of the problem that the rule is.", examples=["GM0363-2027"])
    words: InWords = Field(description="What the rule asks.")

    @classmethod
    def of(cls, book: Book, tag: str, id_: str) -> "RuleOut":
        """Say what a rule asks."""
        return cls(tag=tag, id=id_, words=InWords.of(rule_in_words(book, tag, id_)))


class ChangeOut(Strict):
    """What one unit more of a rule does to an objective."""

    objective: str = Field(description="Objective that changes.", examples=["waiting"])
    tier: int | None = Field(description="Tier of the groups, where it has one.", examples=[1])
    value: float = Field(
        description="Change of its best value [its own unit]; below zero is less, such as less "
        "waiting.",
        examples=[-2.0],
    )


class PricedRuleOut(RuleOut):
    """A rule, and what one unit more of it would be worth.

    One unit is a home, a support place, or a household that is allowed, fixed, agreed or admitted.
    One unit less is worth the opposite, unless the optimum has a kink just here.
    """

    level: float | None = Field(
        description="What one unit more does to this level; null for a rule that binds in the "
        "plan without having stopped the level.",
        examples=[0.003],
    )
    marginals: tuple[ChangeOut, ...] = Field(
        description="What one unit more does to the objectives, in the planner's order."
    )
    worth: InWords | None = Field(
        description="The same in words; null where one unit more was not found to change anything."
    )


class CellOut(Strict):
    """A municipality with a group, or with all of them."""

    municipality: str = Field(description="Code of the municipality.", examples=["GM0363"])
    group: str | None = Field(description="Target group; null for all together.")


class ExplanationOut(Strict):
    """Why one municipality got its number, over all periods of the proposal."""

    municipality: str = Field(description="Code of the municipality.", examples=["GM0363"])
    name: str = Field(description="Its name.", examples=["Amsterdam"])
    group: str | None = Field(
        description="Target group; null for the total of the municipality.",
        examples=["status_holders"],
    )
    share: float | None = Field(
        description="Its part of the group by the allocation key; null for the total.",
        examples=[0.25],
    )
    fair_share: float = Field(description="The same in households.", examples=[412.5])
    target: float = Field(
        description="What the best plan without whole households gives it [households].",
        examples=[400.7],
    )
    proposed: Count = Field(description="What the plan gives it [households].", examples=[401])
    level: float | None = Field(
        description="Part of the fair share at which it stopped rising; for the total, groups "
        "weighed by their burden. Null where nothing is compared.",
        examples=[0.97],
    )
    words: InWords = Field(description="Where it stopped, in words.")
    stopped_by: tuple[PricedRuleOut, ...] = Field(
        description="Rules that kept the level from rising, the strongest first, at most 40. "
        "Empty where only an objective that comes first keeps it there."
    )
    together_with: tuple[CellOut, ...] = Field(
        description="Others, at most as high, that would have to give what this one gains; at "
        "most 10."
    )
    rules: tuple[PricedRuleOut, ...] = Field(
        description="Rules that stop one household more in the plan of whole households; empty "
        "for the total."
    )

    @classmethod
    def of(cls, book: Book, worth: Worth, row: Explanation) -> "ExplanationOut":
        """Translate an explanation."""
        stops = {(stop.tag, stop.id): stop.value for stop in row.stopped_by}
        return cls(
            municipality=row.municipality,
            name=book.municipalities[row.municipality],
            group=row.group,
            share=row.share,
            fair_share=row.fair_share,
            target=row.target,
            proposed=row.proposed,
            level=row.level,
            words=InWords.of(level_in_words(book, row)),
            stopped_by=tuple(
                _priced(book, row, rule, worth.get(rule, ()), level)
                for rule, level in stops.items()
            ),
            together_with=tuple(
                CellOut(municipality=cell.municipality, group=cell.group)
                for cell in row.together_with
            ),
            rules=tuple(
                _priced(book, row, rule, worth.get(rule, ()), stops.get(rule))
                for rule in ((binding.tag, binding.id) for binding in row.rules)
            ),
        )


class ExplanationPage(Strict):
    """One page of explanations."""

    items: tuple[ExplanationOut, ...] = Field(
        description="By municipality, its groups first and then its total."
    )
    total: int = Field(description="Explanations in the whole list.", examples=[360])


def _priced(
    book: Book,
    row: Explanation,
    rule: tuple[str, str],
    marginals: Sequence[StageMarginal],
    level: float | None,
) -> PricedRuleOut:
    tag, id_ = rule
    effects = [Effect(m.objective, m.tier, m.value) for m in marginals]
    if level is not None:
        cell = Wording(
            nl=book.cell("nl", row.municipality, row.group),
            en=book.cell("en", row.municipality, row.group),
        )
        effects.append(Effect(_FAIRNESS[row.group is None], None, level, cell))
    return PricedRuleOut(
        **RuleOut.of(book, tag, id_).model_dump(),
        level=level,
        marginals=tuple(
            ChangeOut(objective=m.objective, tier=m.tier, value=m.value) for m in marginals
        ),
        worth=InWords.of(marginal_in_words(tag, effects)) if effects else None,
    )
