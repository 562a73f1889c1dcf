"""What a rule says, in one sentence: `C1 GM0363-2027` becomes a number of homes in Amsterdam.

The tags are those of the model; an id is that of a row of the question, or is put together from
the ids of a municipality, a group and a period.
"""

from collections.abc import Callable, Mapping

from services.api.explanations.book import Book, counted
from services.api.language import Language
from services.api.proposals.rules import Wording

_TEXTS: Mapping[Language, Mapping[str, str]] = {
    "nl": {
        "lot": "{municipality} heeft in {period} niet meer dan {homes} ({form}).",
        "no lot": "{municipality} heeft geen woningen voor {group}.",
        "no home": "{municipality} heeft in {period} geen geschikte woningen.",
        "need": "Er zijn niet meer huishoudens van de groep {group}.",
        "need until": "Tot en met {period} zijn er niet meer huishoudens van de groep {group}.",
        "need at home": "{municipality} heeft tot en met {period} niet meer huishoudens van de "
        "groep {group}.",
        "support": "Voor begeleiding ({type}) zijn er in {period} niet meer dan {places}"
        " in {where}.",
        "ceiling": "In {municipality}{district} mogen niet meer dan {households} komen"
        " ({groups}, {periods}).",
        "district": ", wijk {district},",
        "pin": "De planner heeft voor {municipality} {households} vastgezet ({groups}, {periods}).",
        "commitment": "De afspraak met {municipality} is {households} ({groups}, {periods}).",
        "too far": "Wie van de groep {group} nog wacht, mag niet zo ver weg wonen als"
        " {municipality}.",
        "reach": "Huishoudens van de groep {group} mogen niet ver van hun gemeente wonen.",
        "access": "De eigen regels van {municipality} laten niet meer huishoudens van de groep"
        " {group} toe.",
        "access until": "De eigen regels van {municipality} laten tot en met {period} niet meer"
        " huishoudens van de groep {group} toe.",
        "other": "Regel {tag} ({id}).",
    },
    "en": {
        "lot": "{municipality} has no more than {homes} in {period} ({form}).",
        "no lot": "{municipality} has no homes for {group}.",
        "no home": "{municipality} has no suitable homes in {period}.",
        "need": "There are no more households in the group {group}.",
        "need until": "Up to and including {period} there are no more households in the group"
        " {group}.",
        "need at home": "Up to and including {period}, {municipality} has no more households in"
        " the group {group}.",
        "support": "For support ({type}) there are no more than {places} in {where} in {period}.",
        "ceiling": "No more than {households} ({groups}, {periods}) may come to"
        " {municipality}{district}.",
        "district": ", district {district}",
        "pin": "The planner has fixed {households} for {municipality} ({groups}, {periods}).",
        "commitment": "The agreement with {municipality} is for {households}"
        " ({groups}, {periods}).",
        "too far": "Those of the group {group} who still wait may not live as far away as"
        " {municipality}.",
        "reach": "Households in the group {group} may not live far from their municipality.",
        "access": "The own rules of {municipality} admit no more households in the group {group}.",
        "access until": "The own rules of {municipality} admit no more households in the group"
        " {group} up to and including {period}.",
        "other": "Rule {tag} ({id}).",
    },
}
# The sentence for an id that is put together, by its tag and the parts that it has.
_BY_PARTS: Mapping[tuple[str, str], str] = {
    ("C1", "mg"): "no lot",
    ("C1", "mp"): "no home",
    ("C3", "g"): "need",
    ("C3", "gp"): "need until",
    ("C3", "mgp"): "need at home",
    ("C8", "mg"): "too far",
    ("C8", "g"): "reach",
    ("C9", "mg"): "access",
    ("C9", "mgp"): "access until",
}


def rule_in_words(book: Book, tag: str, id_: str) -> Wording:
    """Say what a rule asks, in both languages.

    Parameters
    ----------
    book
        The question that the rule belongs to.
    tag, id_
        Tag in the model and id of the rule; one that is not known is shown as it is.
    """
    return Wording(nl=_said(book, "nl", tag, id_), en=_said(book, "en", tag, id_))


def _said(book: Book, lang: Language, tag: str, id_: str) -> str:
    text, values = _of_row(book, lang, tag, id_) or _of_parts(book, lang, tag, id_)
    return _TEXTS[lang][text].format(**values)


_Told = tuple[str, dict[str, str]]


def _of_row(book: Book, lang: Language, tag: str, id_: str) -> _Told | None:
    sayer = _SAYERS.get(tag)
    return None if sayer is None else sayer(book, lang, id_)


def _of_parts(book: Book, lang: Language, tag: str, id_: str) -> _Told:
    place = book.place(id_)
    values = {"tag": tag, "id": id_}
    if place.municipality is not None:
        values["municipality"] = book.municipalities[place.municipality]
    if place.group is not None:
        values["group"] = book.group(lang, place.group)
    if place.period is not None:
        values["period"] = place.period
    parts = "".join(name[0] for name in ("municipality", "group", "period") if name in values)
    return _BY_PARTS.get((tag, parts), "other"), values


def _lot(book: Book, lang: Language, id_: str) -> _Told | None:
    lot = book.lots.get(id_)
    if lot is None:
        return None
    return "lot", {
        "municipality": book.municipalities[lot.municipality],
        "period": lot.period,
        "homes": counted(lang, lot.potential, "home"),
        "form": book.form(lang, lot.form),
    }


def _support(book: Book, lang: Language, id_: str) -> _Told | None:
    row = book.support.get(id_)
    if row is None:
        return None
    return "support", {
        "type": row.type,
        "period": row.period,
        "places": counted(lang, row.slots, "place"),
        "where": book.places(lang, row.municipalities),
    }


def _ceiling(book: Book, lang: Language, id_: str) -> _Told | None:
    row = book.ceilings.get(id_)
    if row is None:
        return None
    district = ""
    if row.district is not None:
        district = _TEXTS[lang]["district"].format(district=row.district)
    agreed = _agreed(book, lang, row.municipality, row.households, row.groups, row.periods)
    return "ceiling", {**agreed, "district": district}


def _commitment(book: Book, lang: Language, id_: str) -> _Told | None:
    row = book.commitments.get(id_)
    if row is None:
        return None
    return "commitment", _agreed(
        book, lang, row.municipality, row.households, row.groups, row.periods
    )


def _pin(book: Book, lang: Language, id_: str) -> _Told | None:
    row = book.pins.get(id_)
    if row is None:
        return None
    groups = None if row.group is None else (row.group,)
    periods = None if row.period is None else (row.period,)
    return "pin", _agreed(book, lang, row.municipality, row.households, groups, periods)


def _agreed(
    book: Book,
    lang: Language,
    municipality: str,
    households: int,
    groups: tuple[str, ...] | None,
    periods: tuple[str, ...] | None,
) -> dict[str, str]:
    return {
        "municipality": book.municipalities[municipality],
        "households": counted(lang, households, "household"),
        "groups": book.groups(lang, groups),
        "periods": book.periods(periods),
    }


_SAYERS: Mapping[str, Callable[[Book, Language, str], _Told | None]] = {
    "C1": _lot,
    "C4": _support,
    "C5": _ceiling,
    "C6": _pin,
    "C7": _commitment,
}
