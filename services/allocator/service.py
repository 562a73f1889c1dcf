"""The pipeline: problem, model, solve, verify, explain."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from importlib.metadata import version

from services.allocator.explain import report
from services.allocator.explain.certificate import certificate
from services.allocator.explain.prices import worth_of_rules
from services.allocator.explain.stages import (
    cell_targets,
    integrality_costs,
    levels,
    stage_outcomes,
)
from services.allocator.model.build import build
from services.allocator.problem.instance import Instance
from services.allocator.problem.outcome import Reference, WholePlan
from services.allocator.problem.plan import Plan
from services.allocator.repair.menu import clash_in, repairs_of
from services.allocator.solve.clock import Clock, Progress
from services.allocator.solve.errors import NoPlanExists, OutOfTime, SolverFailed
from services.allocator.solve.first_plan import Wishes, first_plan
from services.allocator.solve.memory import Memory
from services.allocator.solve.split_plan import split_plans
from services.allocator.solve.stages import solve_stages
from services.allocator.solve.whole_plan import find_any_plan, find_whole_plan
from services.allocator.translate import instance_of
from shared.contract.canonical import plan_hash, problem_hash
from shared.contract.problem import Problem
from shared.contract.repairs import ConflictingRule
from shared.contract.result import Limits, Provenance, Result
from shared.verify.verify import verify

__all__ = ["Progress", "SolveLimits", "UnverifiedPlan", "allocate", "plan_for"]

STAGES_PART = 0.7
"""Part of the time limit for the stages."""
PLAN_PART = 0.9
"""Part of the time limit by which the plan in whole households is there; what remains is for
explaining and verifying it."""

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
        Whether to add what proves every stage, for `evenwicht verify --certificate`.
    """

    time_limit: float | None
    threads: int
    seed: int
    certificate: bool = False


class UnverifiedPlan(Exception):
    """The verifier refused our own plan: a bug, never an answer."""


def allocate(problem: Problem, limits: SolveLimits, tell: Callable[[Progress], None]) -> Result:
    """Answer one problem, as `allocate_again` does the first time."""
    return allocate_again(problem, limits, tell, None)[0]


def allocate_again(
    problem: Problem,
    limits: SolveLimits,
    tell: Callable[[Progress], None],
    before: Memory | None,
) -> tuple[Result, Memory | None]:
    """Answer one problem, perhaps sooner for what a solve of a similar one left behind.

    Returns
    -------
    A result that the independent verifier has accepted, and what this solve leaves behind; nothing
    where there is no plan.

    Raises
    ------
    UnverifiedPlan
        When the verifier refuses the result.
    """
    clock = Clock(limits.time_limit, tell)
    try:
        return plan_for(problem, limits, clock, before)
    except NoPlanExists:
        return _accepted(_without_plan(problem, limits, clock), problem, limits, clock), None


def plan_for(
    problem: Problem, limits: SolveLimits, clock: Clock, before: Memory | None = None
) -> tuple[Result, Memory]:
    """Plan for a problem that has a plan.

    Raises
    ------
    NoPlanExists
        When the hard rules contradict each other.
    UnverifiedPlan
        When the verifier refuses the plan.
    """
    instance = instance_of(problem)
    reference, found, memory = _solve(instance, clock, before, certificate=limits.certificate)
    result = _result(instance, reference, found)
    if limits.certificate:
        result = result.model_copy(update={"certificate": certificate(instance, reference)})
    return _accepted(result, problem, limits, clock), memory


def _accepted(result: Result, problem: Problem, limits: SolveLimits, clock: Clock) -> Result:
    result = _with_provenance(result, problem, limits, clock)
    violations = verify(problem, result)
    if violations:
        raise UnverifiedPlan("; ".join(f"{v.tag} {v.subject}: {v.message}" for v in violations))
    return result


def _solve(
    instance: Instance, clock: Clock, before: Memory | None, *, certificate: bool
) -> tuple[Reference, WholePlan, Memory]:
    model, x = build(instance)
    reference, face = solve_stages(model, x, instance, _part(clock, STAGES_PART), before)
    if certificate:
        reference = replace(reference, split_plans=split_plans(x, instance, reference.stages))
    try:
        if face.known:
            found = find_whole_plan(instance, reference, _part(clock, PLAN_PART))
            return reference, found, face.memory
    except (OutOfTime, SolverFailed):
        pass
    values = face.values
    wishes = {key: values[c] for key, c in x.placed.items() if face.known}
    return reference, WholePlan(_quick_plan(instance, wishes), proven=False), face.memory


def _part(clock: Clock, part: float) -> Clock:
    return clock if clock.limit is None else replace(clock, limit=clock.limit * part)


def _quick_plan(instance: Instance, wishes: Wishes) -> Plan:
    # A plan is owed even after the limit: the filling takes a moment, the search some seconds
    # and only where a pin is in the way of the filling.
    try:
        return first_plan(instance, wishes)
    except NoPlanExists:
        return find_any_plan(instance, Clock(QUICK_SEARCH))


def _without_plan(problem: Problem, limits: SolveLimits, clock: Clock) -> Result:
    """Name what clashes and what would help; where nothing clashes there is a plan after all."""
    clash = clash_in(problem, clock)
    if clash is None:
        instance = instance_of(problem)
        try:
            found = WholePlan(_quick_plan(instance, {}), proven=False)
            return _result(instance, Reference(), found)
        except (NoPlanExists, OutOfTime):
            # There was no time to leave any pin out.
            pins = tuple(ConflictingRule(tag="C6", id=pin.id) for pin in instance.pins)
            return Result(status="infeasible", conflict=pins, provenance=_UNKNOWN)
    without_proof = replace(limits, certificate=False)
    repairs = repairs_of(clash, lambda p, time: plan_for(p, without_proof, time)[0], clock)
    return Result(status="infeasible", conflict=clash.rules, repairs=repairs, provenance=_UNKNOWN)


def _result(instance: Instance, reference: Reference, found: WholePlan) -> Result:
    plan, solved = found.plan, reference.stages
    stages = stage_outcomes(found, solved)
    worth = worth_of_rules(instance, reference)
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
            plan, cell_targets(instance, solved, reference.targets.hosted), worth
        ),
        marginals=report.marginals(worth),
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
