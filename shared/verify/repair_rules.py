"""R9: rules that are said to conflict are of this problem, and repairs add up.

Whether rules really clash, and whether a repair is the smallest, takes more than adding up; that
a repair starts from the figures of the problem and changes what it says does not.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from math import floor

from shared.contract.problem import Problem
from shared.contract.repairs import (
    Change,
    ConflictingRule,
    Family,
    Repair,
    RepairAnswer,
    missing_homes,
)
from shared.contract.result import Result
from shared.verify.facts import Facts, Id
from shared.verify.numbers import Exact, exact
from shared.verify.plan import Plan
from shared.verify.violations import Violation, about, shown

HARD = frozenset({"C1", "C3", "C4", "C5", "C6", "C8", "C9"})
FAMILY: dict[Family, tuple[str, str]] = {
    "pins": ("C6", "households"),
    "commitments": ("C7", "households"),
    "ceilings": ("C5", "households"),
    "homes": ("C1", "homes"),
    "support": ("C4", "slots"),
    "access": ("C9", "households"),
}
"""Per family of rules its tag, and the unit in which a repair is counted."""

_Figures = dict[tuple[str, Id], Exact]


def infeasible_for_a_reason(facts: Facts, plan: Plan, result: Result) -> Iterator[Violation]:
    """R9: hard rules conflict, a pin among them, and every repair adds up."""
    if not any(row.tag == "C6" for row in result.conflict):
        message = "No pin is named, and without pins it is always possible to house nobody."
        yield Violation("R9", "conflict", message)
    yield from conflict_is_of_this_problem(facts, result.conflict, HARD)
    yield from repairs_add_up(facts, result.repairs)


def advice_is_of_this_problem(facts: Facts, answer: RepairAnswer) -> Iterator[Violation]:
    """R9: what clashes holds a pin or a commitment, and only what clashes is repaired."""
    if answer.conflict and not any(row.tag in ("C6", "C7") for row in answer.conflict):
        message = "No pin or commitment is named, and the others only limit who is housed."
        yield Violation("R9", "conflict", message)
    if answer.repairs and not answer.conflict:
        yield Violation("R9", "repairs", "Repairs are given, and nothing conflicts.")
    yield from conflict_is_of_this_problem(facts, answer.conflict, HARD | {"C7"})
    yield from repairs_add_up(facts, answer.repairs)


def conflict_is_of_this_problem(
    facts: Facts, conflict: Iterable[ConflictingRule], hard: frozenset[str]
) -> Iterator[Violation]:
    """R9: each rule that conflicts is a hard rule of the problem, named once."""
    ids = _rule_ids(facts)
    for (tag, name), times in Counter((row.tag, row.id) for row in conflict).items():
        if tag not in hard:
            yield Violation("R9", about(tag, name), "This is not the tag of a hard rule.")
        elif name not in ids[tag]:
            yield Violation("R9", about(tag, name), "The problem has no such rule.")
        if times > 1:
            yield Violation("R9", about(tag, name), f"The rule is named {times} times.")


def repairs_add_up(facts: Facts, repairs: Sequence[Repair]) -> Iterator[Violation]:
    """R9: a repair changes figures of one family, from what they are, by its total."""
    figures = _figures(facts.problem)
    for family, times in Counter(repair.family for repair in repairs).items():
        if times > 1:
            yield Violation("R9", family, f"The family is repaired {times} times.")
    for repair in repairs:
        yield from _badly_counted(facts, repair)
        for change in repair.changes:
            yield from _badly_changed(facts, figures, FAMILY[repair.family][0], change)


def _badly_counted(facts: Facts, repair: Repair) -> Iterator[Violation]:
    unit = FAMILY[repair.family][1]
    if repair.unit != unit:
        yield Violation("R9", repair.family, f"It is counted in {unit}, not in {repair.unit}.")
    for name, times in Counter(change.id for change in repair.changes).items():
        if times > 1:
            yield Violation("R9", about(repair.family, name), f"It changes {times} times.")
    total = sum(_amount(facts, change) for change in repair.changes)
    if repair.total != total:
        message = f"The changes add up to {shown(total)}, and the total is {repair.total}."
        yield Violation("R9", repair.family, message)


def _badly_changed(
    facts: Facts, figures: _Figures, tag: str, change: Change
) -> Iterator[Violation]:
    subject, key = about(change.tag, change.id), (change.tag, change.id)
    before, after = exact(change.from_), exact(change.to)
    # Homes that are missing altogether have no row yet.
    figure = figures.get(key, 0)
    if change.tag != tag:
        yield Violation("R9", subject, f"The rules of this family have tag {tag}.")
    elif key not in figures and change.id not in _missing(facts, tag):
        yield Violation("R9", subject, "The problem has no such rule.")
    elif before != figure:
        yield Violation("R9", subject, f"The figure is {shown(figure)}, not {shown(before)}.")
    elif not _is_figure(tag, after):
        yield Violation("R9", subject, f"{shown(after)} cannot be its figure.")
    elif not _gives_room(tag, before, after):
        message = f"From {shown(before)} to {shown(after)} gives no more room."
        yield Violation("R9", subject, message)


def _is_figure(tag: str, value: Exact) -> bool:
    return value <= 1 if tag == "C9" else value == int(value)


def _gives_room(tag: str, before: Exact, after: Exact) -> bool:
    """A pin may become less or more, an agreement less, and all others more."""
    if tag == "C6":
        return after != before
    return after < before if tag == "C7" else after > before


def _amount(facts: Facts, change: Change) -> Exact:
    before, after = exact(change.from_), exact(change.to)
    if change.tag != "C9":
        return abs(Fraction(after) - Fraction(before))
    # A rate counts by the households that it admits over all periods.
    need = next((n for who, n in facts.total_need.items() if ",".join(who) == change.id), 0)
    return floor(Fraction(after) * need) - floor(Fraction(before) * need)


def _figures(problem: Problem) -> _Figures:
    figures: _Figures = {("C1", row.id): row.potential for row in problem.supply}
    figures |= {("C4", row.id): row.slots for row in problem.support}
    figures |= {("C5", row.id): row.households for row in problem.ceilings}
    figures |= {("C6", row.id): row.households for row in problem.pins}
    figures |= {("C7", row.id): row.households for row in problem.commitments}
    return figures | {("C9", f"{a.municipality},{a.group}"): exact(a.rate) for a in problem.access}


def _missing(facts: Facts, tag: str) -> set[Id]:
    """Give the ids that stand for suitable homes that are missing altogether."""
    if tag != "C1":
        return set()
    return {missing_homes(m, t) for m in facts.municipalities for t in facts.periods}


def _rule_ids(facts: Facts) -> dict[str, set[Id]]:
    named: dict[str, set[Id]] = {tag: set() for tag in HARD | {"C7"}}
    for tag, name in _figures(facts.problem):
        named[tag].add(name)
    named["C1"] |= _missing(facts, "C1")
    return {**named, "C3": set(facts.groups), "C8": set(facts.groups)}
