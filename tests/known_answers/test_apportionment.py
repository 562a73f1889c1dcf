"""Largest remainders, on published tables: seats by population, and households by share.

The key's rounding, that of the sample region and the engine's own plan in whole households are
three programs for one rule, so each has to give the published numbers.
"""

from collections.abc import Mapping
from fractions import Fraction

import pytest

from services.api.allocation_keys.rules import largest_remainder as by_share
from services.api.sample.spread import largest_remainder as by_weight
from tests.allocator.region import need
from tests.allocator.solving import hosted, solve
from tests.known_answers.questions import one_group

FIVE_STATES_OF_26 = {"A": 9_061, "B": 7_179, "C": 5_259, "D": 3_319, "E": 1_182}
"""Populations for 26 seats, on which five methods give five apportionments.

Source: Balinski and Young 1975, The quota method of apportionment, American Mathematical
Monthly 82(7), 701-730.
"""
TWO_LARGE_THREE_SMALL = {"A": 5_117, "B": 4_400, "C": 162, "D": 161, "E": 160}
"""Populations for 100 seats. Source: Balinski and Young 1975, as above."""

CENSUS_1790 = {
    "Connecticut": 236_841,
    "Delaware": 55_540,
    "Georgia": 70_835,
    "Kentucky": 68_705,
    "Maryland": 278_514,
    "Massachusetts": 475_327,
    "New Hampshire": 141_822,
    "New Jersey": 179_570,
    "New York": 331_589,
    "North Carolina": 353_523,
    "Pennsylvania": 432_879,
    "Rhode Island": 68_446,
    "South Carolina": 206_236,
    "Vermont": 85_533,
    "Virginia": 630_560,
}
"""Apportionment populations of the census of 1790, together 3,615,920.

Source: census of 1790, as in Balinski and Young 2001, Fair Representation, 2nd edition.
"""
SEATS_OF_THE_VETOED_BILL = {
    "Connecticut": 8,
    "Delaware": 2,
    "Georgia": 2,
    "Kentucky": 2,
    "Maryland": 9,
    "Massachusetts": 16,
    "New Hampshire": 5,
    "New Jersey": 6,
    "New York": 11,
    "North Carolina": 12,
    "Pennsylvania": 14,
    "Rhode Island": 2,
    "South Carolina": 7,
    "Vermont": 3,
    "Virginia": 21,
}
"""120 seats by Hamilton's method: the bill that President Washington vetoed in April 1792.

Source: COMAP 2016, For All Practical Purposes, 10th edition, table 14.5.
"""

published = pytest.mark.parametrize(
    ("people", "seats", "table"),
    [
        (FIVE_STATES_OF_26, 26, {"A": 9, "B": 7, "C": 5, "D": 4, "E": 1}),
        (TWO_LARGE_THREE_SMALL, 100, {"A": 51, "B": 44, "C": 2, "D": 2, "E": 1}),
        (CENSUS_1790, 120, SEATS_OF_THE_VETOED_BILL),
        # One seat more costs D one: quotas 9.41, 7.46, 5.46, 3.45 and 1.23 (Alabama paradox).
        (FIVE_STATES_OF_26, 27, {"A": 9, "B": 8, "C": 6, "D": 3, "E": 1}),
    ],
    ids=["26 seats", "100 seats", "1792", "27 seats"],
)


@published
def test_the_key_rounds_as_published(
    people: Mapping[str, int], seats: int, table: Mapping[str, int]
) -> None:
    shares = {state: Fraction(n, sum(people.values())) for state, n in people.items()}
    assert by_share(seats, shares) == table


@published
def test_the_sample_region_rounds_as_published(
    people: Mapping[str, int], seats: int, table: Mapping[str, int]
) -> None:
    assert by_weight(seats, people) == table


@published
def test_the_plan_in_whole_households_rounds_as_published(
    people: Mapping[str, int], seats: int, table: Mapping[str, int]
) -> None:
    fair = {state: seats * n / sum(people.values()) for state, n in people.items()}
    assert asked_of_the_engine(fair, dict.fromkeys(fair, seats)) == table


@pytest.mark.parametrize(
    ("fair", "room", "numbers"),
    [
        # A is full at 4 of 10; 16 over 6 + 4 gives 9.6 and 6.4.
        ({"A": 10, "B": 6, "C": 4}, {"A": 4, "B": 20, "C": 20}, {"A": 4, "B": 10, "C": 6}),
        # The same, but then B is full at 9 as well, and C takes the other 7.
        ({"A": 10, "B": 6, "C": 4}, {"A": 4, "B": 9, "C": 20}, {"A": 4, "B": 9, "C": 7}),
        # A is full at 3; 14 over 5.1 + 3.4 + 1.7 gives 7, 4.67 and 2.33.
        (
            {"A": 6.8, "B": 5.1, "C": 3.4, "D": 1.7},
            dict.fromkeys("ABCD", 20) | {"A": 3},
            {"A": 3, "B": 7, "C": 5, "D": 2},
        ),
        # Everyone is full and 3 of 10 find no home.
        ({"A": 5, "B": 3, "C": 2}, {"A": 4, "B": 2, "C": 1}, {"A": 4, "B": 2, "C": 1}),
    ],
    ids=["one full", "two full", "largest remainder of three", "all full"],
)
def test_a_full_municipality_takes_no_more_and_the_remainders_of_the_others_decide(
    fair: Mapping[str, float], room: Mapping[str, int], numbers: Mapping[str, int]
) -> None:
    assert asked_of_the_engine(fair, room) == numbers


@pytest.mark.parametrize(
    ("fair", "room", "numbers"),
    [
        ({"A": 2.5, "B": 2.5}, {"A": 9, "B": 9}, {"A": 3, "B": 2}),
        # A is full at 1 of 2.75; 10 over three equals is 3.33 each.
        (
            dict.fromkeys("ABCD", 2.75),
            dict.fromkeys("ABCD", 9) | {"A": 1},
            {"A": 1, "B": 4, "C": 3, "D": 3},
        ),
        # A, first of all, is full at 2 of 3; the others have 3.5 each.
        (dict.fromkeys("ABC", 3), {"A": 2, "B": 9, "C": 9}, {"A": 2, "B": 4, "C": 3}),
    ],
    ids=["two equals", "three equals and one full", "the first that is not full"],
)
def test_of_equal_remainders_the_first_in_the_order_of_ids_takes_one_more(
    fair: Mapping[str, float], room: Mapping[str, int], numbers: Mapping[str, int]
) -> None:
    assert asked_of_the_engine(fair, room) == numbers


@pytest.mark.parametrize(
    ("fair", "numbers"),
    [({"A": 20, "B": 20}, {"A": 16, "B": 16}), ({"A": 30, "B": 10}, {"A": 24, "B": 8})],
    ids=["equals", "three to one"],
)
def test_a_lack_by_whole_access_is_shared_in_proportion(
    fair: Mapping[str, float], numbers: Mapping[str, int]
) -> None:
    """Of eight times five households 4.9 are admitted: 39.2 in parts, 32 in whole households."""
    people = {town: 20 if town in fair else 0 for town in "ABCDEFGH"}
    problem = one_group(
        40,
        {**people, **fair},
        {"A": 30, "B": 30},
        needs=[need(town, 5) for town in people],
        access=[{"municipality": town, "group": "status", "rate": 0.98} for town in people],
        stages=[{"objective": "waiting"}, {"objective": "groupFairness"}],
    )
    found = hosted(solve(problem))
    assert {town: found[town, "status"] for town in fair} == numbers


def asked_of_the_engine(fair: Mapping[str, float], room: Mapping[str, int]) -> dict[str, int]:
    """Households per municipality, where fairness is the only priority and homes the only limit."""
    numbers = hosted(solve(one_group(round(sum(fair.values())), fair, room)))
    return {town: numbers[town, "status"] for town in fair}
