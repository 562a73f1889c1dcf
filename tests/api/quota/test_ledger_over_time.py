"""The ledger from one half-year to the next, and while a half-year runs."""

import httpx

from tests.api.quota.two_municipalities import balance, housed, inhabitants, ledger, line, quota


def test_a_half_year_opens_with_what_the_one_before_closed_with(
    api_with_two: httpx.Client,
) -> None:
    quota(api_with_two, 1_000, halfYear="2024-I", inhabitantsDate="2023-01-01")
    quota(api_with_two, 1_000, halfYear="2024-II", inhabitantsDate="2023-01-01")
    quota(api_with_two, 2_000)
    inhabitants(api_with_two, day="2023-01-01", GM0363=50_000)
    inhabitants(api_with_two, GM0363=50_000)
    balance(api_with_two, -5, halfYear="2024-I")
    housed(api_with_two, 40, start="2024-01-01", end="2024-06-30")
    housed(api_with_two, 57, start="2024-07-01", end="2024-12-31")
    housed(api_with_two, 90)

    amsterdam = line(api_with_two)

    # -5, then 10 too few, then 7 more than asked.
    assert amsterdam["openingBalance"] == -5 - 10 + 7
    assert (amsterdam["backlog"], amsterdam["backlogWithEarlier"]) == (10, 18)


def test_a_balance_that_is_given_replaces_what_came_before(api_with_two: httpx.Client) -> None:
    quota(api_with_two, 1_000, halfYear="2024-II", inhabitantsDate="2023-01-01")
    quota(api_with_two, 1_000)
    inhabitants(api_with_two, day="2023-01-01", GM0363=50_000)
    balance(api_with_two, 0, halfYear="2024-II")
    housed(api_with_two, 10, start="2024-07-01", end="2024-12-31")
    balance(api_with_two, 3)

    assert line(api_with_two)["openingBalance"] == 3


def test_a_half_year_in_between_that_nobody_reported_leaves_the_opening_unknown(
    api_with_two: httpx.Client,
) -> None:
    quota(api_with_two, 1_000, halfYear="2024-II", inhabitantsDate="2023-01-01")
    quota(api_with_two, 1_000)
    inhabitants(api_with_two, day="2023-01-01", GM0363=50_000)
    inhabitants(api_with_two, GM0363=50_000)
    balance(api_with_two, 0, halfYear="2024-II")
    housed(api_with_two, 50)

    amsterdam = line(api_with_two)

    assert amsterdam["backlog"] == 0
    assert amsterdam["openingBalance"] is amsterdam["backlogWithEarlier"] is None


def test_halfway_half_of_the_task_is_expected_of_what_was_reported_by_then(
    api_with_two: httpx.Client,
) -> None:
    quota(api_with_two, 1_000)
    inhabitants(api_with_two, GM0363=60_000)
    balance(api_with_two, -12)
    housed(api_with_two, 25, end="2025-03-31")
    housed(api_with_two, 40, start="2025-04-01")

    halfway, whole = line(api_with_two, on="2025-03-31"), line(api_with_two)

    assert (halfway["realised"], halfway["expectedPace"], halfway["behindPace"]) == (25, 30, 5)
    assert (halfway["expectedPaceWithEarlier"], halfway["behindPaceWithEarlier"]) == (36, 11)
    assert (whole["realised"], whole["expectedPace"], whole["behindPace"]) == (65, 60, 0)


def test_a_half_year_that_is_over_is_told_as_of_its_last_day(api_with_two: httpx.Client) -> None:
    quota(api_with_two, 1_000)

    found = ledger(api_with_two)

    assert (found["on"], found["monthsPassed"]) == ("2025-06-30", 6)


def test_a_half_year_that_has_yet_to_come_expects_nothing(api_with_two: httpx.Client) -> None:
    quota(api_with_two, 1_000, halfYear="2039-I")
    inhabitants(api_with_two, GM0363=60_000)

    found = line(api_with_two, halfYear="2039-I")

    assert (found["task"], found["expectedPace"]) == (60, 0)
