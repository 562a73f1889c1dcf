"""A planner may decide a total: of a group over all periods, or of all groups together."""

from typing import Any

import pytest

from shared.contract.problem import Problem
from shared.contract.reading import problem_from
from shared.contract.result import Result
from shared.faults import InvalidDocument
from tests.allocator.region import group, homes, need, pin, region, shares, year
from tests.allocator.solving import households, solve

NO_TIME = 1e-6


def total(municipality: str, number: int, **changes: Any) -> dict[str, Any]:
    """A decision on all groups in all years, named for its municipality."""
    row = {**pin(municipality, number), **changes}
    return {key: value for key, value in row.items() if value is not None}


def two_years(*pins: dict[str, Any]) -> Problem:
    """Two groups and two years; A and B each have 4 homes a year for either group."""
    both = ["status", "youth"]
    return region(
        periods=[year(2027), year(2028)],
        groups=[group(), group("youth")],
        supply=[
            homes("A", 4, groups=both),
            homes("A", 4, id="A-2028", period="2028", groups=both),
            homes("B", 4, groups=both),
            homes("B", 4, id="B-2028", period="2028", groups=both),
        ],
        needs=[need("A", 6), need("B", 6, group="youth")],
        shares=shares(A=0.5, B=0.5),
        pins=pins,
    )


def hosted_in_all(result: Result, municipality: str) -> int:
    """Households of all groups that a municipality hosts."""
    rows = result.explanations
    return next(r.proposed for r in rows if (r.municipality, r.group) == (municipality, None))


ALL_OF_A = total("A", 3, group=None, period=None)
STATUS_OF_A = total("A", 2, period=None)
A_IN_2027 = total("A", 1, group=None)


@pytest.mark.parametrize("limit", [None, NO_TIME])
def test_a_total_over_groups_and_years_is_kept(limit: float | None) -> None:
    assert hosted_in_all(solve(two_years(ALL_OF_A), time_limit=limit), "A") == 3


@pytest.mark.parametrize("limit", [None, NO_TIME])
def test_a_total_of_one_group_over_years_is_kept(limit: float | None) -> None:
    assert households(solve(two_years(STATUS_OF_A), time_limit=limit), "A", "status") == 2


@pytest.mark.parametrize("limit", [None, NO_TIME])
def test_a_total_of_one_year_is_kept(limit: float | None) -> None:
    result = solve(two_years(A_IN_2027), time_limit=limit)
    here = [row.households for row in result.placements if row.lot == "A-homes"]
    assert sum(here) == 1


@pytest.mark.parametrize("limit", [None, NO_TIME])
def test_a_total_and_a_part_of_it_are_both_kept(limit: float | None) -> None:
    result = solve(two_years(ALL_OF_A, {**pin("A", 2), "id": "part"}), time_limit=limit)
    assert hosted_in_all(result, "A") == 3
    assert households(result, "A", "status") >= 2


def test_a_total_below_a_part_of_it_is_a_conflict_between_the_two() -> None:
    result = solve(two_years(ALL_OF_A, {**pin("A", 4), "id": "part"}))
    assert result.status == "infeasible"
    assert {(rule.tag, rule.id) for rule in result.conflict} == {("C6", "pin-A"), ("C6", "part")}


def test_a_total_is_named_for_every_group_that_it_holds() -> None:
    result = solve(two_years(ALL_OF_A))
    named = [
        row.group
        for row in result.explanations
        if row.municipality == "A" and ("C6", "pin-A") in {(r.tag, r.id) for r in row.rules}
    ]
    assert named == ["status", "youth"]


def test_a_total_of_an_unknown_group_is_refused() -> None:
    with pytest.raises(InvalidDocument) as refused:
        problem_from({**two_years().model_dump(mode="json"), "pins": [total("A", 1, group="Z")]})
    assert [fault.pointer for fault in refused.value.faults] == ["/pins/0/group"]
