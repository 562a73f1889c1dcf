"""Whatever the engine proves, anyone can check; and a certificate comes only when asked for."""

from dataclasses import replace

import pytest
from hypothesis import assume, given, settings

from services.allocator.certificate.check import check
from services.allocator.service import SolveLimits, allocate
from shared.contract.problem import Problem
from shared.contract.reading import read_result
from tests.allocator.certificate.proofs import faults, proven, proven_case
from tests.allocator.instances import problems
from tests.allocator.solving import case, levels, references

MINIS = ("mini-1", "mini-2", "mini-3", "mini-4", "mini-5")


@pytest.mark.parametrize("name", [*MINIS, "mra-1"])
def test_the_certificate_of_a_region_is_accepted(name: str) -> None:
    assert faults(case(name), proven_case(name)) == ()


@pytest.mark.parametrize("name", MINIS)
def test_what_is_proven_are_the_references_and_the_lowest_levels(name: str) -> None:
    result = proven_case(name)
    fairness = levels(result)
    lowest = {
        ("municipalFairness", None): min(f for (_, g), f in fairness.items() if g is None),
        ("groupFairness", None): min(f for (_, g), f in fairness.items() if g is not None),
    }

    bounds = {
        (row.stage.objective, row.stage.tier): row.bound for row in check(case(name), result).proven
    }

    assert bounds == pytest.approx(references(result) | lowest)


@settings(max_examples=40, derandomize=True)
@given(problem=problems())
def test_any_region_is_proven(problem: Problem) -> None:
    assert faults(problem, proven(problem)) == ()


@settings(max_examples=40, derandomize=True)
@given(problem=problems(stages=True, pins=True, sizes=(0, 0.5, 1, 2)))
def test_any_order_of_stages_with_slack_and_pins_is_proven(problem: Problem) -> None:
    result = proven(problem)
    assume(result.status != "infeasible")
    assert faults(problem, result) == ()


def test_a_certificate_survives_being_written_and_read() -> None:
    written = proven_case("mini-2").model_dump_json().encode()

    assert faults(case("mini-2"), read_result(written)) == ()


def test_a_certificate_of_thirty_municipalities_is_at_most_ten_megabytes() -> None:
    certificate = proven_case("mra-1").certificate
    assert certificate is not None
    assert len(certificate.model_dump_json()) < 10_000_000


def test_a_certificate_is_only_given_when_it_is_asked_for() -> None:
    limits = replace(SolveLimits(None, 1, 0), certificate=False)

    assert allocate(case("mini-1"), limits, lambda progress: None).certificate is None
