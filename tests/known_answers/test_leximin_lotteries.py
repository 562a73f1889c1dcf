"""The leximin mechanism for classrooms, on four examples with the probability of every school.

Charter schools ask for classrooms in facilities that suit them; the mechanism is the lottery
whose probabilities are leximin. Here everyone asks for one unit, and then a table of
probabilities belongs to a lottery exactly when it is a fractional assignment (Birkhoff and von
Neumann), so the mechanism is a leximin over a polytope and can be asked of the allocator:

- a school is a municipality with one home: it gets at most one unit, its probability is the
  part of that home that is used, and its fair share is exactly one household;
- a facility is a group that needs one slot of support of its own kind per household; one row of
  that support, for all municipalities together, holds the facility's capacity;
- the home is meant for the groups whose facility suits the school. More households need a home
  than there are slots, so nothing but the capacities and the homes limits anyone.

The level of a municipality (O4) is then the probability of the school.

Source: Kurokawa, Procaccia and Shah 2015, Leximin Allocations in the Real World, ACM EC; the
four instances are those with which `ariel-research/fairpyx` tests its program of that paper.
The probabilities follow from the definition and are checked by hand beside each.
"""

from collections.abc import Mapping
from typing import Any

import pytest

from shared.contract.problem import Problem
from tests.allocator.region import group, homes
from tests.allocator.solving import levels, solve
from tests.known_answers.questions import several_groups

Row = dict[str, Any]


def lottery(
    suits: Mapping[str, list[str]],
    capacity: Mapping[str, int],
    fair: Mapping[str, Mapping[str, float]],
) -> Problem:
    """The lottery as a region.

    Parameters
    ----------
    suits
        Per school the facilities that suit it.
    capacity
        Per facility the units that it has.
    fair
        Per facility and school the part of one unit that makes up the school's fair share; over
        the facilities each school has 1.
    """
    need = {facility: round(sum(parts.values())) for facility, parts in fair.items()}
    return several_groups(
        "municipalFairness",
        groups=[
            group(facility, support={f"room in {facility}": {"slots": 1, "periods": 1}})
            for facility in capacity
        ],
        needs=need,
        room=[homes(school, 1, groups=facilities) for school, facilities in suits.items()],
        key={
            facility: {school: part / need[facility] for school, part in parts.items()}
            for facility, parts in fair.items()
        },
        support=[
            {
                "id": facility,
                "municipalities": list(suits),
                "type": f"room in {facility}",
                "period": "2027",
                "slots": units,
            }
            for facility, units in capacity.items()
        ],
    )


def test_three_schools_for_two_rooms_get_one_with_a_chance_of_two_thirds_each() -> None:
    # Two rooms for three: nobody can have more than 2/3 unless another has less, and the three
    # pairs of schools, drawn with a chance of 1/3 each, give 2/3 to all.
    example = lottery(
        {"1": ["a"], "2": ["b"], "3": ["a", "b"]},
        {"a": 1, "b": 1},
        {"a": {"1": 1}, "b": {"2": 1, "3": 1}},
    )
    assert levels(solve(example)) == pytest.approx({(school, None): 2 / 3 for school in "123"})


def test_four_schools_for_three_rooms_get_one_with_a_chance_of_three_quarters_each() -> None:
    # School 4 takes a quarter in a and a half in b: then 1 has 3/4, and 2 and 3 share 3/2.
    example = lottery(
        {"1": ["a"], "2": ["b"], "3": ["b"], "4": ["a", "b"]},
        {"a": 1, "b": 2},
        {"a": {"1": 1, "4": 1}, "b": {"2": 1, "3": 1}},
    )
    assert levels(solve(example)) == pytest.approx({(school, None): 0.75 for school in "1234"})


def test_when_there_is_a_room_for_every_school_each_certainly_gets_one() -> None:
    example = lottery(
        {"1": ["a"], "2": ["b"], "3": ["b"]},
        {"a": 1, "b": 2},
        {"a": {"1": 1}, "b": {"2": 1, "3": 1}},
    )
    assert levels(solve(example)) == pytest.approx({(school, None): 1 for school in "123"})


def test_ten_schools_for_one_room_get_it_with_a_chance_of_a_tenth_each() -> None:
    schools = [str(number) for number in range(1, 11)]
    example = lottery(
        {school: ["a"] for school in schools}, {"a": 1}, {"a": dict.fromkeys(schools, 1)}
    )
    assert levels(solve(example)) == pytest.approx({(school, None): 0.1 for school in schools})
