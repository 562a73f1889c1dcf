"""What whole households are said to cost must be there: R7.

A cost excuses a plan that is further from its reference than rounding explains. That the named
rule forces it only a solver can tell; that the distance is there is checked here.
"""

from collections.abc import Iterator

from shared.contract.result import IntegralityCost, Result
from shared.verify.facts import Facts
from shared.verify.numbers import STATED_AS
from shared.verify.objectives import named, stage_value, stages_asked, stages_told
from shared.verify.plan import Plan
from shared.verify.violations import Violation, shown


def costs_are_of_this_problem(facts: Facts, plan: Plan, result: Result) -> Iterator[Violation]:
    """R7: what whole households cost is told of stages, municipalities and groups that exist."""
    stages = {(stage.name, stage.tier) for stage in stages_asked(facts)}
    for row in result.integrality_cost:
        if (row.objective, row.tier) not in stages:
            yield Violation("R7", named(row.objective, row.tier), "This stage was not asked for.")
        if row.municipality is not None and row.municipality not in facts.municipalities:
            yield Violation("R7", row.municipality, "There is no such municipality.")
        if row.group is not None and row.group not in facts.groups:
            yield Violation("R7", row.group, "There is no such group.")


def costs_are_there(facts: Facts, plan: Plan, result: Result) -> Iterator[Violation]:
    """R7: a cost is above zero and no more than the plan is away from its reference."""
    for row in result.integrality_cost:
        away = _distance(facts, plan, result, row)
        if away is not None and not 0 < abs(row.households) <= away + STATED_AS:
            message = f"The plan is {shown(away)} away, and the result says {row.households}."
            yield Violation("R7", named(row.objective, row.tier), message)


def _distance(facts: Facts, plan: Plan, result: Result, row: IntegralityCost) -> float | None:
    """Give the households that a plan is away from its reference; None where there is none."""
    if row.objective in ("commitments", "waiting"):
        return _above_reference(facts, plan, result, row)
    if row.objective == "groupFairness":
        return _from_target(plan, result, row)
    return None


def _above_reference(
    facts: Facts, plan: Plan, result: Result, row: IntegralityCost
) -> float | None:
    for key, stage in stages_told(facts, result):
        if (key.name, key.tier) == (row.objective, row.tier) and stage.reference is not None:
            return float(stage_value(facts, plan, key) or 0) - stage.reference
    return None


def _from_target(plan: Plan, result: Result, row: IntegralityCost) -> float | None:
    for level in result.levels:
        same = (level.municipality, level.group) == (row.municipality, row.group)
        if same and level.group is not None and level.households is not None:
            placed = plan.hosted_in_all.get((level.municipality, level.group), 0)
            return abs(placed - level.households)
    return None
