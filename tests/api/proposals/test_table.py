"""The table per municipality: fair share, promised, proposed, and what limits it."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from services.api.proposals.rules import (
    SHARE_ROUNDING,
    Hosting,
    Standing,
    extra_homes_needed,
    standings,
)
from tests.api.proposals.four_municipalities import NAMES, A, B, C, D


def line(code: str, *hosting: Hosting) -> Standing:
    lines = standings(NAMES, hosting, {B: 5}, {B: 1})
    return {standing.municipality: standing for standing in lines}[code]


def test_every_municipality_has_a_line_even_when_it_hosts_nobody() -> None:
    lines = standings(NAMES, [], {}, {})
    assert [standing.municipality for standing in lines] == [A, B, C, D]
    assert {standing.proposed for standing in lines} == {0}


def test_shares_and_proposals_add_up_over_groups() -> None:
    standing = line(
        A,
        Hosting(A, "homeless", 2, Fraction(7, 2)),
        Hosting(A, "status-holders", 3, Fraction(3)),
    )
    assert (standing.fair_share, standing.proposed) == (Fraction(13, 2), 5)
    assert standing.extra_homes_needed == 2


def test_groups_with_a_place_of_their_own_are_counted_apart() -> None:
    standing = line(A, Hosting(A, "homeless", 2, Fraction(2)), Hosting(A, "carers", 9, None))
    assert (standing.proposed, standing.proposed_other) == (2, 9)


def test_a_promise_and_its_shortfall_are_shown() -> None:
    assert (line(B).committed, line(B).shortfall) == (5, 1)
    assert (line(A).committed, line(A).shortfall) == (0, 0)


def test_what_limits_a_municipality_is_told_once_in_both_languages() -> None:
    full = (("C1", "lot-2"), ("C1", "lot-1"))
    standing = line(
        A,
        Hosting(A, "homeless", 2, Fraction(2), (*full, ("C4", "support"))),
        Hosting(A, "status-holders", 2, Fraction(2), full),
    )
    assert [(limit.tag, limit.ids) for limit in standing.limits] == [
        ("C1", ("lot-1", "lot-2")),
        ("C4", ("support",)),
    ]
    assert (standing.limits[0].wording.nl, standing.limits[0].wording.en) == (
        "woningen op",
        "no homes left",
    )


def test_a_rule_counts_what_the_groups_that_it_limits_lack_and_the_largest_comes_first() -> None:
    homes, support = ("C1", "lot"), ("C4", "support")
    standing = line(
        A,
        Hosting(A, "homeless", 2, Fraction(4), (homes, ("C1", "other lot"))),
        Hosting(A, "status-holders", 1, Fraction(11, 2), (support,)),
        Hosting(A, "youth", 9, Fraction(3), (homes, support)),
    )
    assert [(limit.tag, limit.held_back) for limit in standing.limits] == [("C4", 5), ("C1", 2)]


def test_a_commitment_that_is_just_kept_holds_nobody_back() -> None:
    (limit,) = line(A, Hosting(A, "homeless", 2, Fraction(4), (("C7", "promise-1"),))).limits
    assert limit.held_back == 0


def test_a_group_with_a_place_of_its_own_holds_nobody_back_from_a_share() -> None:
    (limit,) = line(A, Hosting(A, "carers", 0, None, (("C1", "lot"),))).limits
    assert limit.held_back == 0


def test_a_rule_that_has_no_words_is_shown_by_its_tag() -> None:
    (limit,) = line(A, Hosting(A, "g", 0, Fraction(0), (("X9", "x"),))).limits
    assert (limit.wording.nl, limit.wording.en) == ("X9", "X9")


def test_a_municipality_above_its_share_needs_no_homes() -> None:
    assert extra_homes_needed(Fraction(5, 2), 3) == 0


@given(st.fractions(min_value=0, max_value=10_000), st.integers(0, 10_000))
def test_the_homes_needed_are_just_enough(fair_share: Fraction, proposed: int) -> None:
    needed = extra_homes_needed(fair_share, proposed)
    assert needed >= 0
    assert proposed + needed >= fair_share - SHARE_ROUNDING
    assert needed == 0 or proposed + needed - 1 < fair_share


def test_the_rounding_of_a_share_in_the_snapshot_is_no_home() -> None:
    assert extra_homes_needed(Fraction(0.4) * 30, 12) == 0
