"""Realisations: three municipalities kept apart, inside one half-year."""

import httpx
import pytest

from tests.api.rows import HAARLEMMERMEER, Filled, add, body


def faults(api: httpx.Client, noun: str, **changes: object) -> list[tuple[str, str]]:
    answer = api.post(f"/v1/{noun}", json=body(noun, **changes))
    assert answer.status_code == 400, answer.text
    return [(fault["pointer"], fault["code"]) for fault in answer.json()["errors"]]


def test_responsible_host_and_credited_are_three_municipalities(filled: Filled) -> None:
    row = add(filled.api, "realisations", host=HAARLEMMERMEER)

    assert (row["responsible"], row["host"], row["credited"]) == (
        "GM0363",
        HAARLEMMERMEER,
        "GM0363",
    )
    hosted = filled.api.get("/v1/realisations", params={"host": HAARLEMMERMEER}).json()
    assert hosted["items"] == [row]


def test_a_report_over_two_half_years_is_refused(filled: Filled) -> None:
    told = faults(filled.api, "realisations", start="2025-06-01", end="2025-07-01")

    assert told == [("/end", "not_one_half_year")]


def test_a_report_over_the_same_months_of_two_years_is_refused(filled: Filled) -> None:
    told = faults(filled.api, "realisations", start="2024-06-01", end="2025-06-01")

    assert told == [("/end", "not_one_half_year")]


def test_a_report_that_ends_before_it_starts_has_that_one_fault(filled: Filled) -> None:
    told = faults(filled.api, "realisations", start="2025-07-01", end="2025-06-30")

    assert told == [("/end", "not_in_order")]


def test_persons_and_households_that_are_not_told_are_unknown_and_not_zero(
    filled: Filled,
) -> None:
    row = add(filled.api, "realisations", persons=None, households=None)

    assert (row["persons"], row["households"]) == (None, None)


def test_a_realisation_may_fulfil_a_part_of_a_commitment(filled: Filled) -> None:
    commitment = filled.rows["commitments"]["id"]
    row = add(filled.api, "realisations", commitment=commitment)

    found = filled.api.get("/v1/realisations", params={"commitment": commitment}).json()

    assert found["items"] == [row]


@pytest.mark.parametrize("noun", ["realisations", "money-lines"])
def test_a_commitment_that_does_not_exist_is_an_unknown_id(filled: Filled, noun: str) -> None:
    nobody = "00000000-0000-4000-8000-000000000000"

    assert faults(filled.api, noun, commitment=nobody) == [("/commitment", "unknown_id")]


@pytest.mark.parametrize("half_year", ["2025", "2025-III", "2025-i", "25-I"])
def test_what_is_no_half_year_has_no_quota(filled: Filled, half_year: str) -> None:
    told = {pointer for pointer, _ in faults(filled.api, "quota-totals", halfYear=half_year)}

    assert told == {"/halfYear"}


def test_a_municipality_has_one_balance_per_half_year(filled: Filled) -> None:
    again = filled.api.post("/v1/quota-balances", json=body("quota-balances"))

    assert again.status_code == 409
    assert again.json()["key"] == {"municipality": "GM0363", "halfYear": "2025-I"}


def test_a_balance_may_be_below_zero(filled: Filled) -> None:
    assert filled.rows["quota-balances"]["persons"] == -276
