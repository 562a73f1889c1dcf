"""How far the allocator is, in a few words."""

from collections.abc import Mapping

from services.api.language import Language, written
from services.api.proposals.rules import Wording

_STAGES: Mapping[Language, Mapping[str, str]] = {
    "nl": {
        "commitments": "afspraken nakomen",
        "waiting": "wachten verkorten",
        "shopping": "gelijke kansen (tegen shopgedrag)",
        "municipalFairness": "eerlijk over gemeenten",
        "groupFairness": "eerlijk per groep",
        "suitability": "geschiktheid",
        "extraCapacity": "zo weinig mogelijk extra woningen",
        "distance": "dicht bij huis",
        "stability": "dicht bij het vorige plan",
        "wholeHouseholds": "plan in hele huishoudens",
        "conflict": "zoeken wat niet samengaat",
        "repairs": "zoeken wat helpt",
    },
    "en": {
        "commitments": "keeping commitments",
        "waiting": "less waiting",
        "shopping": "equal chances (no shopping)",
        "municipalFairness": "fair to municipalities",
        "groupFairness": "fair per group",
        "suitability": "suitability",
        "extraCapacity": "as few extra homes as possible",
        "distance": "close to home",
        "stability": "close to the earlier plan",
        "wholeHouseholds": "plan in whole households",
        "conflict": "looking for what cannot go together",
        "repairs": "looking for what would help",
    },
}
_PARTS: Mapping[Language, Mapping[str, str]] = {
    "nl": {
        "tier": "voorrang {tier}",
        "level": "stap {level}",
        "level of": "stap {level} van hoogstens {most_levels}",
        "best": "beste tot nu toe {best}",
    },
    "en": {
        "tier": "priority {tier}",
        "level": "step {level}",
        "level of": "step {level} of at most {most_levels}",
        "best": "best so far {best}",
    },
}


def progress_in_words(
    stage: str,
    tier: int | None,
    level: int | None,
    most_levels: int | None,
    best: float | None,
) -> Wording:
    """Say how far the allocator is, in both languages.

    Parameters
    ----------
    stage
        Name of the stage, such as `waiting` or `shopping.max`; an unknown one is shown as it is.
    tier, level, most_levels
        Which part of the stage, and how many levels there are at most; None for no such part.
    best
        Best value so far, in the unit of the objective; None for none yet.
    """
    return Wording(
        nl=_said("nl", stage, tier, level, most_levels, best),
        en=_said("en", stage, tier, level, most_levels, best),
    )


def _said(
    lang: Language,
    stage: str,
    tier: int | None,
    level: int | None,
    most_levels: int | None,
    best: float | None,
) -> str:
    texts = _PARTS[lang]
    parts = [_STAGES[lang].get(stage.partition(".")[0], stage)]
    if tier is not None:
        parts.append(texts["tier"].format(tier=tier))
    if level is not None:
        text = texts["level" if most_levels is None else "level of"]
        parts.append(text.format(level=level, most_levels=most_levels))
    if best is not None:
        number = written(lang, best, 0 if best.is_integer() else 2)
        parts.append(texts["best"].format(best=number))
    return ", ".join(parts)
