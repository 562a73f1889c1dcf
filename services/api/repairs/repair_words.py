"""A repair in words: `C6 pin-1, 40 -> 25` becomes what a planner fixed, and what fits."""

from collections.abc import Callable, Mapping, Sequence

from services.api.explanations.book import Book, counted
from services.api.language import Language, percentage, written
from services.api.proposals.rules import Wording
from shared.contract.repairs import Change, Family, Repair

_TEXTS: Mapping[Language, Mapping[str, str]] = {
    "nl": {
        "pin lower": "{municipality}: vastgezet op {was} ({groups}, {periods}), maar er passen er"
        " {becomes}.",
        "pin higher": "{municipality}: vastgezet op {was} ({groups}, {periods}), maar er moeten er"
        " {becomes} komen.",
        "commitment": "{municipality}: afgesproken is {was} ({groups}, {periods}), maar er passen"
        " er {becomes}.",
        "ceiling": "{municipality}{district}: het plafond gaat van {was} naar {becomes}"
        " ({groups}, {periods}).",
        "district": ", wijk {district}",
        "homes": "{municipality}: in {period} {more} erbij ({form}), van {was} naar {becomes}.",
        "new homes": "{municipality}: in {period} komt er {more} bij die past.",
        "new homes, more": "{municipality}: in {period} komen er {more} bij die passen.",
        "support": "Begeleiding ({type}) in {where}: in {period} {more} erbij, van {was} naar"
        " {becomes}.",
        "access": "{municipality}: laat {becomes} van de groep {group} toe in plaats van {was}.",
        "pins": "Andere aantallen vastzetten: {total}.",
        "commitments": "Minder afspreken: {total}.",
        "ceilings": "Plafonds verhogen: {total}.",
        "homes in all": "Woningen toevoegen: {total}.",
        "support in all": "Begeleiding uitbreiden: {total}.",
        "access in all": "Meer toelaten: {total}.",
        "no plan": "Er is geen plan mogelijk: deze regels kunnen niet samen gelden. Vervalt er een,"
        " dan kunnen de andere wel samen.",
        "not kept": "Niet alle afspraken kunnen worden gehouden: deze regels kunnen niet samen"
        " gelden. Vervalt er een, dan kunnen de andere wel samen.",
        "kept": "Alle afspraken kunnen worden gehouden.",
    },
    "en": {
        "pin lower": "{municipality}: fixed at {was} ({groups}, {periods}), but {becomes} fit.",
        "pin higher": "{municipality}: fixed at {was} ({groups}, {periods}), but {becomes} must"
        " come.",
        "commitment": "{municipality}: {was} agreed ({groups}, {periods}), but {becomes} fit.",
        "ceiling": "{municipality}{district}: the ceiling goes from {was} to {becomes}"
        " ({groups}, {periods}).",
        "district": ", district {district}",
        "homes": "{municipality}: {more} more in {period} ({form}), from {was} to {becomes}.",
        "new homes": "{municipality}: {more} that suits is added in {period}.",
        "new homes, more": "{municipality}: {more} that suit are added in {period}.",
        "support": "Support ({type}) in {where}: {more} more in {period}, from {was} to {becomes}.",
        "access": "{municipality}: admit {becomes} of the group {group} instead of {was}.",
        "pins": "Fix other numbers: {total}.",
        "commitments": "Agree on less: {total}.",
        "ceilings": "Raise ceilings: {total}.",
        "homes in all": "Add homes: {total}.",
        "support in all": "Extend support: {total}.",
        "access in all": "Admit more: {total}.",
        "no plan": "No plan is possible: these rules cannot hold together. Without any one of"
        " them, the others can.",
        "not kept": "Not every commitment can be kept: these rules cannot hold together. Without"
        " any one of them, the others can.",
        "kept": "Every commitment can be kept.",
    },
}
_IN_ALL: Mapping[Family, tuple[str, str]] = {
    "pins": ("pins", "household"),
    "commitments": ("commitments", "household"),
    "ceilings": ("ceilings", "household"),
    "homes": ("homes in all", "home"),
    "support": ("support in all", "place"),
    "access": ("access in all", "household"),
}
"""Per family its sentence, and what it is counted in."""

_Told = tuple[str, dict[str, str]]


def outcome_in_words(*, plan: bool, clash: bool) -> Wording:
    """Say in one or two sentences whether there is a plan, and one that keeps what is agreed."""
    text = ("not kept" if plan else "no plan") if clash else "kept"
    return Wording(nl=_TEXTS["nl"][text], en=_TEXTS["en"][text])


def repair_in_words(repair: Repair) -> Wording:
    """Say what kind of change a repair is, and how much of it."""
    text, noun = _IN_ALL[repair.family]

    def said(lang: Language) -> str:
        return _TEXTS[lang][text].format(total=counted(lang, repair.total, noun))

    return Wording(nl=said("nl"), en=said("en"))


def change_in_words(book: Book, change: Change) -> Wording:
    """Say what one figure is, and what it becomes."""
    return Wording(nl=_said(book, "nl", change), en=_said(book, "en", change))


def _said(book: Book, lang: Language, change: Change) -> str:
    text, values = _SAYERS[change.tag](book, lang, change)
    if change.tag != "C9":
        values["was"] = written(lang, change.from_)
        values["becomes"] = written(lang, change.to)
    return _TEXTS[lang][text].format(**values)


def _lot(book: Book, lang: Language, change: Change) -> _Told:
    more = int(change.to - change.from_)
    values = {"more": counted(lang, more, "home")}
    lot = book.lots.get(change.id)
    if lot is not None:
        values |= {"period": lot.period, "form": book.form(lang, lot.form)}
        return "homes", {**values, "municipality": book.municipalities[lot.municipality]}
    place = book.place(change.id)
    values |= {
        "period": place.period or "",
        "municipality": book.municipalities[place.municipality or ""],
    }
    return "new homes" if more == 1 else "new homes, more", values


def _support(book: Book, lang: Language, change: Change) -> _Told:
    row = book.support[change.id]
    return "support", {
        "type": row.type,
        "period": row.period,
        "where": book.places(lang, row.municipalities),
        "more": counted(lang, int(change.to - change.from_), "place"),
    }


def _ceiling(book: Book, lang: Language, change: Change) -> _Told:
    row = book.ceilings[change.id]
    district = _TEXTS[lang]["district"].format(district=row.district) if row.district else ""
    agreed = _agreed(book, lang, row.municipality, row.groups, row.periods)
    return "ceiling", {**agreed, "district": district}


def _pin(book: Book, lang: Language, change: Change) -> _Told:
    row = book.pins[change.id]
    groups = None if row.group is None else (row.group,)
    periods = None if row.period is None else (row.period,)
    text = "pin lower" if change.to < change.from_ else "pin higher"
    return text, _agreed(book, lang, row.municipality, groups, periods)


def _commitment(book: Book, lang: Language, change: Change) -> _Told:
    row = book.commitments[change.id]
    return "commitment", _agreed(book, lang, row.municipality, row.groups, row.periods)


def _access(book: Book, lang: Language, change: Change) -> _Told:
    place = book.place(change.id)
    return "access", {
        "municipality": book.municipalities[place.municipality or ""],
        "group": book.group(lang, place.group or ""),
        "was": percentage(lang, change.from_),
        "becomes": percentage(lang, change.to),
    }


def _agreed(
    book: Book,
    lang: Language,
    municipality: str,
    groups: Sequence[str] | None,
    periods: Sequence[str] | None,
) -> dict[str, str]:
    return {
        "municipality": book.municipalities[municipality],
        "groups": book.groups(lang, groups),
        "periods": book.periods(periods),
    }


_SAYERS: Mapping[str, Callable[[Book, Language, Change], _Told]] = {
    "C1": _lot,
    "C4": _support,
    "C5": _ceiling,
    "C6": _pin,
    "C7": _commitment,
    "C9": _access,
}
