"""What becomes of a repair whose plan does not come, and of answers that fail our own checks."""

from collections.abc import Callable

import pytest

from services.allocator import advice as advice_module
from services.allocator.advice import UnverifiedAdvice, advise
from services.allocator.repair import menu
from services.allocator.repair.menu import Clash, UnverifiedConflict, clash_in, repairs_of
from services.allocator.service import SolveLimits
from services.allocator.solve.clock import Clock, Progress
from services.allocator.solve.errors import NoPlanExists, OutOfTime, SolverFailed
from shared.contract.problem import Problem
from shared.contract.result import Result, Shortfall
from shared.verify.violations import Violation
from tests.allocator.region import agreed, pin, region
from tests.allocator.solving import solve

PINNED = region(pins=[pin("A", 3)], ceilings=[agreed("A", 1)])
AGREED = region(commitments=[agreed("A", 9)])


def clash(problem: Problem, *, keep_commitments: bool = False) -> Clash:
    found = clash_in(problem, Clock(), keep_commitments=keep_commitments)
    assert found is not None
    return found


def raising(error: Exception) -> Callable[[Problem, Clock], Result]:
    def end(problem: Problem, clock: Clock) -> Result:
        raise error

    return end


def short_of_what_is_agreed(status: str) -> Callable[[Problem, Clock], Result]:
    def plan(problem: Problem, clock: Clock) -> Result:
        shortfalls = (Shortfall(commitment="row-A", households=1),)
        return solve(problem).model_copy(update={"status": status, "shortfalls": shortfalls})

    return plan


def test_a_repair_that_turns_out_to_have_no_plan_is_left_out() -> None:
    assert repairs_of(clash(PINNED), raising(NoPlanExists()), Clock()) == ()


@pytest.mark.parametrize("error", [OutOfTime(), SolverFailed("abnormal")])
def test_a_repair_whose_plan_does_not_come_is_told_without_it(error: Exception) -> None:
    found = repairs_of(clash(PINNED), raising(error), Clock())
    assert [(repair.family, repair.stages) for repair in found] == [("pins", ()), ("ceilings", ())]


def test_a_repair_whose_best_plan_breaks_a_promise_is_left_out() -> None:
    asked = clash(AGREED, keep_commitments=True)
    assert repairs_of(asked, short_of_what_is_agreed("optimal"), Clock()) == ()


def test_a_repair_whose_hasty_plan_breaks_a_promise_is_told_without_it() -> None:
    asked = clash(AGREED, keep_commitments=True)
    found = repairs_of(asked, short_of_what_is_agreed("feasible"), Clock())
    assert [(repair.family, repair.stages) for repair in found] == [("commitments", ())]


def test_the_plans_share_the_time_that_is_left_and_tell_that_of_the_whole() -> None:
    limits: list[float | None] = []
    told: list[Progress] = []

    def plan(problem: Problem, clock: Clock) -> Result:
        limits.append(clock.limit)
        clock.tell("waiting")
        return solve(problem)

    whole = Clock(1000.0, told.append)
    repairs_of(clash(PINNED), plan, whole)

    assert [round(limit or 0, -2) for limit in limits] == [500, 1000]
    assert [progress.objective for progress in told] == ["repairs", "waiting", "waiting"]
    assert told[-1].elapsed_seconds > told[0].elapsed_seconds


def test_a_conflict_that_fails_its_own_check_is_never_an_answer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(menu, "is_wrong", lambda *_: True)
    with pytest.raises(UnverifiedConflict, match="C5 row-A, C6 pin-A"):
        clash_in(PINNED, Clock())


def test_advice_that_the_verifier_refuses_is_never_an_answer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    refused = (Violation("R9", "repairs", "It does not add up."),)
    monkeypatch.setattr(advice_module, "verify_repairs", lambda *_: refused)
    with pytest.raises(UnverifiedAdvice, match="repairs: It does not add up"):
        advise(PINNED, SolveLimits(None, 1, 0), lambda progress: None)


def test_advice_in_no_time_names_what_clashes_without_any_plan() -> None:
    answer = advise(AGREED, SolveLimits(1e-9, 1, 0), lambda progress: None)
    assert [rule.tag for rule in answer.conflict] == ["C1", "C7"]
    assert [repair.stages for repair in answer.repairs] == [()]
