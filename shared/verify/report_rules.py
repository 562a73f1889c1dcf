"""What a result tells of chances and pulls must follow from its plan: R5."""

from collections.abc import Iterator

from shared.contract.result import Pull, Result
from shared.verify.coverage import covered
from shared.verify.facts import Facts
from shared.verify.numbers import agrees
from shared.verify.plan import Plan
from shared.verify.shopping import Shopping
from shared.verify.violations import Violation, about, shown

_EQUAL = 1e-9


def pulls_cover_what_is_compared(facts: Facts, plan: Plan, result: Result) -> Iterator[Violation]:
    """R5: one row per municipality and group with enough need, when `reachKm` is given."""
    cells = plan.shopping.chance.keys()
    needed = cells if facts.problem.reach_km is not None else set()
    rows = [(row.municipality, row.group) for row in result.pulls]
    yield from covered("R5", rows, cells, needed)


def pulls_follow_from_the_plan(facts: Facts, plan: Plan, result: Result) -> Iterator[Violation]:
    """R5: chance, pull and the municipality that pulls are recomputed from the trades."""
    shopping = plan.shopping
    for row in result.pulls:
        key = (row.municipality, row.group)
        if key not in shopping.chance:
            continue
        chance, pull = shopping.chance[key], shopping.pull[key]
        if not agrees(row.chance, chance):
            message = f"The chance is {shown(chance)}, and the result says {row.chance}."
            yield Violation("R5", about(*key), message)
        if not agrees(row.pull, pull):
            message = f"The pull is {shown(pull)}, and the result says {row.pull}."
            yield Violation("R5", about(*key), message)
        if not _towards_the_best(shopping, row):
            message = f"The best chance within reach is not in {row.towards!r}."
            yield Violation("R5", about(*key), message)


def _towards_the_best(shopping: Shopping, row: Pull) -> bool:
    key = (row.municipality, row.group)
    if row.towards is None:
        return shopping.pull[key] <= _EQUAL
    other = shopping.chance.get((row.towards, row.group))
    within = row.towards in shopping.neighbours[row.municipality]
    return other is not None and within and shopping.best[key] - other <= _EQUAL
