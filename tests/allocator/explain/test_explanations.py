"""Which rule holds a number back, on regions where it can be seen by hand."""

import pytest

from shared.contract.problem import Problem
from shared.contract.result import Explanation
from tests.allocator.region import (
    agreed,
    group,
    homes,
    km,
    need,
    pin,
    region,
    shares,
    stages,
)
from tests.allocator.solving import solve


def explained(problem: Problem, municipality: str, name: str = "status") -> Explanation:
    """The explanation of one number."""
    rows = solve(problem).explanations
    return next(row for row in rows if (row.municipality, row.group) == (municipality, name))


def rules(problem: Problem, municipality: str, name: str = "status") -> list[tuple[str, str]]:
    """The rules that hold one number back."""
    return [(rule.tag, rule.id) for rule in explained(problem, municipality, name).rules]


def test_a_full_lot_is_named() -> None:
    problem = region(supply=[homes("A", 2)], needs=[need("A", 3)])
    assert rules(problem, "A") == [("C1", "A-homes")]


def test_a_lot_with_half_a_home_left_is_full_for_a_whole_household() -> None:
    problem = region(groups=[group(size={"home": 2})], supply=[homes("A", 3)], needs=[need("A", 3)])
    assert rules(problem, "A") == [("C1", "A-homes")]


def test_a_binding_lot_tells_what_one_home_more_would_be_worth() -> None:
    problem = region(supply=[homes("A", 2)], needs=[need("A", 3)])
    (rule,) = explained(problem, "A").rules
    assert rule.objective == "waiting"
    assert rule.marginal == pytest.approx(-1)


def test_a_reached_ceiling_is_named() -> None:
    problem = region(supply=[homes("A", 9)], ceilings=[agreed("A", 2)])
    assert rules(problem, "A") == [("C5", "row-A")]


def test_a_ceiling_with_room_is_not_named() -> None:
    problem = region(supply=[homes("A", 9)], ceilings=[agreed("A", 9)])
    assert rules(problem, "A") == [("C3", "status")]


def test_full_support_is_named() -> None:
    slots = {"id": "coach", "municipalities": ["A"], "type": "coach", "period": "2027", "slots": 3}
    problem = region(
        groups=[group(support={"coach": {"slots": 2, "periods": 1}})],
        supply=[homes("A", 9)],
        support=[slots],
    )
    assert rules(problem, "A") == [("C4", "coach")]


def test_a_pin_is_named() -> None:
    problem = region(supply=[homes("A", 9)], pins=[pin("A", 2)])
    assert rules(problem, "A") == [("C6", "pin-A")]


def test_when_everybody_is_housed_that_is_the_reason() -> None:
    assert rules(region(supply=[homes("A", 9)]), "A") == [("C3", "status")]


def test_an_agreement_that_is_just_kept_is_named() -> None:
    problem = region(
        supply=[homes("A", 2), homes("B", 9)],
        needs=[need("A", 6)],
        shares=shares(A=1.0),
        commitments=[agreed("B", 1)],
    )
    assert ("C7", "row-B") not in rules(problem, "B")
    assert ("C7", "row-B") in rules(
        region(needs=[need("A", 3)], shares=shares(A=0.5, C=0.5), commitments=[agreed("B", 1)]),
        "B",
    )


def test_people_who_are_not_admitted_are_the_reason() -> None:
    rates = [{"municipality": "A", "group": "status", "rate": 0.5}]
    problem = region(groups=[group(spread="home")], needs=[need("A", 4)], access=rates)
    assert rules(problem, "A") == [("C9", "A,status,2027")]


def test_a_municipality_without_homes_says_so_by_its_own_name() -> None:
    problem = region(supply=[homes("A", 2)], needs=[need("A", 3)])
    assert rules(problem, "B") == [("C1", "B,status")]


def test_share_fair_share_target_and_number_stand_side_by_side() -> None:
    problem = region(needs=[need("A", 9)], shares=shares(A=0.5, B=0.25, C=0.25))
    row = explained(problem, "A")
    assert (row.share, row.fair_share, row.proposed) == (0.5, 4.5, 4)
    assert row.target == pytest.approx(4)


def test_a_chance_and_the_neighbour_that_pulls_are_told() -> None:
    problem = region(
        groups=[group(spread="home")],
        supply=[homes("A", 2), homes("B", 8)],
        needs=[need("A", 8), need("B", 8)],
        distances=[km("A", "B", 5)],
        reachKm=10,
    )
    pulls = [(row.municipality, row.chance, row.pull, row.towards) for row in solve(problem).pulls]
    assert pulls == [("A", 0.25, 0.75, "B"), ("B", 1, 0, None)]


def test_what_whole_households_cost_is_told_with_the_rule() -> None:
    rates = [{"municipality": "A", "group": "status", "rate": 0.5}]
    problem = region(needs=[need("A", 3)], access=rates, stages=stages("waiting"))
    (cost,) = solve(problem).integrality_cost or (None,)
    assert cost is None
    split = [{"municipality": m, "group": "status", "rate": 0.5} for m in "ABC"]
    worse = region(needs=[need(m, 3) for m in "ABC"], access=split, stages=stages("waiting"))
    (row,) = solve(worse).integrality_cost
    assert (row.objective, row.tier, row.households, row.rule) == ("waiting", 1, 1, "C9")
