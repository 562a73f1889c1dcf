"""Which rules or commitments cannot hold together, and what would help."""

from collections.abc import Callable
from dataclasses import replace

from services.allocator.repair.conflict import UNDECIDED
from services.allocator.repair.menu import clash_in, repairs_of, stage_values
from services.allocator.service import SolveLimits, plan_for
from services.allocator.solve.clock import Clock, Progress
from shared.contract.canonical import problem_hash
from shared.contract.problem import Problem
from shared.contract.repairs import RepairAnswer, StageValue
from shared.verify.verify import verify_repairs

PLAN_PART = 0.25
"""Part of the time limit for the plan as it is; the rest is for the repairs."""


class UnverifiedAdvice(Exception):
    """The verifier refused our own advice: a bug, never an answer."""


def advise(problem: Problem, limits: SolveLimits, tell: Callable[[Progress], None]) -> RepairAnswer:
    """Find out why a problem has no plan, or none that keeps every commitment.

    Returns
    -------
    The rules that clash and the repairs, which the independent verifier has accepted.

    Raises
    ------
    UnverifiedAdvice
        When the verifier refuses them.
    """
    clock = Clock(limits.time_limit, tell)
    answer = RepairAnswer(problem_hash=problem_hash(problem))
    clash = clash_in(problem, clock)
    if clash is None:
        clash = clash_in(problem, clock, keep_commitments=True)
        if clash is not None:
            answer = answer.model_copy(update={"stages": _now(problem, limits, clock)})
    if clash is not None:
        repairs = repairs_of(clash, lambda p, time: plan_for(p, limits, time)[0], clock)
        answer = answer.model_copy(update={"conflict": clash.rules, "repairs": repairs})
    violations = verify_repairs(problem, answer)
    if violations:
        raise UnverifiedAdvice("; ".join(f"{v.subject}: {v.message}" for v in violations))
    return answer


def _now(problem: Problem, limits: SolveLimits, clock: Clock) -> tuple[StageValue, ...]:
    """Tell what the plan as it is is worth; nothing where there is no time for one."""
    part = clock if clock.limit is None else replace(clock, limit=clock.limit * PLAN_PART)
    try:
        return stage_values(plan_for(problem, limits, part)[0])
    except UNDECIDED:
        return ()
