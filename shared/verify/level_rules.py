"""What a result says of the targets of fairness: R4, and how near the plan comes: O5."""

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from shared.contract.result import Level, Result
from shared.verify.facts import Facts
from shared.verify.fairness import Cell, group_shares, municipal_shares
from shared.verify.numbers import REFERENCE, STATED_AS, Exact, agrees, exact
from shared.verify.plan import Plan
from shared.verify.violations import Violation, about, shown

_ONE_HOUSEHOLD = 1 + 1e-6
# Levels nearer to each other than the first are one step of leximin; further apart than the
# second they are two. Between them either count is right.
_ONE_STEP, _TWO_STEPS = 1e-9, 1e-5


def levels_cover_what_is_compared(facts: Facts, plan: Plan, result: Result) -> Iterator[Violation]:
    """R4: an optimal result has one level per cell that is compared, and none besides."""
    cells = _cells(facts)
    given = Counter((row.municipality, row.group) for row in result.levels)
    for cell, times in given.items():
        if cell not in cells:
            yield Violation("R4", _named(cell), "There is a level, and nothing to compare here.")
        elif times > 1:
            yield Violation("R4", _named(cell), f"The level is given {times} times.")
    if result.status == "optimal":
        for cell in sorted(cells.keys() - given.keys(), key=_named):
            yield Violation("R4", _named(cell), "The level is missing.")


def levels_are_in_households(facts: Facts, plan: Plan, result: Result) -> Iterator[Violation]:
    """R4: a level is no less than zero, and its households are the level of the fair share."""
    cells = _cells(facts)
    for row in result.levels:
        fair = cells.get((row.municipality, row.group))
        if row.level < -STATED_AS:
            yield Violation("R4", _of(row), f"The level is {row.level}, below zero.")
        if row.households is None:
            if row.group is not None:
                yield Violation("R4", _of(row), "The level is not given in households.")
        elif fair is not None and not agrees(row.households, row.level * float(fair)):
            message = (
                f"{row.level} of a fair share of {shown(fair)} households is"
                f" {row.level * float(fair):.9g}, not {row.households}."
            )
            yield Violation("R4", _of(row), message)


def steps_are_counted(facts: Facts, plan: Plan, result: Result) -> Iterator[Violation]:
    """R4: an optimal leximin stage counts the distinct levels."""
    for stage in result.stages:
        if stage.objective not in ("municipalFairness", "groupFairness"):
            continue
        of_groups = stage.objective == "groupFairness"
        levels = sorted(r.level for r in result.levels if (r.group is not None) == of_groups)
        fewest, most = _steps(levels, _TWO_STEPS), _steps(levels, _ONE_STEP)
        if stage.levels is not None and not fewest <= stage.levels <= most:
            message = f"There are {most} distinct levels, and the result says {stage.levels}."
            yield Violation("R4", stage.objective, message)


def both_fairnesses_agree(facts: Facts, plan: Plan, result: Result) -> Iterator[Violation]:
    """R4: a municipality's level is that of its groups, weighed by burden.

    O4 and O5 are both kept by the reference plan, so its households per group (O5) add up to
    its level (O4); groups with less than one household to share are no cells and come on top.
    """
    if facts.slack("municipalFairness") > 0 or facts.slack("groupFairness") > 0:
        return
    levels = {(row.municipality, row.group): row.level for row in result.levels}
    fair_shares = group_shares(facts)
    for (i, _), fair in municipal_shares(facts).items():
        groups = [g for g in facts.shared_out() if facts.region_need.get(g.id, 0) > 0]
        cells = [g for g in groups if (i, g.id) in fair_shares]
        if (i, None) not in levels or any((i, g.id) not in levels for g in cells):
            continue
        told = levels[i, None] * float(fair)
        added = sum(levels[i, g.id] * float(exact(g.burden) * fair_shares[i, g.id]) for g in cells)
        complete = len(cells) == len(groups)
        if added - told > _room(fair) or (complete and told - added > _room(fair)):
            message = f"Its groups add up to {added:.9g}, and its own level to {told:.9g}."
            yield Violation("R4", i, message)


def plan_is_near_its_target(facts: Facts, plan: Plan, result: Result) -> Iterator[Violation]:
    """O5: an optimal plan is within one household of each target, or tells what forces it away."""
    if result.status != "optimal" or not facts.asked("groupFairness"):
        return
    told = {(row.municipality, row.group) for row in result.integrality_cost}
    slack, fair_shares = facts.slack("groupFairness"), group_shares(facts)
    for row in result.levels:
        cell = (row.municipality, row.group)
        if row.group is None or row.households is None or cell not in fair_shares or cell in told:
            continue
        placed = plan.hosted_in_all.get((row.municipality, row.group), 0)
        if abs(placed - row.households) >= _ONE_HOUSEHOLD + slack * float(fair_shares[cell]):
            message = (
                f"{placed} households are placed and the target is {row.households:.9g};"
                " that is a whole household away, and no rule is named for it."
            )
            yield Violation("O5", _of(row), message)


def _cells(facts: Facts) -> dict[Cell, Exact]:
    municipal = municipal_shares(facts) if facts.asked("municipalFairness") else {}
    of_groups = group_shares(facts) if facts.asked("groupFairness") else {}
    return {**municipal, **of_groups}


def _steps(levels: list[float], apart: float) -> int:
    jumps = sum(high - low > apart for low, high in pairwise(levels))
    return jumps + min(1, len(levels))


def _room(fair: Exact) -> float:
    return REFERENCE + 1e-5 * float(fair)


def _named(cell: Cell) -> str:
    return about(*(part for part in cell if part is not None))


def _of(row: Level) -> str:
    return _named((row.municipality, row.group))
