"""The answer to a what-if question, in one or two sentences."""

from collections.abc import Mapping

from services.api.alternatives.comparing import Asked, StageChange, number_before
from services.api.explanations.book import Book, counted
from services.api.explanations.effect_words import Effect, effects_in_words
from services.api.language import Language, written
from services.api.proposals.rules import Wording

_TEXTS: Mapping[Language, Mapping[str, str]] = {
    "nl": {
        "possible": "{cell}: {households} in plaats van {proposed} kan.",
        "impossible": "{cell}: {households} in plaats van {proposed} kan niet, omdat regels elkaar"
        " dan tegenspreken.",
        "worse": "Het eerste doel dat slechter wordt: {effect}.",
        "no worse": "Geen enkel doel wordt slechter.",
        "nearest": "Wel mogelijk is {nearest}.",
    },
    "en": {
        "possible": "{cell}: {households} instead of {proposed} is possible.",
        "impossible": "{cell}: {households} instead of {proposed} is not possible, because rules"
        " then contradict each other.",
        "worse": "The first objective that becomes worse: {effect}.",
        "no worse": "No objective becomes worse.",
        "nearest": "What is possible is {nearest}.",
    },
}


def possible_in_words(asked: Asked, worsened: StageChange | None) -> Wording:
    """Say that a forced number is possible, and what becomes worse first."""

    def said(lang: Language) -> str:
        texts = _TEXTS[lang]
        first = _first(lang, "possible", asked)
        if worsened is None:
            return f"{first} {texts['no worse']}"
        effect: str = getattr(_effect(asked.book, worsened), lang)
        return f"{first} {texts['worse'].format(effect=effect)}"

    return Wording(nl=said("nl"), en=said("en"))


def impossible_in_words(asked: Asked, nearest: int | None) -> Wording:
    """Say that a forced number is not possible, and which one is."""

    def said(lang: Language) -> str:
        first = _first(lang, "impossible", asked)
        if nearest is None:
            return first
        return f"{first} {_TEXTS[lang]['nearest'].format(nearest=written(lang, nearest))}"

    return Wording(nl=said("nl"), en=said("en"))


def _first(lang: Language, kind: str, asked: Asked) -> str:
    forced = asked.forced
    return _TEXTS[lang][kind].format(
        cell=asked.book.cell(lang, forced.municipality, forced.group),
        households=counted(lang, forced.households, "household"),
        proposed=written(lang, number_before(asked)),
    )


def _effect(book: Book, change: StageChange) -> Wording:
    difference = (change.after or 0.0) - (change.before or 0.0)
    if change.cell is None:
        return effects_in_words([Effect(change.objective, change.tier, difference)])
    cell = Wording(nl=book.cell("nl", *change.cell), en=book.cell("en", *change.cell))
    return effects_in_words([Effect(change.objective, None, difference, cell)])
