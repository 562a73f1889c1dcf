"""Sharing whole numbers by weights."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.api.sample.spread import (
    NothingToShareBy,
    largest_remainder,
    nearest,
    over_years,
    range_around,
)


def test_the_largest_remainders_are_rounded_up() -> None:
    assert largest_remainder(10, {"A": 6, "B": 6, "C": 2}) == {"A": 4, "B": 4, "C": 2}


def test_equal_remainders_go_to_the_larger_weight_and_then_the_lower_key() -> None:
    assert largest_remainder(2, {"C": 1, "B": 1, "A": 1}) == {"C": 0, "B": 1, "A": 1}
    assert largest_remainder(2, {"A": 1, "B": 3}) == {"A": 0, "B": 2}


@pytest.mark.parametrize("weights", [{}, {"A": 0}, {"A": 3, "B": -1}])
def test_sharing_without_weights_is_refused(weights: dict[str, int]) -> None:
    with pytest.raises((NothingToShareBy, ValueError)) as refused:
        largest_remainder(5, weights)

    assert isinstance(refused.value, NothingToShareBy)


@given(
    total=st.integers(0, 10**6),
    weights=st.dictionaries(
        st.text("ABCDEFGH", min_size=1, max_size=3), st.integers(1, 10**6), min_size=1
    ),
)
def test_parts_sum_to_the_total_and_stay_within_one_of_the_exact_share(
    total: int, weights: dict[str, int]
) -> None:
    parts = largest_remainder(total, weights)
    everything = sum(weights.values())

    assert sum(parts.values()) == total
    assert all(
        abs(parts[key] - Fraction(total * weight, everything)) < 1
        for key, weight in weights.items()
    )


def test_the_first_years_get_what_is_left_over() -> None:
    assert over_years(7, ["2027", "2028", "2029"]) == {"2027": 3, "2028": 2, "2029": 2}


def test_a_half_is_rounded_upwards() -> None:
    assert nearest(Fraction(5, 2)) == 3
    assert nearest(Fraction(12, 5)) == 2


def test_a_range_is_rounded_outwards() -> None:
    assert range_around(Fraction(17, 10), 2, Fraction(21, 10)) == {
        "low": 1,
        "likely": 2,
        "high": 3,
    }
