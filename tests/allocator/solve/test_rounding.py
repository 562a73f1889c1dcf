"""Where every corner is in halves, an integer program finds the plan next to it."""

from typing import Any

from shared.contract.problem import Problem
from tests.allocator.region import group, homes, need, region, stages
from tests.allocator.solving import solve

COACHES = {"status": "coach", "youth": "mentor"}


def triangles(*names: str) -> Problem:
    """Per group three homes, each two of which share one coach: one and a half can be used."""
    pairs = [["A", "B"], ["B", "C"], ["A", "C"]]
    rows: list[dict[str, Any]] = [
        {
            "id": f"{name}-{''.join(pair)}",
            "municipalities": pair,
            "type": COACHES[name],
            "period": "2027",
            "slots": 1,
        }
        for name in names
        for pair in pairs
    ]
    return region(
        groups=[group(name, support={COACHES[name]: {"slots": 1, "periods": 1}}) for name in names],
        supply=[
            homes(town, 1, id=f"{name}-{town}", groups=[name]) for name in names for town in "ABC"
        ],
        needs=[need("A", 3, group=name) for name in names],
        support=rows,
        stages=stages("waiting"),
    )


def test_a_corner_in_halves_becomes_one_household_in_the_first_lot() -> None:
    problem = triangles("status")
    result = solve(problem)
    assert [(row.lot, row.households) for row in result.placements] == [("status-A", 1)]
    assert (result.status, result.integrality_cost) == ("optimal", ())


def test_what_two_triangles_lose_is_searched_and_told() -> None:
    result = solve(triangles("status", "youth"))
    assert sum(row.households for row in result.placements) == 2
    assert [(c.objective, c.households, c.rule) for c in result.integrality_cost] == [
        ("waiting", 1, "whole households")
    ]
    assert result.status == "optimal"
