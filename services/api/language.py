"""The two languages of the product, and numbers as their readers write them."""

from collections.abc import Sequence
from typing import Literal

Language = Literal["nl", "en"]

_DUTCH = str.maketrans(",.", ".,")
_AND: dict[Language, str] = {"nl": "en", "en": "and"}


def written(lang: Language, number: float, decimals: int = 0) -> str:
    """Write a number with its thousands apart: 12.061,8 in Dutch, 12,061.8 in English."""
    return _in(lang, f"{number:,.{decimals}f}")


def percentage(lang: Language, part: float) -> str:
    """Write a part of 1 as a percentage with one decimal."""
    return _in(lang, f"{part:,.1%}")


def listed(lang: Language, names: Sequence[str]) -> str:
    """Join names as a sentence does: A, B and C."""
    *first, last = names
    return f"{', '.join(first)} {_AND[lang]} {last}" if first else last


def _in(lang: Language, english: str) -> str:
    return english.translate(_DUTCH) if lang == "nl" else english
