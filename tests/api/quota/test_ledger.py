"""The quota ledger over HTTP: what was asked, what was done, and what is not known."""

import httpx
import pytest

from services.api.sample.facts import national_population, quota_totals
from services.api.sample.quota import statutory_quota
from tests.api.quota.two_municipalities import (
    balance,
    housed,
    inhabitants,
    ledger,
    line,
    quota,
)
from tests.api.rows import AMSTERDAM, HAARLEMMERMEER


def test_a_task_is_the_share_of_the_inhabitants_rounded_up(api_with_two: httpx.Client) -> None:
    quota(api_with_two, 1_000)
    inhabitants(api_with_two, GM0363=10_050, GM0394=4_000)

    found = ledger(api_with_two)

    assert [(row["municipality"], row["task"]) for row in found["lines"]] == [
        (AMSTERDAM, 11),
        (HAARLEMMERMEER, 4),
    ]
    assert (found["nationalTotal"], found["nationalInhabitants"]) == (1_000, 1_000_000)
    assert (found["referenceDate"], found["multiplier"]) == ("2024-01-01", 0.001)
    assert (found["formula"], found["rounding"]) == (
        "ceil(multiplier * inhabitants)",
        "upPerMunicipality",
    )


def test_inhabitants_of_another_day_do_not_count(api_with_two: httpx.Client) -> None:
    quota(api_with_two, 1_000)
    inhabitants(api_with_two, day="2025-01-01", GM0363=10_050)

    assert line(api_with_two)["inhabitants"] is None
    assert line(api_with_two)["task"] is None


def test_haarlemmermeer_2023_is_asked_191_as_it_published(api_with_two: httpx.Client) -> None:
    total, people = quota_totals()["2023-I"], national_population(2022)
    targets = statutory_quota(total.national_total, people)
    # The largest multiplier that gives every target, cut off at fifteen digits.
    steps = min(targets[code] * 10**15 // number for code, number in people.items())
    quota(
        api_with_two,
        total.national_total,
        halfYear="2023-I",
        nationalInhabitants=sum(people.values()),
        inhabitantsDate="2022-01-01",
        multiplier=steps / 10**15,
    )
    inhabitants(api_with_two, day="2022-01-01", GM0394=people[HAARLEMMERMEER])

    found = line(api_with_two, HAARLEMMERMEER, halfYear="2023-I")

    assert found["task"] == 191
    # Rounding every share up gives more than the national number: Haarlemmermeer two of it.
    assert found["taskByText"] == 193


def test_persons_housed_elsewhere_count_for_whom_they_are_credited(
    api_with_two: httpx.Client,
) -> None:
    # A transit location in Haarlemmermeer, linked to Amsterdam.
    quota(api_with_two, 1_000)
    housed(api_with_two, 40, host=HAARLEMMERMEER, responsible=AMSTERDAM, credited=AMSTERDAM)

    assert line(api_with_two, AMSTERDAM)["realised"] == 40
    assert line(api_with_two, HAARLEMMERMEER)["realised"] is None


def test_amsterdam_2022_shows_610_and_886_side_by_side(api_with_two: httpx.Client) -> None:
    # Task 1,459 and realised 849 are of the whole year, told here as one half-year.
    quota(api_with_two, 1_000)
    inhabitants(api_with_two, GM0363=1_459_000)
    balance(api_with_two, -276)
    housed(api_with_two, 849)

    amsterdam = line(api_with_two)

    assert (amsterdam["task"], amsterdam["realised"]) == (1_459, 849)
    assert (amsterdam["backlog"], amsterdam["backlogWithEarlier"]) == (610, 886)
    assert (amsterdam["surplus"], amsterdam["surplusWithEarlier"]) == (0, 0)


def test_with_nothing_reported_realised_is_unknown_and_not_zero(
    api_with_two: httpx.Client,
) -> None:
    quota(api_with_two, 1_000)
    inhabitants(api_with_two, GM0363=50_000)

    amsterdam = line(api_with_two)

    assert amsterdam["task"] == 50
    assert amsterdam["realised"] is amsterdam["backlog"] is amsterdam["behindPace"] is None
    assert amsterdam["reports"] == 0


def test_a_report_that_nobody_was_housed_is_a_zero(api_with_two: httpx.Client) -> None:
    quota(api_with_two, 1_000)
    inhabitants(api_with_two, GM0363=50_000)
    housed(api_with_two, 0)

    assert line(api_with_two)["realised"] == 0
    assert line(api_with_two)["backlog"] == 50


def test_one_report_without_persons_makes_what_was_realised_unknown(
    api_with_two: httpx.Client,
) -> None:
    quota(api_with_two, 1_000)
    housed(api_with_two, 20)
    housed(api_with_two, None, households=8)

    amsterdam = line(api_with_two)

    assert amsterdam["realised"] is None
    assert (amsterdam["reports"], amsterdam["reportsWithoutPersons"]) == (2, 1)


def test_only_the_group_of_the_quota_counts(api_with_two: httpx.Client) -> None:
    quota(api_with_two, 1_000)
    housed(api_with_two, 20)

    assert line(api_with_two, group="students")["realised"] is None
    assert line(api_with_two, group="status_holders")["realised"] == 20


def test_a_national_number_that_is_not_known_yet_leaves_tasks_unknown(
    api_with_two: httpx.Client,
) -> None:
    quota(api_with_two, None)
    inhabitants(api_with_two, GM0363=60_000)

    assert ledger(api_with_two)["multiplier"] is None
    assert line(api_with_two)["task"] is None


def test_without_a_national_number_there_is_no_ledger(api_with_two: httpx.Client) -> None:
    answer = api_with_two.get("/v1/quota-ledger", params={"halfYear": "2025-II"})

    assert answer.status_code == 409
    assert answer.json()["code"] == "quota_not_known"
    assert answer.json()["detail"] == "The national number of 2025-II is not known."
    assert answer.json()["nl"] == "Het landelijke aantal van 2025-II is niet bekend."


def test_a_municipality_that_has_merged_before_is_not_in_the_ledger(
    api_with_two: httpx.Client,
) -> None:
    quota(api_with_two, 1_000)
    merged = {"code": "GM0397", "name": "Heemstede", "validFrom": "1990-01-01"}
    answer = api_with_two.post(
        "/v1/municipalities",
        json={**merged, "province": "Noord-Holland", "validTo": "2024-12-31"},
    )
    assert answer.status_code == 201

    assert [row["municipality"] for row in ledger(api_with_two)["lines"]] == [
        AMSTERDAM,
        HAARLEMMERMEER,
    ]


def test_a_region_is_the_sum_of_its_municipalities(api_with_two: httpx.Client) -> None:
    quota(api_with_two, 1_000)
    inhabitants(api_with_two, GM0363=50_500, GM0394=10_000)
    balance(api_with_two, -7)
    balance(api_with_two, 4, municipality=HAARLEMMERMEER)
    housed(api_with_two, 40)
    housed(api_with_two, 15, host=HAARLEMMERMEER, credited=HAARLEMMERMEER)

    totals = ledger(api_with_two, region="mra")["totals"]

    assert (totals["municipalities"], totals["reporting"]) == (2, 2)
    assert (totals["task"], totals["realised"], totals["balance"]) == (61, 55, -6)
    assert (totals["backlog"], totals["surplus"]) == (11, 5)
    assert totals["openingBalance"] == -3


def test_one_municipality_that_is_silent_makes_the_sum_of_the_region_unknown(
    api_with_two: httpx.Client,
) -> None:
    quota(api_with_two, 1_000)
    inhabitants(api_with_two, GM0363=50_000, GM0394=10_000)
    housed(api_with_two, 40)

    totals = ledger(api_with_two, region="mra")["totals"]

    assert (totals["task"], totals["realised"], totals["reporting"]) == (60, None, 1)


def test_without_a_region_there_are_no_sums(api_with_two: httpx.Client) -> None:
    quota(api_with_two, 1_000)

    assert ledger(api_with_two)["totals"] is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("halfYear", "2025"),
        ("halfYear", "2025-III"),
        ("on", "31-03-2025"),
        ("municipality", "Amsterdam"),
        ("region", "nowhere"),
    ],
)
def test_a_question_that_cannot_be_read_is_refused(
    api_with_two: httpx.Client, name: str, value: str
) -> None:
    quota(api_with_two, 1_000)
    answer = api_with_two.get("/v1/quota-ledger", params={"halfYear": "2025-I", name: value})

    assert answer.status_code == 400
    assert [fault["pointer"] for fault in answer.json()["errors"]] == [f"?{name}"]
