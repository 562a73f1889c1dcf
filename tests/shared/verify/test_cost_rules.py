"""R7: what whole households are said to cost."""

from shared.contract.result import IntegralityCost, Result
from shared.verify.cost_rules import costs_are_of_this_problem, costs_are_there
from tests.shared.four_municipalities import PROBLEM, RESULT, mistold, with_row

WAITING_1, A_STATUS = 1, 4


def with_cost(result: Result, cost: IntegralityCost) -> Result:
    return result.model_copy(update={"integrality_cost": (cost,)})


def waiting(households: float) -> IntegralityCost:
    return IntegralityCost(objective="waiting", tier=1, households=households, rule="C9")


def in_a(households: float) -> IntegralityCost:
    return IntegralityCost(
        objective="groupFairness",
        municipality="A",
        group="status",
        households=households,
        rule="C1 A-home",
    )


LAZY = with_row(RESULT, "stages", WAITING_1, reference=12.5)
FAR = with_row(RESULT, "levels", A_STATUS, households=6.0)


def test_a_cost_of_things_that_exist_is_accepted() -> None:
    assert mistold(costs_are_of_this_problem, PROBLEM, with_cost(RESULT, in_a(1))) == []


def test_a_cost_of_things_that_do_not_exist_is_refused() -> None:
    nowhere = IntegralityCost(
        objective="waiting", tier=9, municipality="Z", group="nobody", households=1, rule="C1"
    )
    expected = [("R7", "waiting, tier 9"), ("R7", "Z"), ("R7", "nobody")]
    assert mistold(costs_are_of_this_problem, PROBLEM, with_cost(RESULT, nowhere)) == expected


def test_a_cost_in_waiting_is_at_most_what_the_plan_is_above_its_reference() -> None:
    assert mistold(costs_are_there, PROBLEM, with_cost(LAZY, waiting(1.5))) == []
    refused = [("R7", "waiting, tier 1")]
    assert mistold(costs_are_there, PROBLEM, with_cost(LAZY, waiting(1.6))) == refused


def test_a_cost_of_nothing_is_refused() -> None:
    refused = [("R7", "waiting, tier 1")]
    assert mistold(costs_are_there, PROBLEM, with_cost(RESULT, waiting(0))) == refused
    assert mistold(costs_are_there, PROBLEM, with_cost(RESULT, waiting(1))) == refused


def test_a_cost_without_a_reference_is_not_compared() -> None:
    unknown = with_row(RESULT, "stages", WAITING_1, reference=None)
    assert mistold(costs_are_there, PROBLEM, with_cost(unknown, waiting(1))) == []


def test_a_cost_in_a_target_is_at_most_what_the_plan_is_away_from_it() -> None:
    assert mistold(costs_are_there, PROBLEM, with_cost(FAR, in_a(-2))) == []
    refused = [("R7", "groupFairness")]
    assert mistold(costs_are_there, PROBLEM, with_cost(FAR, in_a(2.1))) == refused


def test_a_cost_in_a_target_that_is_not_told_is_not_compared() -> None:
    untold = RESULT.model_copy(update={"levels": ()})
    assert mistold(costs_are_there, PROBLEM, with_cost(untold, in_a(1))) == []


def test_a_cost_of_another_stage_is_not_compared() -> None:
    far = IntegralityCost(objective="distance", households=3, rule="C2")
    assert mistold(costs_are_there, PROBLEM, with_cost(RESULT, far)) == []
