"""Claims, proofs and plans that fit each other, but are not the best or not possible at all."""

import pytest

from shared.contract.certificate import (
    Certificate,
    FoundRow,
    Proof,
    SplitPlacement,
    SplitPlan,
    SplitTrade,
    StageProof,
)
from shared.contract.problem import Problem
from shared.contract.result import Level, Result
from tests.allocator.certificate.proofs import faults, proven, too_early, with_proof
from tests.allocator.region import region, shares, stages


def shared_by_two() -> Problem:
    """Three households, of which A and B each have to carry half."""
    return region(shares=shares(A=0.5, B=0.5), stages=stages("municipalFairness"))


def carried(a: float, b: float, *proofs: Proof) -> Result:
    """A carries so many households and B so many, with a plan that does just that."""
    plan = SplitPlan(
        placements=(
            SplitPlacement(lot="A-homes", group="status", households=a),
            SplitPlacement(lot="B-homes", group="status", households=b),
        ),
        trades=(trade("A", "A", a), trade("A", "B", b)),
    )
    proof = StageProof(objective="municipalFairness", proofs=proofs, reached_by=plan)
    levels = (Level(municipality="A", level=a / 1.5), Level(municipality="B", level=b / 1.5))
    changes = {"certificate": Certificate(stages=(proof,)), "levels": levels}
    return proven(shared_by_two()).model_copy(update=changes)


def trade(responsible: str, host: str, households: float, period: str = "2027") -> SplitTrade:
    """Status holders who move."""
    return SplitTrade(
        responsible=responsible, host=host, group="status", period=period, households=households
    )


IN_2027 = {"C2.held[status,2027]": -1.0, "C3.demand[status,2027]": -1.0}
"""In 2027 no more are housed than have come in all."""
TOGETHER = {"O4.floor[A]": 1.0, "O4.floor[B]": 1.0, **IN_2027}
"""A and B together carry at most three households."""
BOTH = ("O4.floor[A]", "O4.floor[B]")


def test_half_each_is_proven_by_what_they_carry_together() -> None:
    assert faults(shared_by_two(), carried(1.5, 1.5, Proof(duals=TOGETHER, keeps=BOTH))) == ()


def test_a_lower_level_is_not_kept_by_a_sum_with_a_higher_one() -> None:
    forged = carried(1.0, 2.0, Proof(duals=TOGETHER, keeps=BOTH))

    (fault,) = faults(shared_by_two(), forged)

    assert fault.message == "O4.floor[A] is kept by an inequality with a higher level."


def test_levels_that_leave_room_are_not_proven() -> None:
    forged = carried(1.0, 1.0, Proof(duals=TOGETHER, keeps=BOTH))

    (fault,) = faults(shared_by_two(), forged)

    assert fault.message == "Levels miss their inequality by 1 households."


def test_levels_that_nobody_can_have_are_not_proven() -> None:
    forged = carried(2.0, 2.0, Proof(duals=TOGETHER, keeps=BOTH))

    (fault,) = faults(shared_by_two(), forged)

    assert fault.message == "Levels miss their inequality by -1 households."


def test_a_floor_with_a_price_below_zero_keeps_nobody() -> None:
    duals = {"O4.floor[A]": -1.0, "O4.floor[B]": 1.0}
    forged = carried(1.5, 1.5, Proof(duals=duals, keeps=BOTH))

    (fault,) = faults(shared_by_two(), forged)

    assert fault.message == "The price of O4.floor[A] has the wrong sign."


IN_ALL = {row: 2 * price for row, price in IN_2027.items()}
"""Eight household-periods less of waiting."""


def housed_early(*trades: SplitTrade, homes: float = 4.0) -> Result:
    """A waiting of 4 in place of 12, proven as far as it can be, and a plan that would do it."""
    placed = SplitPlacement(lot="A-homes", group="status", households=homes)
    plan = SplitPlan(placements=(placed,), trades=trades)
    proof = StageProof(objective="waiting", tier=1, proofs=(Proof(duals=IN_ALL),), reached_by=plan)
    honest = proven(too_early())
    (stage,) = honest.stages
    changes = {
        "certificate": Certificate(stages=(proof,)),
        "stages": (stage.model_copy(update={"reference": 4.0}),),
    }
    return honest.model_copy(update=changes)


@pytest.mark.parametrize(
    ("trades", "why"),
    [
        ([trade("A", "A", 4)], "breaks C9"),
        ([trade("B", "A", 4)], "breaks C8"),
        ([trade("A", "A", 4, period="2028")], "breaks C2"),
        ([trade("A", "A", 3)], "breaks C2"),
        ([], "breaks C2"),
        ([trade("A", "nowhere", 4)], "breaks C8"),
    ],
)
def test_a_bound_that_nobody_reaches_is_not_a_reference(trades: list[SplitTrade], why: str) -> None:
    (fault,) = faults(too_early(), housed_early(*trades))

    assert fault.message == f"The plan that is to reach it {why}."


def test_households_that_do_not_exist_reach_nothing() -> None:
    (fault,) = faults(too_early(), housed_early(trade("C", "C", 4)))

    assert fault.tag == "O2"


def test_a_plan_with_more_households_than_homes_reaches_nothing() -> None:
    forged = housed_early(trade("A", "A", 5), homes=5.0)

    (fault,) = faults(too_early(), forged)

    assert fault.tag == "O2"


def test_a_price_below_zero_of_a_limit_on_one_side_is_named() -> None:
    forged = with_proof(proven(too_early()), 0, 0, duals={"C3.demand[status,2027]": 2.0})

    (fault,) = faults(too_early(), forged)

    assert fault.message == "The price of C3.demand[status,2027] has the wrong sign."


def test_a_found_row_cannot_be_about_what_does_not_exist() -> None:
    honest = proven(too_early())
    assert honest.certificate is not None
    changed = honest.certificate.model_copy(
        update={"found": (FoundRow(group="status", until={"nowhere": "2027"}),)}
    )

    (fault,) = faults(too_early(), honest.model_copy(update={"certificate": changed}))

    assert fault.message == (
        "C8.reach[status,1] is about a group or municipality that does not exist."
    )
