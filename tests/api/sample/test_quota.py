"""The statutory quota against every published or checked target."""

import csv
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.api.sample.facts import national_population, quota_totals
from services.api.sample.quota import QuotaCannotBeShared, statutory_quota

DATA = Path(__file__).parents[2] / "data"
KNOWN_HALF_YEARS = ["2023-I", "2023-II", "2024-I", "2025-I", "2025-II"]


def rows_of(name: str, half_year: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if row["half_year"] == half_year]


def computed(half_year: str) -> Mapping[str, int]:
    total = quota_totals()[half_year]
    return statutory_quota(total.national_total, national_population(total.population_year))


@pytest.mark.parametrize("half_year", KNOWN_HALF_YEARS)
def test_all_342_targets_of_a_half_year_are_reproduced(half_year: str) -> None:
    rows = rows_of("statutory_targets_nl.csv", half_year)

    assert len(rows) == 342
    assert computed(half_year) == {row["code"]: int(row["target_persons"]) for row in rows}


@pytest.mark.parametrize("half_year", KNOWN_HALF_YEARS)
def test_all_30_targets_of_the_region_are_reproduced(half_year: str) -> None:
    rows = rows_of("statutory_targets_mra.csv", half_year)
    targets = computed(half_year)

    assert len(rows) == 30
    assert {row["code"]: targets[row["code"]] for row in rows} == {
        row["code"]: int(row["target_persons"]) for row in rows
    }
    assert {int(row["national_total"]) for row in rows} == {
        quota_totals()[half_year].national_total
    }


@pytest.mark.parametrize("half_year", KNOWN_HALF_YEARS)
def test_populations_are_those_of_the_year_before(half_year: str) -> None:
    rows = rows_of("statutory_targets_nl.csv", half_year)

    assert national_population(quota_totals()[half_year].population_year) == {
        row["code"]: int(row["population"]) for row in rows
    }


@pytest.mark.parametrize("half_year", KNOWN_HALF_YEARS)
def test_the_targets_of_the_country_sum_to_the_national_total(half_year: str) -> None:
    assert sum(computed(half_year).values()) == quota_totals()[half_year].national_total


def test_haarlemmermeer_2023_is_what_the_municipality_published() -> None:
    assert computed("2023-I")["GM0394"] == 191
    assert computed("2023-II")["GM0394"] == 158


def test_zaanstreek_waterland_2023_is_what_the_ministry_published() -> None:
    first, second = computed("2023-I"), computed("2023-II")

    assert first["GM0479"] + second["GM0479"] == 344
    assert first["GM0880"] + second["GM0880"] == 37
    assert first["GM0431"] + second["GM0431"] == 22
    assert first["GM0439"] + second["GM0439"] == 203


@pytest.mark.parametrize("half_year", KNOWN_HALF_YEARS)
def test_one_multiplier_rounds_up_to_all_targets_so_no_tie_was_broken(half_year: str) -> None:
    population = national_population(quota_totals()[half_year].population_year)
    targets = computed(half_year)

    lowest = max(Fraction(targets[code] - 1, people) for code, people in population.items())
    highest = min(Fraction(targets[code], people) for code, people in population.items())

    assert lowest < highest


def test_a_tie_at_the_last_step_goes_to_the_lower_code() -> None:
    assert statutory_quota(3, {"B": 100, "A": 100}) == {"B": 1, "A": 2}


def test_a_tie_between_unequal_populations_goes_to_the_larger() -> None:
    # Above a multiplier of 1/100 A needs 2 and B needs 3: three or five persons, never four.
    assert statutory_quota(4, {"A": 100, "B": 200}) == {"A": 1, "B": 3}


def test_every_inhabited_municipality_gets_at_least_one() -> None:
    assert statutory_quota(3, {"A": 1_000_000, "B": 1, "C": 1}) == {"A": 1, "B": 1, "C": 1}


def test_a_municipality_without_inhabitants_gets_nobody() -> None:
    assert statutory_quota(2, {"A": 10, "B": 0}) == {"A": 2, "B": 0}


def test_nobody_to_house_means_no_targets() -> None:
    assert statutory_quota(0, {"A": 10, "B": 20}) == {"A": 0, "B": 0}


@pytest.mark.parametrize(
    ("national_total", "population"),
    [(1, {"A": 10, "B": 20}), (5, {"A": 0}), (5, {}), (-1, {"A": 10})],
)
def test_a_total_that_cannot_be_shared_is_refused(
    national_total: int, population: dict[str, int]
) -> None:
    with pytest.raises(QuotaCannotBeShared) as refused:
        statutory_quota(national_total, population)

    assert refused.value.national_total == national_total


@given(
    population=st.dictionaries(
        st.text("ABCDEFGH", min_size=1, max_size=3), st.integers(1, 10**6), min_size=1
    ),
    extra=st.integers(0, 10**5),
)
def test_targets_sum_to_any_total_and_are_rounded_up_by_one_multiplier(
    population: dict[str, int], extra: int
) -> None:
    total = len(population) + extra
    targets = statutory_quota(total, population)

    assert sum(targets.values()) == total
    assert max(Fraction(targets[code] - 1, people) for code, people in population.items()) <= min(
        Fraction(targets[code], people) for code, people in population.items()
    )


@given(
    population=st.dictionaries(
        st.text("ABCDEFGH", min_size=1, max_size=3), st.integers(1, 10**6), min_size=1
    ),
    extra=st.integers(0, 10**4),
)
def test_a_larger_total_never_lowers_a_target(population: dict[str, int], extra: int) -> None:
    fewer = statutory_quota(len(population) + extra, population)
    more = statutory_quota(len(population) + extra + 1, population)

    assert all(fewer[code] <= more[code] for code in population)
