"""What a certificate says of the plan in one sentence."""

from services.allocator.certificate.check import Proven
from services.allocator.certificate.sentence import how_far
from shared.contract.result import StageOutcome
from shared.contract.stages import StageName


def stage(name: StageName, off: float | None) -> Proven:
    """A stage of which 10 is the best."""
    outcome = StageOutcome(objective=name, value=None if off is None else 10 + off, seconds=0.0)
    return Proven(outcome, 10.0, off)


def test_a_plan_that_reaches_every_bound_is_the_best() -> None:
    proven = [stage("commitments", 0.0), stage("groupFairness", None), stage("distance", 1e-9)]

    assert how_far(proven) == "The plan reaches every bound: it is proven that none is better."


def test_the_first_stage_that_is_off_is_the_one_that_counts() -> None:
    proven = [stage("commitments", 0.0), stage("extraCapacity", 2.5), stage("distance", 7.0)]

    assert how_far(proven) == (
        "The plan is the best in the first 1 of its stages. At worst it is 2.5 units from the best"
        " in extraCapacity; later bounds are of plans that reach this one."
    )


def test_a_plan_that_is_off_at_once_is_best_in_nothing() -> None:
    assert how_far([stage("distance", 7.0)]) == (
        "At worst it is 7 household-km from the best in distance; later bounds are of plans that"
        " reach this one."
    )


def test_without_a_solved_stage_nothing_is_proven() -> None:
    assert how_far([]) == "Nothing is proven: no stage was solved."
