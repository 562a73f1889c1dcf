"""Sharing a burden by key: whole cents that settle to zero."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.api.money.rules import Account, Settlement, settlements

THIRDS = {"A": Fraction(1, 3), "B": Fraction(1, 3), "C": Fraction(1, 3)}


@st.composite
def regions(draw: st.DrawFn) -> tuple[dict[str, int], dict[str, Fraction]]:
    """Draw what municipalities bear, and shares of the same ones that sum to one."""
    names = draw(st.lists(st.text("ABCDEF", min_size=1, max_size=3), min_size=1, unique=True))
    parts = {name: draw(st.integers(0, 10**6)) + (name == names[0]) for name in names}
    burdens = {name: draw(st.integers(-(10**13), 10**13)) for name in names}
    return burdens, {name: Fraction(part, sum(parts.values())) for name, part in parts.items()}


def test_what_one_bears_too_much_the_other_pays() -> None:
    halves = {"A": Fraction(1, 2), "B": Fraction(1, 2)}

    assert settlements({"A": 300, "B": 100}, halves) == {
        "A": Settlement(equal_burden=200, settle=-100),
        "B": Settlement(equal_burden=200, settle=100),
    }


def test_a_cent_that_cannot_be_shared_goes_to_the_code_that_sorts_first() -> None:
    found = settlements({"A": 0, "B": 0, "C": 100}, THIRDS)

    assert {code: row.equal_burden for code, row in found.items()} == {"A": 34, "B": 33, "C": 33}
    assert {code: row.settle for code, row in found.items()} == {"A": 34, "B": 33, "C": -67}


def test_who_together_receive_more_than_they_spend_share_what_is_left_over() -> None:
    found = settlements({"A": -100, "B": 0, "C": 0}, THIRDS)

    assert {code: row.equal_burden for code, row in found.items()} == {"A": -34, "B": -33, "C": -33}
    assert {code: row.settle for code, row in found.items()} == {"A": 66, "B": -33, "C": -33}


def test_the_only_municipality_settles_nothing() -> None:
    assert settlements({"A": 12_345}, {"A": Fraction(1)}) == {"A": Settlement(12_345, 0)}


@pytest.mark.parametrize(("cost", "received"), [(None, 5), (5, None), (None, None)])
def test_without_cost_or_without_funding_the_net_cost_is_unknown(
    cost: int | None, received: int | None
) -> None:
    assert Account("GM0363", cost, received).net is None


def test_net_cost_is_what_is_left_after_funding() -> None:
    assert Account("GM0363", 1_000, 1_200).net == -200


@given(regions())
def test_what_is_settled_sums_to_zero_to_the_cent(
    region: tuple[dict[str, int], dict[str, Fraction]],
) -> None:
    burdens, shares = region
    found = settlements(burdens, shares)

    assert sum(row.settle for row in found.values()) == 0
    assert sum(row.equal_burden for row in found.values()) == sum(burdens.values())


@given(regions())
def test_after_settling_everyone_bears_its_share_to_less_than_a_cent(
    region: tuple[dict[str, int], dict[str, Fraction]],
) -> None:
    burdens, shares = region
    found = settlements(burdens, shares)
    whole = sum(burdens.values())

    assert all(burdens[code] + row.settle == row.equal_burden for code, row in found.items())
    assert all(abs(found[code].equal_burden - whole * share) < 1 for code, share in shares.items())


@given(regions())
def test_who_bears_its_share_already_settles_nothing(
    region: tuple[dict[str, int], dict[str, Fraction]],
) -> None:
    burdens, shares = region
    fair = {code: row.equal_burden for code, row in settlements(burdens, shares).items()}

    assert {row.settle for row in settlements(fair, shares).values()} == {0}


@given(regions())
def test_the_order_of_the_municipalities_does_not_matter(
    region: tuple[dict[str, int], dict[str, Fraction]],
) -> None:
    burdens, shares = region
    backwards = dict(reversed(burdens.items()))

    assert settlements(backwards, shares) == settlements(burdens, shares)
