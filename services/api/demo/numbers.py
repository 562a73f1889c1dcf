"""Numbers as a Dutch and as an English reader writes them."""

from services.api.demo.wording import Language

_DUTCH = str.maketrans(",.", ".,")


def written(lang: Language, number: float, decimals: int = 0) -> str:
    """Write a number with its thousands apart: 12.061,8 in Dutch, 12,061.8 in English."""
    return _in(lang, f"{number:,.{decimals}f}")


def percentage(lang: Language, part: float) -> str:
    """Write a part of 1 as a percentage with one decimal."""
    return _in(lang, f"{part:,.1%}")


def _in(lang: Language, english: str) -> str:
    return english.translate(_DUTCH) if lang == "nl" else english
