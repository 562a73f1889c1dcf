"""The quota ledger against published figures, and what always holds."""

import csv
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.api.quota_ledger.rules import (
    Facts,
    multiplier_by_text,
    standing,
    task,
    together,
    traded,
)
from services.api.sample.facts import national_population, quota_totals
from services.api.sample.quota import statutory_quota

DATA = Path(__file__).parents[2] / "data"
HALF_YEARS = ["2023-I", "2023-II", "2024-I", "2025-I", "2025-II"]

persons = st.integers(0, 10**6)
known = st.builds(
    Facts,
    task=persons,
    traded_in=persons,
    traded_out=persons,
    opening=st.integers(-(10**6), 10**6),
    realised=persons,
)
months = st.integers(0, 6)


def published_multiplier(half_year: str) -> Fraction:
    """The largest multiplier that gives every target, written with the digits of a JSON number."""
    total = quota_totals()[half_year]
    population = national_population(total.population_year)
    targets = statutory_quota(total.national_total, population)
    most = min(Fraction(targets[code], people) for code, people in population.items())
    step = Decimal(10) ** -15
    return Fraction(Decimal(int(most / Fraction(step))) * step)


def targets_of(name: str, half_year: str) -> Mapping[str, tuple[int, int]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return {
            row["code"]: (int(row["population"]), int(row["target_persons"]))
            for row in csv.DictReader(file)
            if row["half_year"] == half_year
        }


@pytest.mark.parametrize("half_year", HALF_YEARS)
def test_the_published_multiplier_gives_all_342_targets(half_year: str) -> None:
    multiplier = published_multiplier(half_year)
    targets = targets_of("statutory_targets_nl.csv", half_year)

    assert len(targets) == 342
    assert {code: task(multiplier, Decimal(people)) for code, (people, _) in targets.items()} == {
        code: target for code, (_, target) in targets.items()
    }


def test_haarlemmermeer_has_the_task_that_it_published() -> None:
    people, _ = targets_of("statutory_targets_mra.csv", "2023-I")["GM0394"]

    assert task(published_multiplier("2023-I"), Decimal(people)) == 191


def test_by_the_text_of_the_law_the_tasks_add_up_to_more_than_the_national_number() -> None:
    population = national_population(2024)
    by_text = multiplier_by_text(13_000, sum(population.values()))
    tasks = [task(by_text, Decimal(people)) for people in population.values()]

    assert 13_000 < (together(tasks) or 0) < 13_000 + 342


def test_amsterdam_2022_is_610_behind_and_886_with_the_earlier_276() -> None:
    # A whole year, task and realised as published; the arithmetic is that of a half-year.
    amsterdam = standing(Facts(1_459, 0, 0, opening=-276, realised=849), months=6)

    assert amsterdam.backlog == 610
    assert amsterdam.backlog_with_earlier == 886
    assert (amsterdam.surplus, amsterdam.surplus_with_earlier) == (0, 0)


def test_the_country_in_the_first_half_of_2022_keeps_1821_of_its_backlog() -> None:
    # Task 9,979, backlog 3,728, realised 11,886, as published.
    country = standing(Facts(9_979, 0, 0, opening=-3_728, realised=11_886), months=6)

    assert country.surplus == 1_907
    assert country.backlog_with_earlier == 1_821


def test_after_three_months_half_of_the_task_is_expected() -> None:
    halfway = standing(Facts(101, 0, 0, opening=-20, realised=40), months=3)

    assert (halfway.expected_pace, halfway.behind_pace) == (50, 10)
    assert (halfway.expected_pace_with_earlier, halfway.behind_pace_with_earlier) == (60, 20)


def test_an_earlier_surplus_does_not_lower_the_expected_pace() -> None:
    ahead = standing(Facts(60, 0, 0, opening=30, realised=30), months=3)

    assert ahead.expected_pace_with_earlier == ahead.expected_pace == 30
    assert ahead.behind_pace_with_earlier == 0


def test_who_takes_over_ten_persons_has_ten_more_to_house() -> None:
    assert standing(Facts(50, 10, 0, opening=0, realised=50), months=6).backlog == 10
    assert standing(Facts(50, 0, 10, opening=0, realised=50), months=6).surplus == 10


def test_without_a_report_nothing_is_known_of_the_balance_but_the_task_is() -> None:
    silent = standing(Facts(50, 0, 0, opening=-5, realised=None), months=6)

    assert silent.corrected_task == 50
    assert silent.expected_pace_with_earlier == 55
    assert silent.balance is silent.backlog is silent.surplus is silent.behind_pace is None


def test_without_an_opening_balance_only_the_half_year_itself_is_known() -> None:
    first = standing(Facts(50, 0, 0, opening=None, realised=40), months=6)

    assert first.backlog == 10
    assert first.backlog_with_earlier is first.expected_pace_with_earlier is None


@pytest.mark.parametrize(
    ("multiplier", "inhabitants"), [(None, Decimal(100)), (Fraction(1, 100), None)]
)
def test_a_task_of_what_is_unknown_is_unknown(
    multiplier: Fraction | None, inhabitants: Decimal | None
) -> None:
    assert task(multiplier, inhabitants) is None


def test_a_national_number_that_is_unknown_gives_no_multiplier() -> None:
    assert multiplier_by_text(None, 17_942_942) is None


def test_one_unknown_number_makes_the_sum_unknown() -> None:
    assert together([1, None, 2]) is None
    assert together([1, 0, 2]) == 3


@given(known, months)
def test_a_municipality_is_behind_or_ahead_but_never_both(facts: Facts, passed: int) -> None:
    found = standing(facts, passed)

    assert found.balance == (found.surplus or 0) - (found.backlog or 0)
    assert 0 in (found.backlog, found.surplus)
    assert 0 in (found.backlog_with_earlier, found.surplus_with_earlier)


@given(known, known, months)
def test_one_half_year_closes_where_the_next_one_opens(
    facts: Facts, later: Facts, passed: int
) -> None:
    closed = standing(facts, 6).balance_with_earlier
    following = Facts(later.task, later.traded_in, later.traded_out, closed, later.realised)
    alone = standing(Facts(later.task, later.traded_in, later.traded_out, 0, later.realised), 6)

    assert standing(following, passed).balance_with_earlier == together([closed, alone.balance])


@given(known)
def test_the_expected_pace_starts_at_nothing_grows_and_ends_at_the_task(facts: Facts) -> None:
    paces = [standing(facts, month).expected_pace or 0 for month in range(7)]
    corrected = standing(facts, 6).corrected_task or 0

    assert paces[0] == 0
    assert paces[6] == corrected
    assert paces == sorted(paces, reverse=corrected < 0)


@given(known, months, st.integers(1, 1_000))
def test_housing_more_never_makes_a_backlog_larger(facts: Facts, passed: int, more: int) -> None:
    grown = Facts(
        facts.task, facts.traded_in, facts.traded_out, facts.opening, (facts.realised or 0) + more
    )

    assert (standing(grown, passed).backlog or 0) <= (standing(facts, passed).backlog or 0)
    assert (standing(grown, passed).behind_pace or 0) <= (standing(facts, passed).behind_pace or 0)


@given(st.integers(0, 10**6), st.integers(1, 2 * 10**7), st.integers(0, 10**6))
def test_a_task_is_the_exact_share_rounded_up(
    total: int, inhabitants: int, municipality: int
) -> None:
    found = task(multiplier_by_text(total, inhabitants), Decimal(municipality))

    assert found is not None
    assert 0 <= found - Fraction(total * municipality, inhabitants) < 1


codes = st.sampled_from("ABCDE")
trades = st.lists(st.tuples(codes, codes, st.integers(1, 500)), max_size=20)


@given(trades, st.fixed_dictionaries(dict.fromkeys("ABCDE", persons)))
def test_trades_keep_the_sum_of_all_tasks(
    agreed: list[tuple[str, str, int]], tasks: dict[str, int]
) -> None:
    sums = traded(agreed)
    corrected = [
        standing(Facts(tasks[code], *sums.get(code, (0, 0)), 0, 0), 6).corrected_task
        for code in tasks
    ]

    assert together(corrected) == sum(tasks.values())


def test_who_gives_twice_has_given_the_sum() -> None:
    assert traded([("A", "B", 3), ("A", "C", 4), ("B", "A", 1)]) == {
        "A": (1, 7),
        "B": (3, 1),
        "C": (4, 0),
    }
