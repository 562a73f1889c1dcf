"""What is told of each number must follow from the plan and the levels: R6.

Whether a rule really stopped a level shows in prices, which the certificate has. Here is checked
what a reader relies on: the numbers, and that every rule and municipality named is there.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from shared.contract.result import Explanation, Result
from shared.verify.coverage import Subject, covered, named
from shared.verify.facts import Facts, Id
from shared.verify.numbers import STATED_AS, agrees
from shared.verify.objectives import stages_asked
from shared.verify.plan import Plan
from shared.verify.violations import Violation, about

_LEXIMIN = ("municipalFairness", "groupFairness")
_PRICED = re.compile(r"C(?!2$)\d+")


def explanations_cover_everything(facts: Facts, plan: Plan, result: Result) -> Iterator[Violation]:
    """R6: one row per municipality and group, and one for the total of each municipality."""
    cells: set[Subject] = {(i, g) for i in facts.municipalities for g in facts.groups}
    cells |= {(i, None) for i in facts.municipalities}
    yield from covered("R6", map(_subject, result.explanations), cells, cells)


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
        if row.group is not None:
            computed = _of_group(facts, plan, (row.municipality, row.group))
            target = targets.get((row.municipality, row.group))
            yield from _differences(row, computed, target)


def totals_add_up(facts: Facts, plan: Plan, result: Result) -> Iterator[Violation]:
    """R6: a total is the sum of the rows of its groups, and names no share and no binding rule."""
    groups: dict[Id, list[Explanation]] = defaultdict(list)
    for row in result.explanations:
        if row.group is not None:
            groups[row.municipality].append(row)
    for row in (r for r in result.explanations if r.group is None):
        parts = groups[row.municipality]
        computed = {
            "fair_share": sum(part.fair_share for part in parts),
            "proposed": float(sum(part.proposed for part in parts)),
        }
        yield from _differences(row, computed, sum(part.target for part in parts))
        if row.share is not None or row.rules:
            message = "A share and binding rules belong to a group, not to the total."
            yield Violation("R6", row.municipality, message)


def explanations_tell_the_levels(facts: Facts, plan: Plan, result: Result) -> Iterator[Violation]:
    """R6: the level of an explanation is the one in the list of levels, or is not there in both."""
    levels = {(row.municipality, row.group): row.level for row in result.levels}
    for row in result.explanations:
        level = levels.get(_subject(row))
        if not _same(row.level, level):
            message = f"The level is {level}, and the explanation says {row.level}."
            yield Violation("R6", named(_subject(row)), message)


def stops_are_of_this_problem(facts: Facts, plan: Plan, result: Result) -> Iterator[Violation]:
    """R6: what stopped a level exists, is named once, and would let it rise.

    Cells that it stopped together with are compared as well, and not at a higher level.
    """
    levels = {(row.municipality, row.group): row.level for row in result.levels}
    for row in result.explanations:
        told = [(stop.tag, stop.id) for stop in row.stopped_by]
        yield from _rules(facts, named(_subject(row)), told)
        for stop in row.stopped_by:
            if stop.tag != "C6" and (stop.value < 0) != (stop.tag == "C7"):
                message = f"{stop.tag} {stop.id!r} with {stop.value} does not let the level rise."
                yield Violation("R6", named(_subject(row)), message)
        if row.level is None and (row.stopped_by or row.together_with):
            yield Violation("R6", named(_subject(row)), "There is no level that could stop.")
        for cell in row.together_with:
            other = levels.get((cell.municipality, cell.group))
            same = (cell.group is None) == (row.group is None)
            high = other is None or row.level is None or other > row.level + STATED_AS
            if high or not same:
                message = f"{named((cell.municipality, cell.group))} is not at most as high."
                yield Violation("R6", named(_subject(row)), message)


def marginals_are_of_this_problem(facts: Facts, plan: Plan, result: Result) -> Iterator[Violation]:
    """R6: each rule has its marginal values once, of stages that were asked and have one value."""
    yield from _rules(facts, "marginals", [(row.tag, row.id) for row in result.marginals])
    asked = {(s.name, s.tier) for s in stages_asked(facts) if s.name not in _LEXIMIN}
    for row in result.marginals:
        given = Counter((stage.objective, stage.tier) for stage in row.stages)
        if given.keys() - asked or max(given.values()) > 1:
            message = "A stage is named twice, or has no marginal value."
            yield Violation("R6", f"marginals: {about(row.tag, row.id)}", message)


def _rules(facts: Facts, subject: str, told: list[tuple[str, Id]]) -> Iterator[Violation]:
    ids = facts.rule_ids
    for (tag, name), times in Counter(told).items():
        if not _PRICED.fullmatch(tag) or (tag in ids and name not in ids[tag]):
            yield Violation("R6", subject, f"The problem has no rule {tag} {name!r}.")
        if times > 1:
            yield Violation("R6", subject, f"The rule {tag} {name!r} is named {times} times.")


def _of_group(facts: Facts, plan: Plan, key: tuple[Id, Id]) -> dict[str, float]:
    return {
        "share": float(facts.share.get(key, 0)),
        "fair_share": float(facts.fair_share(*key)),
        "proposed": plan.hosted_in_all.get(key, 0),
    }


def _differences(
    row: Explanation, computed: dict[str, float], target: float | None
) -> Iterator[Violation]:
    wanted = computed if target is None else {**computed, "target": target}
    for field, value in wanted.items():
        stated = getattr(row, field)
        if stated is None or not agrees(stated, value):
            message = f"The {field.replace('_', ' ')} is {value:.9g}, and the result says {stated}."
            yield Violation("R6", named(_subject(row)), message)


def _same(stated: float | None, computed: float | None) -> bool:
    if stated is None or computed is None:
        return stated is computed
    return agrees(stated, computed)


def _subject(row: Explanation) -> Subject:
    return row.municipality, row.group
