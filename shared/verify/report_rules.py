"""What a result tells per municipality and group must follow from its plan: R5 and R6."""

from collections import Counter
from collections.abc import Iterable, Iterator

from shared.contract.result import Explanation, Pull, Result
from shared.verify.facts import Facts, Id
from shared.verify.numbers import agrees
from shared.verify.plan import Plan
from shared.verify.shopping import Shopping, shopping_of
from shared.verify.violations import Violation, about, shown

_EQUAL = 1e-9


def pulls_cover_what_is_compared(facts: Facts, plan: Plan, result: Result) -> Iterator[Violation]:
    """R5: one row per municipality and group with enough need, when `reachKm` is given."""
    cells = shopping_of(facts, plan).chance.keys()
    needed = cells if facts.problem.reach_km is not None else set()
    rows = [(row.municipality, row.group) for row in result.pulls]
    yield from _covered("R5", rows, cells, needed)


def pulls_follow_from_the_plan(facts: Facts, plan: Plan, result: Result) -> Iterator[Violation]:
    """R5: chance, pull and the municipality that pulls are recomputed from the trades."""
    shopping = shopping_of(facts, plan)
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


def explanations_cover_everything(facts: Facts, plan: Plan, result: Result) -> Iterator[Violation]:
    """R6: one row per municipality and group."""
    cells = {(i, g) for i in facts.municipalities for g in facts.groups}
    rows = [(row.municipality, row.group) for row in result.explanations]
    yield from _covered("R6", rows, cells, cells)


def explanations_follow_from_the_plan(
    facts: Facts, plan: Plan, result: Result
) -> Iterator[Violation]:
    """R6: share and fair share are those of the problem, target and proposed those of the plan."""
    targets: dict[tuple[Id, Id], float] = {
        (row.municipality, row.group): row.households
        for row in result.levels
        if row.group is not None and row.households is not None
    }
    for row in result.explanations:
        for name, stated, computed in _numbers(facts, plan, targets, row):
            if not agrees(stated, computed):
                message = f"The {name} is {computed:.9g}, and the result says {stated:.9g}."
                yield Violation("R6", about(row.municipality, row.group), message)


def _numbers(
    facts: Facts, plan: Plan, targets: dict[tuple[Id, Id], float], row: Explanation
) -> Iterator[tuple[str, float, float]]:
    key = (row.municipality, row.group)
    yield "share", row.share, float(facts.share.get(key, 0))
    yield "fair share", row.fair_share, float(facts.fair_share(*key))
    yield "number proposed", row.proposed, plan.hosted_in_all.get(key, 0)
    if key in targets:
        yield "target", row.target, targets[key]


def _towards_the_best(shopping: Shopping, row: Pull) -> bool:
    key = (row.municipality, row.group)
    if row.towards is None:
        return shopping.pull[key] <= _EQUAL
    other = shopping.chance.get((row.towards, row.group))
    within = row.towards in shopping.neighbours[row.municipality]
    return other is not None and within and shopping.best[key] - other <= _EQUAL


def _covered(
    tag: str,
    rows: list[tuple[Id, Id]],
    allowed: Iterable[tuple[Id, Id]],
    needed: Iterable[tuple[Id, Id]],
) -> Iterator[Violation]:
    given = Counter(rows)
    for key in sorted(given.keys() - set(allowed)):
        yield Violation(tag, about(*key), "There is a row, and nothing to tell here.")
    for key in sorted(set(needed) - given.keys()):
        yield Violation(tag, about(*key), "The row is missing.")
    for key in sorted(key for key, times in given.items() if times > 1):
        yield Violation(tag, about(*key), f"The row is given {given[key]} times.")
