"""A receiver that fails is tried again later and later, and after three days no more."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from services.api.webhooks.retrying import (
    FIRST_WAIT,
    GIVEN_UP_AFTER,
    LONGEST_WAIT,
    is_given_up,
    wait_after,
)

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def test_the_wait_doubles() -> None:
    assert [wait_after(failures, 0.0) for failures in (1, 2, 3)] == [
        FIRST_WAIT,
        2 * FIRST_WAIT,
        4 * FIRST_WAIT,
    ]


@given(st.integers(1, 10**9), st.floats(0, 1, exclude_max=True))
def test_the_wait_is_never_shorter_than_four_seconds_nor_longer_than_an_hour(
    failures: int, luck: float
) -> None:
    assert timedelta(seconds=4) <= wait_after(failures, luck) <= LONGEST_WAIT


def test_luck_spreads_receivers_that_failed_together() -> None:
    assert wait_after(3, 0.5) < wait_after(3, 0.0)


def test_a_receiver_is_given_up_after_three_days() -> None:
    almost = GIVEN_UP_AFTER - timedelta(seconds=1)

    assert not is_given_up(NOON - almost, NOON)
    assert is_given_up(NOON - GIVEN_UP_AFTER, NOON)
