"""The smallest change of one family of rules with which all other rules can hold.

Each figure of the family may give way by whole households, homes or slots, and an integer
program finds the smallest total. Of equal totals it is the one whose changes come first in the
order of the ids.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import get_args

from services.allocator.model.linear_model import Column, LinearModel
from services.allocator.problem.instance import Instance
from services.allocator.repair.certain import keeps_every_row
from services.allocator.repair.conflict import UNDECIDED
from services.allocator.repair.housing_model import housing_model
from services.allocator.repair.question import Rule, enough
from services.allocator.solve.clock import Clock
from services.allocator.solve.errors import NoPlanExists, OutOfTime
from services.allocator.solve.integer_program import WholeSolution, minimise_whole
from shared.contract.repairs import Family, Unit

FAMILIES: tuple[Family, ...] = get_args(Family)
TAG: dict[Family, str] = {
    "pins": "C6",
    "commitments": "C7",
    "ceilings": "C5",
    "homes": "C1",
    "support": "C4",
    "access": "C9",
}
UNIT: dict[str, Unit] = {"homes": "homes", "support": "slots"}
"""What a family counts in, where that is not households."""

_ROW = re.compile(r"(C[1456])\.\w+\[(.*)\]")
_HALF = 0.5

Shift = tuple[Rule, int]
"""A rule, and how much more it asks or allows (less, below zero)."""


@dataclass(frozen=True)
class _Give:
    """A column that lets a rule give way, and whether it lowers or raises its figure."""

    rule: Rule
    column: Column
    sign: int


def smallest_change(instance: Instance, family: Family, clock: Clock) -> list[Shift] | None:
    """Find the smallest change of this family alone after which a plan keeps every rule.

    Parameters
    ----------
    instance
        Narrowed to what must be housed; all its commitments must be kept.

    Returns
    -------
    What changes, sorted by rule, with a plan behind it that was added up row by row. None where
    this family alone is no way out, or time ran out before the smallest change was proven.
    """
    model, x, admissions = housing_model(instance, admit_more=family == "access")
    if family == "commitments":
        gives = [_Give(("C7", row.id), x.short[row.id], -1) for row in instance.commitments]
        for row in instance.commitments:
            model.column_upper[x.short[row.id]] = row.households
    elif family == "access":
        gives = [_Give(("C9", ",".join(who)), c, 1) for who, c in sorted(admissions.items())]
    else:
        gives = _loosen(model, TAG[family], enough(instance))
    try:
        found = _first_of_smallest(model, [give.column for give in gives], clock)
    except (NoPlanExists, *UNDECIDED):
        return None
    return _shifts(gives, found) if keeps_every_row(model, found.values) else None


def _first_of_smallest(model: LinearModel, columns: list[Column], clock: Clock) -> WholeSolution:
    least = minimise_whole(model, dict.fromkeys(columns, 1.0), clock)
    if least.bound < least.objective - _HALF:
        raise OutOfTime
    model.add_row("R.total", ((c, 1.0) for c in columns), upper=float(round(least.objective)))
    return minimise_whole(model, {c: k + 1.0 for k, c in enumerate(columns)}, clock)


def _shifts(gives: Iterable[_Give], found: WholeSolution) -> list[Shift]:
    shifts: dict[Rule, int] = {}
    for give in gives:
        moved = give.sign * round(found.values[give.column])
        shifts[give.rule] = shifts.get(give.rule, 0) + moved
    return sorted((rule, moved) for rule, moved in shifts.items() if moved)


def _loosen(model: LinearModel, tag: str, most: int) -> list[_Give]:
    gives = []
    for row, name in enumerate(list(model.row_names)):
        match = _ROW.fullmatch(name)
        if match is None or match[1] != tag:
            continue
        # A pin may be lowered as well: fewer households then count as enough.
        for sign in (1, -1) if tag == "C6" else (1,):
            column = model.add_column(f"R.give[{name},{sign}]", 0, most, whole=True)
            model.row_columns[row].append(column)
            model.row_values[row].append(-float(sign))
            gives.append(_Give((match[1], match[2]), column, sign))
    return gives


def rate_that_admits(instance: Instance, who: tuple[str, str], more: int) -> Fraction:
    """Give the shortest decimal that admits so many households more over the whole plan."""
    total = instance.total_need[who]
    exact = min(Fraction(1), instance.access[who] + Fraction(more, total))
    come = [
        sum(instance.need.get((*who, t), 0) for t in instance.periods[: n + 1])
        for n in range(len(instance.periods))
    ]
    for digits in range(1, 17):
        rate = Fraction(ceil(exact * 10**digits), 10**digits)
        if all(floor(rate * n) == floor(exact * n) for n in come):
            return rate
    return exact
