"""Sharing a whole number by weights, and rounding a range outwards."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import ceil, floor


class NothingToShareBy(ValueError):
    """All weights are zero, or one is negative."""

    def __init__(self, total: int, weights: int) -> None:
        self.total = total
        self.weights = weights
        super().__init__(f"{total} cannot be shared by {weights} weights without a positive sum")


def largest_remainder(total: int, weights: Mapping[str, int | Fraction]) -> dict[str, int]:
    """Share a whole number by weights; every part is its exact share rounded down or up.

    Parameters
    ----------
    total
        What is shared, >= 0 [any unit].
    weights
        Weight per key, >= 0, with a positive sum.

    Returns
    -------
    Part per key, in the order of `weights`; sums to `total`. The largest remainders are
    rounded up; among equal remainders the larger weight first, then the lower key.

    Raises
    ------
    NothingToShareBy
        When the weights do not have a positive sum or one is negative.

    Source: the method of largest remainder (Hamilton).
    """
    everything = sum(weights.values(), Fraction(0))
    if everything <= 0 or min(weights.values()) < 0:
        raise NothingToShareBy(total, len(weights))
    exact = {key: total * Fraction(weight) / everything for key, weight in weights.items()}
    parts = {key: floor(share) for key, share in exact.items()}
    by_remainder = sorted(weights, key=lambda key: (parts[key] - exact[key], -weights[key], key))
    for key in by_remainder[: total - sum(parts.values())]:
        parts[key] += 1
    return parts


def over_years(total: int, years: Sequence[str]) -> dict[str, int]:
    """Share a whole number evenly over years; the first years get what is left over.

    Parameters
    ----------
    total
        What is shared, >= 0 [any unit].
    years
        The years in order, at least one.

    Returns
    -------
    Part per year; sums to `total`.
    """
    each, left = divmod(total, len(years))
    return {year: each + (place < left) for place, year in enumerate(years)}


def nearest(amount: Fraction) -> int:
    """Round to the nearest whole number, a half upwards."""
    return floor(amount + Fraction(1, 2))


def range_around(low: Fraction, likely: int, high: Fraction) -> dict[str, int]:
    """Give the range of a figure, rounded outwards so that `low <= likely <= high`.

    Parameters
    ----------
    low, high
        Exact bounds [same unit as `likely`]; `likely` is the exact value between them
        rounded down or up.
    likely
        The whole number that is used.

    Returns
    -------
    The fields `low`, `likely` and `high` of a figure.
    """
    return {"low": floor(low), "likely": likely, "high": ceil(high)}
