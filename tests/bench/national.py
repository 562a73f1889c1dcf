"""A national problem: all 342 municipalities, 11 groups, 5 years, made from `mra-1`.

Names, sizes and distances are real. Each municipality borrows the needs, homes, support and
rules of a municipality of `mra-1` that is drawn by lot, scaled to its own size and shaken a
little: as scarce and as irregular as `mra-1`. It says nothing about any municipality.

`python -m tests.bench.national OUT.json` writes it, and with a number after it the same for so many
municipalities around Utrecht: as many as a large province has, or two.
"""

import json
import sys
from itertools import combinations
from pathlib import Path
from random import Random
from typing import Any

from tests.bench.municipalities import DATA, Municipality, kilometres, municipalities

SEED = 2026
SHAKEN_BY = (0.7, 1.3)
FURTHEST_KM = 60.0
MIDDLE = "GM0344"
"""Utrecht, about in the middle of the country."""
HOMES = ("supply", "support")
"""Lists whose figures go with the homes of corporations; the others go with inhabitants."""
AS_SCARCE = 1.36
"""Homes are scaled by this much more: Amsterdam lets more of its homes to these groups than the
others do, and counts for a third of `mra-1` but for one lender in thirty."""
FIGURES = {
    "supply": ("reported", "potential"),
    "needs": ("households",),
    "support": ("slots",),
    "commitments": ("households",),
    "ceilings": ("households",),
    "access": (),
}
"""The lists that are borrowed, and what is scaled in their rows."""

Row = dict[str, Any]


def national_problem(seed: int = SEED, nearest: int | None = None) -> Row:
    """Give the problem as it is written in JSON; the same seed gives the same problem.

    Parameters
    ----------
    nearest
        How many municipalities, those that are nearest to Utrecht; all when None.
    """
    pattern = json.loads((DATA / "cases" / "mra-1.json").read_text(encoding="utf-8"))
    chance = Random(seed)  # noqa: S311  (nothing to keep secret)
    country = municipalities()
    middle = next(m for m in country if m.code == MIDDLE)
    chosen = sorted(country, key=lambda m: (kilometres(middle, m), m.code))[:nearest]
    everyone = sorted(chosen, key=lambda m: m.code)
    lenders = [m for m in country if m.code in {row["id"] for row in pattern["municipalities"]}]
    rows_of = {m.code: {name: _about(m, pattern[name]) for name in FIGURES} for m in lenders}
    borrowed = [(m, chance.choice(lenders)) for m in everyone]
    return {
        "schemaVersion": pattern["schemaVersion"],
        "periods": pattern["periods"],
        "municipalities": [{"id": m.code, "name": m.name} for m in everyone],
        "groups": pattern["groups"],
        **{
            name: [
                row
                for borrower, lender in borrowed
                for row in _loan(rows_of[lender.code][name], name, borrower, lender, chance)
            ]
            for name in FIGURES
        },
        "shares": _shares(pattern["groups"], everyone),
        "distances": _distances(everyone),
        "reachKm": pattern["reachKm"],
    }


def _about(municipality: Municipality, rows: list[Row]) -> list[Row]:
    code = municipality.code
    return [
        row for row in rows if code in (row.get("municipality"), *row.get("municipalities", ()))
    ]


def _loan(
    rows: list[Row], name: str, borrower: Municipality, lender: Municipality, chance: Random
) -> list[Row]:
    """Rows of the lender in the borrower's name and size; what rounds to nothing is left out."""
    if name in HOMES:
        scale = AS_SCARCE * borrower.corporation_homes / lender.corporation_homes
    else:
        scale = borrower.population / lender.population
    loan = []
    for row in rows:
        factor = scale * chance.uniform(*SHAKEN_BY)
        figures = {key: round(row[key] * factor) for key in FIGURES[name]}
        if all(figures.values()):
            loan.append({**_renamed(row, lender.code, borrower.code), **figures})
    return loan


def _renamed(row: Row, old: str, new: str) -> Row:
    """The row about another municipality: its code also stands in the ids and the lists."""
    renamed: Row = json.loads(json.dumps(row).replace(old, new))
    return renamed


def _shares(groups: list[Row], everyone: list[Municipality]) -> list[Row]:
    """The fair share: half by inhabitants, half by homes of corporations."""
    people = sum(m.population for m in everyone)
    homes = sum(m.corporation_homes for m in everyone)
    return [
        {
            "municipality": m.code,
            "group": group["id"],
            "share": (m.population / people + m.corporation_homes / homes) / 2,
        }
        for m in everyone
        for group in groups
    ]


def _distances(everyone: list[Municipality]) -> list[Row]:
    pairs = ((a, b, round(kilometres(a, b), 1)) for a, b in combinations(everyone, 2))
    return [{"from": a.code, "to": b.code, "km": km} for a, b, km in pairs if km <= FURTHEST_KM]


def main(path: Path, nearest: int | None = None) -> None:
    """Write the problem to a file."""
    path.write_text(json.dumps(national_problem(nearest=nearest)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), *map(int, sys.argv[2:]))
