"""A problem with its repair made: the figures that change, and the problem that they give."""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from math import floor
from typing import Any

from services.allocator.problem.instance import Instance
from services.allocator.repair.changes import Shift, rate_that_admits
from services.allocator.repair.question import Rule, new_homes
from shared.contract.problem import Access, Lot, Problem
from shared.contract.repairs import Change

FIGURE: Mapping[str, tuple[str, str]] = {
    "C1": ("supply", "potential"),
    "C4": ("support", "slots"),
    "C5": ("ceilings", "households"),
    "C6": ("pins", "households"),
    "C7": ("commitments", "households"),
    "C9": ("access", "rate"),
}
"""Per tag the list of the problem and the figure in it that a repair changes."""


def changes_of(problem: Problem, instance: Instance, shifts: Iterable[Shift]) -> list[Change]:
    """Say of each figure that shifts what it is and what it becomes.

    Parameters
    ----------
    problem
        As it was asked.
    instance
        The same, narrowed to what must be housed.
    shifts
        Rules, and how much more each asks or allows.
    """
    figures = _figures(problem)
    return [
        Change.model_validate(
            {
                "tag": rule[0],
                "id": rule[1],
                # Homes that are missing altogether have no row yet.
                "from_": (now := figures.get(rule, 0)),
                "to": _admitting(instance, rule, more) if rule[0] == "C9" else now + more,
            }
        )
        for rule, more in shifts
    ]


def repaired(problem: Problem, instance: Instance, changes: Iterable[Change]) -> Problem:
    """Make the changes in a problem; of a lot, what is reported rises with its potential."""
    to = {(change.tag, change.id): change.to for change in changes}
    lists: dict[str, tuple[Any, ...]] = {}
    for tag, (name, figure) in FIGURE.items():
        rows = getattr(problem, name)
        if any(changed == tag for changed, _ in to):
            lists[name] = tuple(_with(row, figure, to.pop((tag, _name(row)), None)) for row in rows)
    # What is left are homes that are missing altogether.
    suited = {lot.id: lot for lot in instance.lots}
    added = [
        new_homes(lot.municipality, lot.period, lot.groups, int(homes))
        for (_, name), homes in sorted(to.items())
        for lot in [suited[name]]
    ]
    if added:
        lists["supply"] = (*lists["supply"], *added)
    return problem.model_copy(update=lists)


def total_of(instance: Instance, changes: Iterable[Change]) -> int:
    """Add up what changes: households, homes or slots; for a rate, who is admitted more."""
    return sum(_amount(instance, change) for change in changes)


def _amount(instance: Instance, change: Change) -> int:
    if change.tag != "C9":
        return int(abs(change.to - change.from_))
    need = instance.total_need[_who(instance, change.id)]
    before, after = (floor(Fraction(str(rate)) * need) for rate in (change.from_, change.to))
    return after - before


def _figures(problem: Problem) -> dict[Rule, int | float]:
    return {
        (tag, _name(row)): getattr(row, figure)
        for tag, (name, figure) in FIGURE.items()
        for row in getattr(problem, name)
    }


def _name(row: Any) -> str:
    return ",".join((row.municipality, row.group)) if isinstance(row, Access) else str(row.id)


def _admitting(instance: Instance, rule: Rule, more: int) -> float:
    return float(rate_that_admits(instance, _who(instance, rule[1]), more))


def _who(instance: Instance, name: str) -> tuple[str, str]:
    """Find the responsible municipality and group of a rule about access."""
    return next(who for who in instance.access if ",".join(who) == name)


def _with(row: Any, figure: str, to: float | None) -> Any:
    if to is None:
        return row
    changed = {figure: to}
    if isinstance(row, Lot):
        changed["reported"] = row.reported + to - row.potential
    return row.model_copy(update=changed)
