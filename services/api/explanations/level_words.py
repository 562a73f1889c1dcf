"""Where a number stopped rising, in one or two sentences."""

from collections.abc import Mapping

from services.api.explanations.book import Book
from services.api.language import Language, listed, percentage, written
from services.api.proposals.rules import Wording
from shared.contract.result import MOST_STOPS, Explanation

_TEXTS: Mapping[Language, Mapping[str, str]] = {
    "nl": {
        "level": "{cell} stopte bij {level} van het eerlijke deel en krijgt {proposed} van"
        " {fair} huishoudens.",
        "weighed": "{cell} stopte bij {level} van het eerlijke deel (gewogen over de groepen) en"
        " krijgt {proposed} huishoudens.",
        "none": "{cell} krijgt {proposed} huishoudens. Het deel wordt niet vergeleken: de groep"
        " wordt niet over de regio verdeeld, of het eerlijke deel is kleiner dan één huishouden.",
        "rules": "Regels die dit tegenhielden: {rules}.",
        "many rules": "Regels die dit tegenhielden: {rules} of meer.",
        "no rule": "Geen regel houdt dit tegen: meer gaat ten koste van een doel dat voorgaat.",
        "shared": "Meer gaat ten koste van {others}.",
    },
    "en": {
        "level": "{cell} stopped at {level} of its fair share and gets {proposed} of {fair}"
        " households.",
        "weighed": "{cell} stopped at {level} of its fair share (weighed over the groups) and gets"
        " {proposed} households.",
        "none": "{cell} gets {proposed} households. Nothing is compared: the group is not shared"
        " out over the region, or the fair share is less than one household.",
        "rules": "Rules that stopped it: {rules}.",
        "many rules": "Rules that stopped it: {rules} or more.",
        "no rule": "No rule stops it: more would be at the cost of an objective that comes first.",
        "shared": "More would be at the cost of {others}.",
    },
}
_MOST_NAMED = 3


def level_in_words(book: Book, row: Explanation) -> Wording:
    """Say where a municipality stopped, for one group or in total, in both languages."""
    return Wording(nl=_said("nl", book, row), en=_said("en", book, row))


def _said(lang: Language, book: Book, row: Explanation) -> str:
    texts = _TEXTS[lang]
    kind = "none" if row.level is None else "weighed" if row.group is None else "level"
    sentence = texts[kind].format(
        cell=book.cell(lang, row.municipality, row.group),
        level=percentage(lang, row.level or 0.0),
        proposed=written(lang, row.proposed),
        fair=written(lang, row.fair_share, 1),
    )
    if row.level is None:
        return sentence
    return f"{sentence} {_reason(lang, book, row)}"


def _reason(lang: Language, book: Book, row: Explanation) -> str:
    texts = _TEXTS[lang]
    if row.stopped_by:
        number = len(row.stopped_by)
        text = texts["many rules" if number == MOST_STOPS else "rules"]
        return text.format(rules=written(lang, number))
    if row.together_with:
        cells = row.together_with[:_MOST_NAMED]
        names = [book.cell(lang, cell.municipality, cell.group) for cell in cells]
        return texts["shared"].format(others=listed(lang, names))
    return texts["no rule"]
