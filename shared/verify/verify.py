"""The verifier: a result that it does not accept is never returned."""

from collections.abc import Callable, Iterator

from shared.contract.canonical import problem_hash
from shared.contract.problem import Problem
from shared.contract.repairs import RepairAnswer
from shared.contract.result import Result
from shared.verify.agreement_rules import ceilings_hold, pins_are_exact, shortfalls_are_told
from shared.verify.binding_rules import explanations_name_what_binds
from shared.verify.capacity_rules import lots_hold_what_they_can, support_slots_are_enough
from shared.verify.cost_rules import costs_are_of_this_problem, costs_are_there
from shared.verify.document_rules import (
    conflict_comes_without_plan,
    hashes_are_right,
    plan_comes_without_conflict,
    rows_are_given_once,
    rows_refer_to_the_problem,
)
from shared.verify.explanation_rules import (
    explanations_cover_everything,
    explanations_follow_from_the_plan,
    explanations_tell_the_levels,
    marginals_are_of_this_problem,
    stops_are_of_this_problem,
    totals_add_up,
)
from shared.verify.facts import Facts, facts_of
from shared.verify.household_rules import (
    access_is_respected,
    every_home_has_its_household,
    households_move_where_they_may,
    waiting_follows_from_the_plan,
)
from shared.verify.level_rules import (
    both_fairnesses_agree,
    levels_are_in_households,
    levels_cover_what_is_compared,
    plan_is_near_its_target,
    steps_are_counted,
)
from shared.verify.plan import Plan, plan_of
from shared.verify.repair_rules import advice_is_of_this_problem, infeasible_for_a_reason
from shared.verify.report_rules import (
    pulls_cover_what_is_compared,
    pulls_follow_from_the_plan,
)
from shared.verify.stage_rules import (
    no_stage_beats_its_bound,
    stage_values_follow_from_the_plan,
    stages_are_those_asked,
    whole_households_cost_little,
)
from shared.verify.violations import Violation

PlanRule = Callable[[Facts, Plan], Iterator[Violation]]
ReportRule = Callable[[Facts, Plan, Result], Iterator[Violation]]

PLAN_RULES: tuple[PlanRule, ...] = (
    lots_hold_what_they_can,  # C1
    every_home_has_its_household,  # C2
    waiting_follows_from_the_plan,  # C3
    support_slots_are_enough,  # C4
    ceilings_hold,  # C5
    pins_are_exact,  # C6
    shortfalls_are_told,  # C7
    households_move_where_they_may,  # C8
    access_is_respected,  # C9
)
REPORT_RULES: tuple[ReportRule, ...] = (
    stage_values_follow_from_the_plan,  # O1-O9
    no_stage_beats_its_bound,  # O1-O9
    whole_households_cost_little,  # O1, O2
    plan_is_near_its_target,  # O5
    rows_refer_to_the_problem,  # R1
    rows_are_given_once,  # R2
    stages_are_those_asked,  # R3
    levels_cover_what_is_compared,  # R4
    levels_are_in_households,  # R4
    steps_are_counted,  # R4
    both_fairnesses_agree,  # R4
    pulls_cover_what_is_compared,  # R5
    pulls_follow_from_the_plan,  # R5
    explanations_cover_everything,  # R6
    explanations_follow_from_the_plan,  # R6
    explanations_name_what_binds,  # R6
    totals_add_up,  # R6
    explanations_tell_the_levels,  # R6
    stops_are_of_this_problem,  # R6
    marginals_are_of_this_problem,  # R6
    costs_are_of_this_problem,  # R7
    costs_are_there,  # R7
    hashes_are_right,  # R8
    plan_comes_without_conflict,  # R9
)
CONFLICT_RULES: tuple[ReportRule, ...] = (
    hashes_are_right,  # R8
    conflict_comes_without_plan,  # R9
    infeasible_for_a_reason,  # R9
)


def verify(problem: Problem, result: Result) -> tuple[Violation, ...]:
    """Recompute every rule and objective of a result.

    Parameters
    ----------
    problem
        What was asked.
    result
        What was answered.

    Returns
    -------
    Every violation, sorted by tag and subject; empty when the result is accepted.

    Source: services/allocator/model/FORMULATION.md, sections 4, 5 and 8. Numbers are exact:
    whole households are integers and a decimal is the fraction that its text says. Only what a
    result states as a decimal (values, levels, chances) is compared with a tolerance.
    """
    facts = facts_of(problem)
    plan = plan_of(facts, result)
    if result.status == "infeasible":
        found = _broken(CONFLICT_RULES, facts, plan, result)
    else:
        found = [violation for rule in PLAN_RULES for violation in rule(facts, plan)]
        found += _broken(REPORT_RULES, facts, plan, result)
    return tuple(sorted(set(found)))


def verify_repairs(problem: Problem, answer: RepairAnswer) -> tuple[Violation, ...]:
    """Check as far as adding up goes that an answer names rules of this problem, and repairs them.

    Returns
    -------
    Every violation, sorted by subject; empty when the answer is accepted.
    """
    found = list(advice_is_of_this_problem(facts_of(problem), answer))
    asked = problem_hash(problem)
    if answer.problem_hash != asked:
        message = f"The problem is {asked}, not {answer.problem_hash}."
        found.append(Violation("R8", "problemHash", message))
    return tuple(sorted(set(found)))


def _broken(
    rules: tuple[ReportRule, ...], facts: Facts, plan: Plan, result: Result
) -> list[Violation]:
    return [violation for rule in rules for violation in rule(facts, plan, result)]
