"""From the reference to one plan in whole households.

The plan is sought close to the last corner of the reference, where most numbers are whole
already, in a model whose right-hand sides are whole. Agreements and waiting may not be worse than
the reference rounded up; what a municipality hosts stays within one household of its target; the
rest is as near as can be. Where a limit cannot hold, it is passed by as little as can be, and the
plan is only accepted once no plan is known to pass it by less; otherwise the region around the
corner grows, and in the end integer programs search everywhere. Then the remaining preferences
choose. Who is helped and who goes where is routed at the end, over the fewest kilometres.
"""

from dataclasses import replace

from services.allocator.model.build import build
from services.allocator.model.objectives import housing
from services.allocator.problem.instance import Instance
from services.allocator.problem.outcome import Reference, Targets, WholePlan
from services.allocator.problem.plan import Plan
from services.allocator.solve.around import Around
from services.allocator.solve.clock import Clock
from services.allocator.solve.errors import NoPlanExists, OutOfTime, SolverFailed
from services.allocator.solve.integer_program import minimise_whole
from services.allocator.solve.whole_pass import WholePass, open_all_routes, plan_of
from services.allocator.solve.whole_search import needs_search, search

NEIGHBOURHOODS = ((1, True), (1, True), (1, False), (3, False), (None, False))
"""Households by which a placement may move from the corner, and whether only placements that the
corner uses may; None is any number."""


def find_whole_plan(instance: Instance, reference: Reference, clock: Clock) -> WholePlan:
    """Find the plan in whole households that belongs to a reference.

    Raises
    ------
    NoPlanExists
        When no plan in whole households keeps the hard rules.
    OutOfTime
        When the clock ran out first.
    """
    clock.tell("wholeHouseholds")
    reference = replace(reference, targets=reference.targets.rounded())
    targets, solved = reference.targets, reference.stages
    if needs_search(instance):
        return search(instance, targets, solved, clock)
    around = Around(instance, reference, clock)
    try:
        if _look(around):
            around.spread()
            around.prefer()
            return WholePlan(plan_of(around.run, around.values, targets), around.bounds)
        return search(instance, targets, solved, clock)
    except OutOfTime:
        if not around.values:
            raise
        return WholePlan(plan_of(around.run, around.values, targets), around.bounds, proven=False)


def _look(around: Around) -> bool:
    for radius, used in NEIGHBOURHOODS if around.corner else NEIGHBOURHOODS[-1:]:
        try:
            if around.look(radius, used=used):
                return True
        except (NoPlanExists, SolverFailed):
            continue
    return False


def find_any_plan(instance: Instance, clock: Clock) -> Plan:
    """Find any plan in whole households that keeps the hard rules, with few waiting.

    Raises
    ------
    NoPlanExists
        When there is none.
    """
    run = WholePass(instance, *build(instance, whole=True))
    open_all_routes(run)
    tiers = (housing.waiting(run.model, run.x, instance, tier) for tier in instance.tiers)
    fewest = {column: price for tier in tiers for column, price in tier.items()}
    return plan_of(run, minimise_whole(run.model, fewest, clock).values, Targets())
