"""The national problem is real in its names and sizes, valid, and the same every time."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from shared.contract.reading import read_problem
from tests.bench import national
from tests.bench.answers import CASES
from tests.bench.municipalities import kilometres, municipalities


@cache
def written() -> bytes:
    return json.dumps(national.national_problem()).encode()


def units_per_household(problem: dict[str, Any]) -> float:
    homes: int = sum(lot["reported"] for lot in problem["supply"])
    needs: int = sum(need["households"] for need in problem["needs"])
    return homes / needs


def test_the_contract_accepts_all_342_municipalities() -> None:
    problem = read_problem(written())

    sizes = (len(problem.municipalities), len(problem.groups), len(problem.periods))
    assert sizes == (342, 11, 5)


def test_the_same_seed_writes_the_same_file(tmp_path: Path) -> None:
    national.main(tmp_path / "national.json")

    assert (tmp_path / "national.json").read_bytes() == written() + b"\n"


def test_a_province_has_the_municipalities_nearest_to_utrecht(tmp_path: Path) -> None:
    national.main(tmp_path / "province.json", 12)

    problem = read_problem((tmp_path / "province.json").read_bytes())
    names = {m.name for m in problem.municipalities}
    assert len(names) == 12
    assert {"Utrecht", "Nieuwegein", "Zeist"} <= names


def test_another_seed_gives_another_problem() -> None:
    assert national.national_problem(seed=1)["needs"] != json.loads(written())["needs"]


def test_the_country_is_as_short_of_homes_as_the_region() -> None:
    region = json.loads((CASES / "mra-1.json").read_bytes())

    country = units_per_household(json.loads(written()))
    assert country == pytest.approx(units_per_household(region), rel=0.02)


def test_no_distance_is_longer_than_60_kilometres() -> None:
    assert max(pair["km"] for pair in json.loads(written())["distances"]) == 60


def test_the_distance_between_two_municipalities_is_that_of_the_region() -> None:
    by_code = {m.code: m for m in municipalities()}

    # Aalsmeer and Almere, 35.6 km apart in mra-1.
    assert kilometres(by_code["GM0358"], by_code["GM0034"]) == pytest.approx(35.6, abs=0.05)
