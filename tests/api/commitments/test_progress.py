"""What reports add up to."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from services.api.commitments.progress import Report, Stretch, progress

YEARS = [
    Stretch(date(2027, 1, 1), date(2027, 12, 31), "2027"),
    Stretch(date(2028, 1, 1), date(2028, 12, 31), "2028"),
]
NUMBERS = st.none() | st.integers(0, 100)
REPORTS = st.lists(
    st.builds(Report, st.dates(date(2027, 1, 1), date(2028, 12, 31)), NUMBERS, NUMBERS)
)


@given(st.integers(0, 100), REPORTS)
def test_the_periods_add_up_to_the_whole(committed: int, reports: list[Report]) -> None:
    told = progress(committed, YEARS, reports)
    known = [period.households for period in told.per_period if period.households is not None]
    assert told.realised in {None, sum(known)}


def test_a_report_without_a_number_makes_the_sum_unknown_and_is_counted() -> None:
    told = progress(
        10, YEARS, [Report(date(2027, 1, 1), 4, 7), Report(date(2028, 1, 1), None, None)]
    )
    assert [period.households for period in told.per_period] == [4, None]
    assert (told.realised, told.persons, told.share) == (None, None, None)
    assert (told.reports, told.without_households) == (2, 1)


def test_a_report_counts_in_the_period_in_which_it_ends() -> None:
    told = progress(10, YEARS, [Report(date(2028, 1, 1), 4, None)])
    assert [period.households for period in told.per_period] == [None, 4]
    assert (told.realised, told.persons, told.share) == (4, None, 0.4)


def test_a_report_outside_its_periods_counts_in_the_whole_only() -> None:
    told = progress(10, YEARS, [Report(date(2026, 12, 31), 4, 7)])
    assert [period.households for period in told.per_period] == [None, None]
    assert (told.realised, told.persons) == (4, 7)


def test_of_nothing_that_was_promised_no_part_is_realised() -> None:
    assert progress(0, YEARS, [Report(date(2027, 1, 1), 4, 7)]).share is None
