"""Housing projects in the way of DIWI: homes in a year, with the chance that they are built."""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from services.api.imports.columns import Cell, NotReadable, Turned, digits, text_of
from services.api.imports.numbers import NumberFormat
from services.api.imports.profiles.profile import Known, Part, Profile

_BETWEEN = re.compile(r"[|;,\n]")
_WHOLE = re.compile("[0-9]{1,15}")
_YEAR = re.compile(r"([0-9]{4})(-[0-9]{2}-[0-9]{2})?")
_LEAST_CHANCE = 10
_MOST_CHANCE = 100

PARTS = {
    "project": Part(("project", "projectnaam", "plannaam", "naam project"), "note"),
    "municipality": Part(("gemeente", "gemeentecode", "gemeente code"), "municipality"),
    "district": Part(("deelgebied", "wijk", "stadsdeel"), "district", required=False),
    "form": Part(("huisvorm", "type", "woningtype", "woonvorm"), "form"),
    "year": Part(
        ("jaar van oplevering", "opleverjaar", "oplevering", "oplevering laatste"), "period"
    ),
    "homes": Part(("aantal", "aantal woningen", "totaal resterend"), "potential"),
    "groups": Part(("aandachtsgroepen", "aandachtsgroep"), "groups", required=False),
    "chance": Part(("realisatiekans",), "likely"),
}


def keeps(_cells: Sequence[Cell], _known: Known) -> bool:
    """Keep every project."""
    return True


def turned(cells: Sequence[Cell], known: Known) -> Turned:
    """Make a capacity of a project: `likely` is what the chance leaves of its homes.

    Homes are rounded down, so a small project with a small chance promises none. The id follows
    from what the project is, so that a newer list replaces the older one.
    """
    row = Turned()
    homes = known.reading(row, "homes", lambda: _homes(known.cell(cells, "homes"), known))
    chance = known.reading(row, "chance", lambda: _chance(known.cell(cells, "chance")))
    year = known.reading(row, "year", lambda: _year(known.text(cells, "year")))
    place = known.reading(row, "municipality", lambda: _municipality(cells, known))
    project = known.text(cells, "project")
    form = _named(known.text(cells, "form"), known, "form")
    period = _named(year, known, "period")
    row.left_out = form is None or (year is not None and period is None)
    row.values |= {
        "municipality": place,
        "district": known.text(cells, "district") or None,
        "form": form,
        "period": period,
        "groups": _groups(known.text(cells, "groups"), known),
        "potential": homes,
        "high": homes,
    }
    if homes is not None and chance is not None:
        row.values["likely"] = weighted(homes, chance)
        row.values["note"] = f"Project {project}: realisatiekans {chance:f} % van {homes}."
    row.values["id"] = _id_of(project, row.values)
    return row


def weighted(homes: int, chance: Decimal) -> int:
    """Give what the chance leaves of a number of homes, rounded down.

    Parameters
    ----------
    homes
        Homes in the project [homes], >= 0.
    chance
        How likely it is that they are built [%], 10 to 100.
    """
    return int(homes * chance // 100)


def _homes(cell: Cell, known: Known) -> int | None:
    if cell == "":
        return None
    number = digits(cell, known.written_in.get("homes"))
    if not _WHOLE.fullmatch(number):
        raise NotReadable("wrong_type", "This must be a whole number of homes, at least 0")
    return int(number)


def _chance(cell: Cell) -> Decimal:
    """Read 60 %, 60 or 0.6, which is how a spreadsheet keeps 60 %, as 60.

    The scale runs from 10 to 100 %, so what is at most 1 is not meant as a percentage.
    """
    text = text_of(cell)
    bare = text.removesuffix("%").rstrip()
    chance = Decimal(digits(bare if isinstance(cell, str) else cell, _plain(bare)))
    if bare == text and chance <= 1:
        chance *= 100
    if not _LEAST_CHANCE <= chance <= _MOST_CHANCE:
        raise NotReadable("out_of_range", f"The chance {text!r} is not between 10 and 100 %.")
    return chance.normalize() + 0


def _plain(text: str) -> NumberFormat | None:
    # 0,6 and 0.6 are the same chance: no chance has thousands in it.
    if "," in text:
        return NumberFormat.NL
    return NumberFormat.EN if "." in text else None


def _year(text: str) -> str:
    found = _YEAR.fullmatch(text)
    if not found:
        raise NotReadable("not_a_year", "Write the year as 2028, or a day as 2028-06-30")
    return found[1]


def _municipality(cells: Sequence[Cell], known: Known) -> str:
    label = known.text(cells, "municipality")
    code = known.places.code_of(label, None)
    if code is None:
        raise NotReadable("unknown_id", f"There is no municipality {label!r}.")
    return code


def _named(label: str | None, known: Known, name: str) -> str | None:
    return None if label is None else known.labels.get(name, {}).get(label, label)


def _groups(text: str, known: Known) -> list[str] | None:
    labels = [part.strip() for part in _BETWEEN.split(text) if part.strip()]
    ids = [_named(label, known, "group") for label in labels]
    # Two labels may stand for one group; a group is named once.
    return list(dict.fromkeys(id_ for id_ in ids if id_ is not None)) or None


def _id_of(project: str, values: dict[str, Any]) -> str:
    names = ("municipality", "district", "form", "period", "groups")
    told = "/".join(str(part) for part in (project, *(values[name] for name in names)))
    return str(uuid5(NAMESPACE_URL, f"diwi/{told}"))


DIWI = Profile(
    name="diwi",
    noun="capacities",
    parts=PARTS,
    constants={"source": "DIWI", "quality": "estimate"},
    keeps=keeps,
    turned=turned,
)
