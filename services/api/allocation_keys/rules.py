"""Shares, exactly: from weights and indicator values to fractions that sum to one."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from services.api.allocation_keys.errors import FiguresMissing, NothingToShareBy
from shared.faults import Fault


def check(values: Mapping[str, Any]) -> Iterator[Fault]:
    """Report a key in which nothing weighs anything."""
    weights = values.get("weights") or ()
    if weights and not any(weight.weight for weight in weights):
        yield Fault("/weights", "no_weight", "At least one indicator must weigh more than zero.")


def key_shares(
    weights: Mapping[str, Decimal], figures: Mapping[str, Mapping[str, Decimal]]
) -> dict[str, Fraction]:
    """Share out one whole over municipalities, exactly.

    `share_m = sum_k w_k * x_mk / sum_n x_nk / sum_k w_k`: every indicator shares out the whole
    in proportion to its own values, and the weights say how much of the whole each one does.

    Parameters
    ----------
    weights
        Weight per indicator [no unit], >= 0, at least one above zero.
    figures
        Per municipality its value of every indicator [the indicator's own unit], >= 0.

    Returns
    -------
    Share per municipality [part of the whole]; sums to 1 exactly.

    Raises
    ------
    FiguresMissing
        With every indicator and municipality without a value.
    NothingToShareBy
        With every indicator that is zero in all municipalities.

    Source: our own choice; no published key with weights was found for any Dutch region. The
    form follows the quota of Huisvestingswet 2014, art. 29, which is one indicator, population.
    """
    used = {name: Fraction(weight) for name, weight in weights.items() if weight}
    missing = [
        (indicator, municipality)
        for indicator in sorted(used)
        for municipality in sorted(figures)
        if indicator not in figures[municipality]
    ]
    if missing:
        raise FiguresMissing(missing)
    totals = {name: sum((Fraction(x[name]) for x in figures.values()), Fraction()) for name in used}
    empty = sorted(name for name, total in totals.items() if not total)
    if empty:
        raise NothingToShareBy(empty)
    whole = sum(used.values(), Fraction())
    return {
        municipality: sum(
            (weight * Fraction(x[name]) / totals[name] for name, weight in used.items()),
            Fraction(),
        )
        / whole
        for municipality, x in sorted(figures.items())
    }


def largest_remainder(total: int, shares: Mapping[str, Fraction]) -> dict[str, int]:
    """Round shares of a total to whole numbers that sum to the total.

    Everyone gets the whole part of `total * share`. What is left goes one by one to the largest
    remainders; of equal remainders, the id that sorts first goes first.

    Parameters
    ----------
    total
        What is shared out [persons or households], >= 0.
    shares
        Share per id [part of the whole]; they sum to 1 exactly.

    Returns
    -------
    Whole number per id; sums to `total`, each less than one away from its exact part.

    Raises
    ------
    ValueError
        When the total is negative or the shares do not sum to 1.

    Source: Hare's largest remainder method, as the Kieswet uses for small councils (art. P 8).
    """
    if total < 0 or sum(shares.values(), Fraction()) != 1:
        raise ValueError("a total >= 0 and shares that sum to 1 are needed")
    exact = {id_: total * share for id_, share in shares.items()}
    rounded = {id_: int(part) for id_, part in exact.items()}
    left = total - sum(rounded.values())
    by_remainder = sorted(exact, key=lambda id_: (rounded[id_] - exact[id_], id_))
    for id_ in by_remainder[:left]:
        rounded[id_] += 1
    return rounded
