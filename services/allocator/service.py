"""The pipeline: problem, model, solve, verify, explain."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from importlib.metadata import version

from services.allocator.explain import report
from services.allocator.explain.stages import (
    cell_targets,
    certificate,
    integrality_costs,
    levels,
    marginals,
    stage_outcomes,
)
from services.allocator.model.build import build
from services.allocator.problem.instance import Instance
from services.allocator.problem.outcome import Solved, Targets, WholePlan
from services.allocator.problem.plan import Plan
from services.allocator.solve.clock import Clock, Progress
from services.allocator.solve.conflict import clashing_pins, conflicting_rules
from services.allocator.solve.errors import NoPlanExists, OutOfTime, SolverFailed
from services.allocator.solve.first_plan import Wishes, first_plan
from services.allocator.solve.stages import solve_stages
from services.allocator.solve.whole_plan import find_any_plan, find_whole_plan, targets_of
from services.allocator.translate import instance_of
from shared.contract.canonical import plan_hash, problem_hash
from shared.contract.problem import Problem
from shared.contract.result import ConflictingRule, Limits, Provenance, Result
from shared.verify.verify import verify

__all__ = ["Progress", "SolveLimits", "UnverifiedPlan", "allocate"]

STAGES_PART = 0.7
"""Part of the time limit for the stages; the rest is for the plan in whole households."""


QUICK_SEARCH = 8.0
"""Seconds for the search of a plan that is owed after the time limit."""


@dataclass(frozen=True)
class SolveLimits:
    """What a solve may use.

    Parameters
    ----------
    time_limit
        Seconds until the best plan so far is given; None for no limit.
    threads
        Processors the solve may use at most; it uses one, so the plan does not depend on it.
    seed
        Recorded with the plan; no step of ours draws lots, and the search keeps its own default.
    certificate
        Whether to add the dual values that prove every stage; for a region some 10 MB.
    """

    time_limit: float | None
    threads: int
    seed: int
    certificate: bool = False


class UnverifiedPlan(Exception):
    """The verifier refused our own plan: a bug, never an answer."""


def allocate(problem: Problem, limits: SolveLimits, tell: Callable[[Progress], None]) -> Result:
    """Answer one problem.

    Returns
    -------
    A result that the independent verifier has accepted.

    Raises
    ------
    UnverifiedPlan
        When the verifier refuses the result.
    """
    instance = instance_of(problem)
    clock = Clock(limits.time_limit, tell)
    try:
        solved, targets, found = _solve(instance, clock)
    except NoPlanExists:
        result = _without_plan(instance)
    else:
        result = _result(instance, solved, targets, found)
        if limits.certificate:
            result = result.model_copy(update={"certificate": certificate(solved)})
    result = _with_provenance(result, problem, limits, clock)
    violations = verify(problem, result)
    if violations:
        raise UnverifiedPlan("; ".join(f"{v.tag} {v.subject}: {v.message}" for v in violations))
    return result


def _solve(instance: Instance, clock: Clock) -> tuple[list[Solved], Targets, WholePlan]:
    model, x = build(instance)
    first = clock if clock.limit is None else replace(clock, limit=clock.limit * STAGES_PART)
    solved, face = solve_stages(model, x, instance, first)
    targets = targets_of(x, instance, face.values)
    try:
        if solved:
            return solved, targets, find_whole_plan(instance, solved, targets, clock)
    except (OutOfTime, SolverFailed):
        pass
    wishes = {key: face.values[column] for key, column in x.placed.items() if solved}
    return solved, targets, WholePlan(_quick_plan(instance, wishes), proven=False)


def _quick_plan(instance: Instance, wishes: Wishes) -> Plan:
    # A plan is owed even after the limit: the filling takes a moment, the search some seconds
    # and only where a pin is in the way of the filling.
    try:
        return first_plan(instance, wishes)
    except NoPlanExists:
        return find_any_plan(instance, Clock(QUICK_SEARCH))


def _without_plan(instance: Instance) -> Result:
    """Name what clashes; where nothing is found to clash, there must be a plan after all."""
    rules = conflicting_rules(instance, Clock())
    if not rules:
        try:
            found = WholePlan(_quick_plan(instance, {}), proven=False)
            return _result(instance, [], Targets({}, {}), found)
        except NoPlanExists:
            rules = clashing_pins(instance, Clock(QUICK_SEARCH))
    conflict = tuple(ConflictingRule(tag=tag, id=name) for tag, name in rules)
    return Result(status="infeasible", conflict=conflict, provenance=_UNKNOWN)


def _result(instance: Instance, solved: list[Solved], targets: Targets, found: WholePlan) -> Result:
    plan = found.plan
    stages = stage_outcomes(found, solved)
    complete = found.proven and len(solved) == len(stages)
    return Result(
        status="optimal" if complete else "feasible",
        stages=stages,
        levels=levels(instance, solved),
        placements=report.placements(plan),
        trades=report.trades(plan),
        shortfalls=report.shortfalls(plan),
        waiting=report.waiting(plan),
        extra_capacity=report.extra_capacity(plan),
        pulls=report.pulls(plan),
        explanations=report.explanations(
            plan, cell_targets(instance, solved, targets.hosted), marginals(solved)
        ),
        integrality_cost=integrality_costs(found, solved) if found.proven else (),
        provenance=_UNKNOWN,
    )


_UNKNOWN = Provenance(
    problem_hash="unknown",
    solver="OR-Tools",
    solver_version=version("ortools"),
    seed=0,
    threads=1,
    limits=Limits(),
    wall_seconds=0.0,
)


def _with_provenance(result: Result, problem: Problem, limits: SolveLimits, clock: Clock) -> Result:
    provenance = Provenance(
        problem_hash=problem_hash(problem),
        plan_hash=plan_hash(result),
        solver="OR-Tools GLOP and SCIP",
        solver_version=version("ortools"),
        seed=limits.seed,
        threads=limits.threads,
        limits=Limits(time_limit_seconds=limits.time_limit),
        wall_seconds=clock.elapsed(),
    )
    return result.model_copy(update={"provenance": provenance})
