"""The whole answer to "these rules cannot hold together": why, and what would solve it."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from services.allocator.problem.instance import Instance
from services.allocator.repair.changes import FAMILIES, UNIT, smallest_change
from services.allocator.repair.conflict import UNDECIDED, conflict_in, is_wrong
from services.allocator.repair.question import narrowed
from services.allocator.repair.repaired import changes_of, repaired, total_of
from services.allocator.solve.clock import Clock, Progress
from services.allocator.solve.errors import NoPlanExists
from services.allocator.translate import instance_of
from shared.contract.problem import Problem, Stage
from shared.contract.repairs import Change, ConflictingRule, Family, Repair, StageValue
from shared.contract.result import Result

Solve = Callable[[Problem, Clock], Result]
"""Plans in full: every stage, whole households, verified; raises NoPlanExists."""

LEAST_SECONDS = 8.0
"""What naming the clash and the changes may take when the time limit has passed already [s]."""


class UnverifiedConflict(Exception):
    """A check of our own conflict refused it: a bug, never an answer."""


@dataclass(frozen=True)
class Clash:
    """A question whose rules cannot hold together, and the rules that say so."""

    problem: Problem
    instance: Instance
    rules: tuple[ConflictingRule, ...]


def clash_in(problem: Problem, clock: Clock, *, keep_commitments: bool = False) -> Clash | None:
    """Find a minimal set of rules that cannot hold together in whole households.

    Parameters
    ----------
    keep_commitments
        Whether every commitment must be kept in full, as a pin is; otherwise they may fall short.

    Returns
    -------
    The clash; None when there is a plan, or the clock ran out before it was clear.

    Raises
    ------
    UnverifiedConflict
        When the rules that were found do not clash after all, or one of them is to spare.
    """
    clock.tell("conflict")
    instance = instance_of(problem)
    asked = narrowed(instance if keep_commitments else replace(instance, commitments=()))
    patient = _patient(clock)
    conflict = conflict_in(asked, patient)
    if conflict is None:
        return None
    if conflict.minimal and is_wrong(asked, conflict.rules, patient):
        raise UnverifiedConflict(", ".join(f"{tag} {name}" for tag, name in conflict.rules))
    named = tuple(ConflictingRule(tag=tag, id=name) for tag, name in conflict.rules)
    return Clash(problem, asked, named)


def repairs_of(clash: Clash, solve: Solve, clock: Clock) -> tuple[Repair, ...]:
    """List the smallest repair per family of rules that can repair the clash alone.

    Parameters
    ----------
    solve
        Makes the plan that a repair leads to.
    clock
        The plans share the time that is left; without time a repair comes without its plan.
    """
    clock.tell("repairs")
    patient = _patient(clock)
    found: list[tuple[Family, list[Change]]] = []
    for family in FAMILIES:
        shifts = smallest_change(clash.instance, family, patient)
        if shifts:
            found.append((family, changes_of(clash.problem, clash.instance, shifts)))
    rows = [
        _repair(clash, family, changes, solve, _share(clock, len(found) - done))
        for done, (family, changes) in enumerate(found)
    ]
    return tuple(row for row in rows if row is not None)


def stage_values(result: Result) -> tuple[StageValue, ...]:
    """Give what the plan of a result is worth in each stage."""
    return tuple(
        StageValue(objective=row.objective, tier=row.tier, value=row.value) for row in result.stages
    )


def _repair(
    clash: Clash, family: Family, changes: list[Change], solve: Solve, clock: Clock
) -> Repair | None:
    """Make the repair and plan with it; None when that shows that it is no repair."""
    try:
        plan = _plan(clash, changes, solve, clock)
    except NoPlanExists:
        return None
    return Repair(
        family=family,
        unit=UNIT.get(family, "households"),
        total=total_of(clash.instance, changes),
        changes=tuple(changes),
        stages=() if plan is None else stage_values(plan),
    )


def _plan(clash: Clash, changes: list[Change], solve: Solve, clock: Clock) -> Result | None:
    """Plan for the repaired problem; None where there is no time for a plan that is good enough."""
    problem = repaired(clash.problem, clash.instance, changes)
    keep = bool(clash.instance.commitments)
    if clock.seconds_left() == 0.0:
        return None
    try:
        plan = solve(_keeping_commitments(problem) if keep else problem, clock)
    except UNDECIDED:
        return None
    if not (keep and plan.shortfalls):
        return plan
    if plan.status == "optimal":
        raise NoPlanExists
    return None


def _keeping_commitments(problem: Problem) -> Problem:
    """Put the commitments before everything else."""
    first = Stage(objective="commitments")
    others = (stage for stage in problem.stages if stage.objective != "commitments")
    return problem.model_copy(update={"stages": (first, *others)})


def _patient(clock: Clock) -> Clock:
    left = clock.seconds_left()
    return Clock() if left is None else Clock(max(left, LEAST_SECONDS))


def _share(clock: Clock, parts: int) -> Clock:
    """Give one part of the time that is left, on a clock that tells the time of the whole."""

    def report(progress: Progress) -> None:
        clock.report(replace(progress, elapsed_seconds=clock.elapsed()))

    left = clock.seconds_left()
    return Clock(None if left is None else left / parts, report)
