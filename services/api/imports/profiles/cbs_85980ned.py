"""CBS table 85980NED, target groups of housing policy, as StatLine gives it to download."""

import re
from collections.abc import Sequence
from datetime import date

from services.api.imports.columns import Cell, NotReadable, Turned, digits
from services.api.imports.numbers import is_suppressed
from services.api.imports.profiles.places import is_other_area
from services.api.imports.profiles.profile import Known, Part, Profile

_TOTAL = re.compile(r"totaal( .*)?|T[0-9]{6}", re.IGNORECASE)
_WHOLE = re.compile("[0-9]{1,15}")
_PERIOD = re.compile(r"([0-9]{4})(?: (januari|december)|MM(01|12))\*?", re.IGNORECASE)
_FIRST = {"januari", "01"}

PARTS = {
    "group": Part(("Aandachtsgroep volkshuisvesting", "AandachtsgroepVolkshuisvesting"), "group"),
    "kind": Part(("Kenmerken",), None),
    "region": Part(("Regio's", "RegioS"), "municipality"),
    "day": Part(("Perioden",), "referenceDate"),
    "persons": Part(
        (
            "Totaal personen",
            "Totaal personen (aantal)",
            "Personen/Totaal personen",
            "Personen/Totaal personen (aantal)",
            "TotaalPersonen_1",
        ),
        "persons",
    ),
    "households": Part(
        (
            "Totaal huishoudens",
            "Totaal huishoudens (aantal)",
            "Huishoudens/Totaal huishoudens",
            "Huishoudens/Totaal huishoudens (aantal)",
            "TotaalHuishoudens_2",
        ),
        "likely",
    ),
}


def keeps(cells: Sequence[Cell], known: Known) -> bool:
    """Keep totals of municipalities: the other rows are about sex, age and household."""
    total = _TOTAL.fullmatch(known.text(cells, "kind"))
    return bool(total) and not is_other_area(known.text(cells, "region"))


def turned(cells: Sequence[Cell], known: Known) -> Turned:
    """Make a need of a row; in which plan period it falls is chosen, for all or per moment.

    A figure that CBS does not tell (`.`) stays unknown, and so does an empty cell.
    """
    row = Turned()
    day = known.reading(row, "day", lambda: _day(known.text(cells, "day")))
    place = known.reading(row, "region", lambda: _municipality(cells, known, day))
    row.values["persons"] = known.reading(row, "persons", lambda: _count(cells, known, "persons"))
    row.values["likely"] = known.reading(
        row, "households", lambda: _count(cells, known, "households")
    )
    suppressed = is_suppressed(known.text(cells, "households"))
    label = known.text(cells, "group")
    groups, periods = known.labels.get("group", {}), known.labels.get("period", {})
    when = known.text(cells, "day")
    # A table with January and December has two figures for one plan period: one is left out.
    row.left_out = groups.get(label, label) is None or periods.get(when, when) is None
    row.values |= {
        "municipality": place,
        "group": groups.get(label, label),
        "period": periods.get(when),
        "referenceDate": None if day is None else day.isoformat(),
        "quality": "suppressed" if suppressed else "published",
    }
    return row


def _count(cells: Sequence[Cell], known: Known, part: str) -> int | None:
    cell = known.cell(cells, part)
    if isinstance(cell, str) and (not cell or is_suppressed(cell)):
        return None
    number = digits(cell, known.written_in.get(part))
    if not _WHOLE.fullmatch(number):
        raise NotReadable("wrong_type", "This must be a whole number, at least 0")
    return int(number)


def _day(text: str) -> date:
    found = _PERIOD.fullmatch(text)
    if not found:
        raise NotReadable(
            "not_a_date", "A period of this table is such as 2023 januari or 2023 december"
        )
    first = (found[2] or found[3]).casefold() in _FIRST
    return date(int(found[1]), 1, 1) if first else date(int(found[1]), 12, 31)


def _municipality(cells: Sequence[Cell], known: Known, day: date | None) -> str:
    label = known.text(cells, "region")
    code = known.places.code_of(label, day)
    if code is None:
        raise NotReadable("unknown_id", f"There is no municipality called {label!r} on that day.")
    return code


CBS_85980NED = Profile(
    name="cbs-85980ned",
    noun="needs",
    parts=PARTS,
    constants={"source": "CBS StatLine 85980NED"},
    keeps=keeps,
    turned=turned,
)
