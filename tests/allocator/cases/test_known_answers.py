"""Every known case: the optimum of each stage, the levels of fairness, and a plan close to them."""

import json
from typing import Any

import pytest

from shared.verify.verify import verify
from tests.allocator.solving import CASES, case, hosted, levels, solved_case
from tests.shared.mutations import mutations

NAMES = ["mini-1", "mini-2", "mini-3", "mini-4", "mini-5", "mra-1", "mra-scarce-2"]
SMALL = NAMES[:5]
every_case = pytest.mark.parametrize("name", NAMES)


def known(name: str) -> dict[str, Any]:
    """The answers of a separate, slow program."""
    answers: dict[str, Any] = json.loads((CASES / f"{name}.expected.json").read_bytes())
    return answers


def known_stages(name: str) -> dict[tuple[str, int | None], float]:
    """Expected references; there suitability is a cost, in our result it is a value."""
    signs = {"suitability": -1}
    return {
        (row["objective"], row["tier"]): signs.get(row["objective"], 1) * row["reference"]
        for row in known(name)["stages"]
        if "levels" not in row
    }


def known_levels(name: str) -> dict[tuple[str, str | None], float]:
    """Expected levels per municipality and group."""
    return {(row["municipality"], row.get("group")): row["level"] for row in known(name)["levels"]}


@every_case
def test_every_stage_finds_the_known_optimum(name: str) -> None:
    found = {(s.objective, s.tier): s.reference for s in solved_case(name).stages if not s.levels}
    assert found == pytest.approx(known_stages(name), abs=1e-4, rel=0)


@every_case
def test_the_stages_come_in_the_planners_order(name: str) -> None:
    found = [(stage.objective, stage.tier) for stage in solved_case(name).stages]
    assert found == [(row["objective"], row.get("tier")) for row in known(name)["stages"]]


@every_case
def test_every_municipality_and_group_reaches_its_known_level(name: str) -> None:
    assert levels(solved_case(name)) == pytest.approx(known_levels(name), abs=1e-5, rel=0)


@every_case
def test_the_distinct_levels_are_counted(name: str) -> None:
    counted = {s.objective: s.levels for s in solved_case(name).stages if s.levels is not None}
    expected = {row["objective"]: row["levels"] for row in known(name)["stages"] if "levels" in row}
    assert counted == expected


@every_case
def test_every_number_is_within_a_household_of_its_target_or_the_cost_is_named(name: str) -> None:
    result = solved_case(name)
    proposed = hosted(result)
    named = {(row.municipality, row.group) for row in result.integrality_cost}
    far = [
        row
        for row in result.levels
        if row.households is not None
        and abs(proposed[row.municipality, str(row.group)] - row.households) >= 1 + 1e-6
        and (row.municipality, row.group) not in named
    ]
    assert far == []


@every_case
def test_the_plan_is_optimal_and_the_verifier_accepts_it(name: str) -> None:
    assert solved_case(name).status == "optimal"
    assert verify(case(name), solved_case(name)) == ()


@pytest.mark.parametrize("name", ["mra-1", "mra-scarce-2"])
def test_the_whole_region_takes_less_than_a_minute(name: str) -> None:
    assert solved_case(name).provenance.wall_seconds < 60


@pytest.mark.parametrize("name", SMALL)
def test_hundreds_of_damaged_results_are_all_refused(name: str) -> None:
    problem, result = case(name), solved_case(name)
    damaged = list(mutations(problem, result, per_kind=5))
    accepted = [damage.name for damage in damaged if not verify(problem, damage.result)]
    assert len(damaged) >= 200
    assert accepted == []


@pytest.mark.parametrize(("name", "per_kind"), [("mra-1", 3), ("mra-scarce-2", 1)])
def test_damaged_results_of_the_whole_region_are_all_refused(name: str, per_kind: int) -> None:
    problem, result = case(name), solved_case(name)
    damaged = list(mutations(problem, result, per_kind=per_kind))
    accepted = [damage.name for damage in damaged if not verify(problem, damage.result)]
    assert len(damaged) >= 50
    assert accepted == []
