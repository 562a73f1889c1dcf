"""What a trade may be."""

from hypothesis import given
from hypothesis import strategies as st

from services.api.trades.errors import MoreThanTask
from services.api.trades.rules import check, check_task


@given(st.integers(0, 100), st.integers(0, 100), st.integers(1, 100))
def test_nobody_gives_more_than_its_task(task: int, given_before: int, persons: int) -> None:
    assert _is_allowed(task, given_before, persons) == (given_before + persons <= task)


def test_a_task_that_is_not_known_refuses_nothing() -> None:
    check_task(None, 1_000, 1_000)


def test_a_municipality_does_not_trade_with_itself() -> None:
    both = {"from_municipality": "GM0001", "to_municipality": "GM0001"}
    assert [fault.code for fault in check(both)] == ["same_municipality"]


def test_a_trade_does_not_begin_as_agreed() -> None:
    assert [fault.code for fault in check({"state": "agreed"})] == ["state_differs"]


def test_an_ordinary_trade_has_no_fault() -> None:
    values = {"from_municipality": "GM0001", "to_municipality": "GM0002", "state": "offered"}
    assert list(check(values)) == []


def _is_allowed(task: int, given_before: int, persons: int) -> bool:
    try:
        check_task(task, given_before, persons)
    except MoreThanTask:
        return False
    return True
