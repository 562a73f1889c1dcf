"""Shares are exact, fair between equals, and round to exactly the total."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.api.allocation_keys.errors import FiguresMissing, NothingToShareBy
from services.api.allocation_keys.rules import key_shares, largest_remainder

POPULATION = {"population": Decimal(1)}
FIGURES = {
    "A": {"population": Decimal(100), "stock": Decimal(10)},
    "B": {"population": Decimal(300), "stock": Decimal(10)},
}

amounts = st.decimals(min_value=0, max_value=10**9, places=2)
positive = st.decimals(min_value=Decimal("0.01"), max_value=10**9, places=2)
names = st.lists(st.text("abcdef", min_size=1, max_size=3), min_size=1, max_size=8, unique=True)


@st.composite
def regions(draw: st.DrawFn) -> dict[str, dict[str, Decimal]]:
    """Draw municipalities with their population and stock."""
    return {
        name: {"population": draw(positive), "stock": draw(amounts) + 1} for name in draw(names)
    }


weights = st.fixed_dictionaries({"population": positive, "stock": amounts})


@st.composite
def wholes(draw: st.DrawFn) -> dict[str, Fraction]:
    """Draw shares that sum to one."""
    parts = {name: draw(st.integers(0, 10**6)) for name in draw(names)}
    first = min(parts)
    parts[first] += 1
    return {name: Fraction(part, sum(parts.values())) for name, part in parts.items()}


def test_by_one_indicator_the_share_is_the_proportion() -> None:
    assert key_shares(POPULATION, FIGURES) == {"A": Fraction(1, 4), "B": Fraction(3, 4)}


def test_two_indicators_with_equal_weight_each_share_out_half() -> None:
    both = {"population": Decimal("0.5"), "stock": Decimal("0.5")}

    assert key_shares(both, FIGURES) == {"A": Fraction(3, 8), "B": Fraction(5, 8)}


def test_an_unknown_figure_is_an_error_and_every_one_is_named() -> None:
    partly = {"A": {"stock": Decimal(1)}, "B": {"population": Decimal(1)}}
    both = {"population": Decimal(1), "stock": Decimal(1)}

    with pytest.raises(FiguresMissing) as told:
        key_shares(both, partly)

    assert told.value.missing == (("population", "A"), ("stock", "B"))


def test_an_indicator_without_weight_need_not_be_known() -> None:
    ignored = {**POPULATION, "happiness": Decimal(0)}

    assert key_shares(ignored, FIGURES) == key_shares(POPULATION, FIGURES)


def test_an_indicator_that_is_zero_everywhere_shares_out_nothing() -> None:
    nobody = {"A": {"population": Decimal(0)}, "B": {"population": Decimal(0)}}

    with pytest.raises(NothingToShareBy, match="population"):
        key_shares(POPULATION, nobody)


@given(weights, regions())
def test_shares_sum_to_exactly_one(
    key: dict[str, Decimal], region: dict[str, dict[str, Decimal]]
) -> None:
    assert sum(key_shares(key, region).values()) == 1


@given(weights, regions(), st.decimals(min_value=Decimal("0.01"), max_value=1000, places=2))
def test_only_the_proportion_of_the_weights_matters(
    key: dict[str, Decimal], region: dict[str, dict[str, Decimal]], times: Decimal
) -> None:
    scaled = {name: Fraction(weight) * Fraction(times) for name, weight in key.items()}

    assert key_shares(scaled, region) == key_shares(key, region)  # type: ignore[arg-type]


@given(weights, regions())
def test_names_do_not_matter(
    key: dict[str, Decimal], region: dict[str, dict[str, Decimal]]
) -> None:
    renamed = {f"z{name}": figures for name, figures in reversed(region.items())}

    assert key_shares(key, renamed) == {
        f"z{name}": share for name, share in key_shares(key, region).items()
    }


@given(weights, regions())
def test_equal_municipalities_have_equal_shares(
    key: dict[str, Decimal], region: dict[str, dict[str, Decimal]]
) -> None:
    twins = {"x": {"population": Decimal(7), "stock": Decimal(3)}}
    shares = key_shares(key, {**region, **twins, "y": twins["x"]})

    assert shares["x"] == shares["y"]


@given(weights, regions(), positive)
def test_more_of_an_indicator_never_gives_a_smaller_share(
    key: dict[str, Decimal], region: dict[str, dict[str, Decimal]], more: Decimal
) -> None:
    name, figures = next(iter(region.items()))
    grown = {**region, name: {**figures, "population": figures["population"] + more}}

    assert key_shares(key, grown)[name] >= key_shares(key, region)[name]


@given(st.integers(0, 10**6), wholes())
def test_rounded_parts_sum_to_the_total_and_are_less_than_one_off(
    total: int, shares: dict[str, Fraction]
) -> None:
    rounded = largest_remainder(total, shares)

    assert sum(rounded.values()) == total
    assert all(abs(rounded[name] - total * share) < 1 for name, share in shares.items())


@given(st.integers(0, 10**6), wholes())
def test_a_larger_share_never_rounds_to_less(total: int, shares: dict[str, Fraction]) -> None:
    rounded = largest_remainder(total, shares)

    assert all(rounded[a] >= rounded[b] for a in shares for b in shares if shares[a] > shares[b])


@given(st.integers(0, 10**6), wholes())
def test_the_order_of_the_input_does_not_matter(total: int, shares: dict[str, Fraction]) -> None:
    backwards = dict(reversed(shares.items()))

    assert largest_remainder(total, backwards) == largest_remainder(total, shares)


def test_of_equal_remainders_the_id_that_sorts_first_gets_one_more() -> None:
    third = Fraction(1, 3)

    assert largest_remainder(4, {"c": third, "b": third, "a": third}) == {"c": 1, "b": 1, "a": 2}


def test_seats_follow_the_largest_remainders() -> None:
    # Votes 47,000, 16,000, 15,900, 12,000, 6,000 and 3,100 for 10 seats: the textbook example of
    # the method gives 5, 2, 1, 1, 1 and 0.
    votes = {"a": 47_000, "b": 16_000, "c": 15_900, "d": 12_000, "e": 6_000, "f": 3_100}
    shares = {party: Fraction(cast, 100_000) for party, cast in votes.items()}

    assert largest_remainder(10, shares) == {"a": 5, "b": 2, "c": 1, "d": 1, "e": 1, "f": 0}


@pytest.mark.parametrize(
    ("total", "shares"),
    [(-1, {"a": Fraction(1)}), (5, {"a": Fraction(1, 2)}), (5, {})],
    ids=["a negative total", "shares of a half", "nobody"],
)
def test_what_cannot_be_shared_out_is_refused(total: int, shares: dict[str, Fraction]) -> None:
    with pytest.raises(ValueError, match="sum to 1"):
        largest_remainder(total, shares)
