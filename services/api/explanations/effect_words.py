"""What a change does to the objectives, in words: `waiting, -2.0` becomes less waiting."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from services.api.language import Language, written
from services.api.proposals.rules import Wording

_SMALL_STEPS = frozenset(
    {"shopping.max", "shopping.sum", "municipalFairness", "groupFairness", "suitability"}
)
_MOST_DECIMALS = 9
_UNITS: Mapping[str, Wording] = {
    "C1": Wording("Eén woning meer", "One home more"),
    "C3": Wording(
        "Eén huishouden meer dat dan een woning zoekt", "One household more in need by then"
    ),
    "C4": Wording("Eén plek begeleiding meer", "One support place more"),
    "C5": Wording("Eén huishouden meer onder het plafond", "One household more under the ceiling"),
    "C6": Wording("Eén huishouden meer vastgezet", "One household more fixed"),
    "C7": Wording("Eén huishouden meer afgesproken", "One household more agreed"),
    "C8": Wording(
        "Eén huishouden meer dat hier mag wonen", "One household more that may live here"
    ),
    "C9": Wording("Eén huishouden meer toegelaten", "One household more admitted"),
}
# Per objective what is said when the number falls and when it rises.
_TEXTS: Mapping[Language, Mapping[str, tuple[str, str]]] = {
    "nl": {
        "commitments": (
            "{n} huishoudens minder tekort op afspraken",
            "{n} huishoudens meer tekort op afspraken",
        ),
        "waiting": (
            "{n} huishouden-perioden minder wachten (voorrang {tier})",
            "{n} huishouden-perioden meer wachten (voorrang {tier})",
        ),
        "shopping.max": (
            "het grootste voordeel van elders aankloppen daalt met {n}",
            "het grootste voordeel van elders aankloppen stijgt met {n}",
        ),
        "shopping.sum": (
            "het voordeel van elders aankloppen daalt in totaal met {n}",
            "het voordeel van elders aankloppen stijgt in totaal met {n}",
        ),
        "municipalFairness": (
            "het niveau van {cell} daalt met {n}",
            "het niveau van {cell} stijgt met {n}",
        ),
        "suitability": ("de geschiktheid daalt met {n}", "de geschiktheid stijgt met {n}"),
        "extraCapacity": (
            "{n} extra woningen minder nodig",
            "{n} extra woningen meer nodig",
        ),
        "distance": ("{n} huishouden-kilometers minder", "{n} huishouden-kilometers meer"),
        "stability": (
            "{n} huishoudens minder die anders zijn dan in het vorige plan",
            "{n} huishoudens meer die anders zijn dan in het vorige plan",
        ),
    },
    "en": {
        "commitments": (
            "{n} households less short of agreements",
            "{n} households more short of agreements",
        ),
        "waiting": (
            "{n} household-periods less waiting (priority {tier})",
            "{n} household-periods more waiting (priority {tier})",
        ),
        "shopping.max": (
            "the largest gain from asking elsewhere falls by {n}",
            "the largest gain from asking elsewhere rises by {n}",
        ),
        "shopping.sum": (
            "the gain from asking elsewhere falls by {n} in all",
            "the gain from asking elsewhere rises by {n} in all",
        ),
        "municipalFairness": (
            "the level of {cell} falls by {n}",
            "the level of {cell} rises by {n}",
        ),
        "suitability": ("suitability falls by {n}", "suitability rises by {n}"),
        "extraCapacity": ("{n} fewer extra homes needed", "{n} more extra homes needed"),
        "distance": ("{n} household-kilometres less", "{n} household-kilometres more"),
        "stability": (
            "{n} fewer households that differ from the earlier plan",
            "{n} more households that differ from the earlier plan",
        ),
    },
}
_NOWHERE = Wording("", "")
_NO_EFFECT = Wording("geen enkel doel verandert merkbaar", "no objective changes noticeably")
_NOTICED = 0.00005
"""Smaller changes are told in numbers only."""


@dataclass(frozen=True)
class Effect:
    """How much an objective changes; of fairness, the level of this cell by its two names."""

    objective: str
    tier: int | None
    value: float
    cell: Wording = _NOWHERE


def marginal_in_words(tag: str, effects: Sequence[Effect]) -> Wording:
    """Say what one unit more of a rule does."""
    unit = _UNITS[tag]
    said = effects_in_words([effect for effect in effects if abs(effect.value) >= _NOTICED])
    return Wording(nl=f"{unit.nl}: {said.nl}.", en=f"{unit.en}: {said.en}.")


def effects_in_words(effects: Sequence[Effect]) -> Wording:
    """Say how objectives change, one after the other."""
    if not effects:
        return _NO_EFFECT
    return Wording(
        nl="; ".join(_said("nl", effect, effect.cell.nl) for effect in effects),
        en="; ".join(_said("en", effect, effect.cell.en) for effect in effects),
    )


def _said(lang: Language, effect: Effect, cell: str) -> str:
    subject = effect.objective.replace("groupFairness", "municipalFairness")
    falls, rises = _TEXTS[lang][subject]
    number = written(lang, abs(effect.value), _decimals(effect))
    return (falls if effect.value < 0 else rises).format(n=number, tier=effect.tier, cell=cell)


def _decimals(effect: Effect) -> int:
    """Enough decimals to see the first digit of a small number."""
    least = 3 if effect.objective in _SMALL_STEPS else 1
    if effect.value == 0:
        return least
    return max(least, min(_MOST_DECIMALS, -math.floor(math.log10(abs(effect.value)))))
