"""Results with what proves them, and where things are in them."""

from functools import cache
from typing import Any

from services.allocator.certificate.check import check
from services.allocator.service import SolveLimits, allocate
from shared.contract.certificate import Certificate, StageProof
from shared.contract.problem import Problem
from shared.contract.result import Result
from shared.verify.violations import Violation
from tests.allocator.region import group, homes, km, need, region, stages, year
from tests.allocator.solving import case


def proven(problem: Problem) -> Result:
    """The answer to a problem, with its certificate."""
    limits = SolveLimits(time_limit=None, threads=1, seed=0, certificate=True)
    return allocate(problem, limits, lambda progress: None)


@cache
def proven_case(name: str) -> Result:
    """The answer to a case with its certificate, computed once per test session."""
    return proven(case(name))


def too_early() -> Problem:
    """Homes of 2027 that stay empty: A's people come a year later, and B's may not live there.

    In all as many have come in 2027 as there are homes, so only a row about A and 2027 says it.
    """
    return region(
        periods=[year(2027), year(2028)],
        groups=[group(spread="near", maxKm=10)],
        supply=[homes("A", 4)],
        needs=[need("A", 4, period="2028"), need("B", 4)],
        distances=[km("A", "B", 50)],
        stages=stages("waiting"),
    )


def faults(problem: Problem, result: Result) -> tuple[Violation, ...]:
    """What is wrong with the certificate of a result."""
    return check(problem, result).violations


def certificate_of(result: Result) -> Certificate:
    """The certificate that a result was asked to have."""
    assert result.certificate is not None
    return result.certificate


def with_certificate(result: Result, **changes: Any) -> Result:
    """The result with another certificate."""
    changed = certificate_of(result).model_copy(update=changes)
    return result.model_copy(update={"certificate": changed})


def with_stage(result: Result, number: int, **changes: Any) -> Result:
    """The result with another proof of one stage."""
    stages = list(certificate_of(result).stages)
    stages[number] = stages[number].model_copy(update=changes)
    return with_certificate(result, stages=tuple(stages))


def with_proof(result: Result, stage: int, number: int, **changes: Any) -> Result:
    """The result with other dual values, or other floors that they keep."""
    proofs = list(certificate_of(result).stages[stage].proofs)
    proofs[number] = proofs[number].model_copy(update=changes)
    return with_stage(result, stage, proofs=tuple(proofs))


def is_leximin(proof: StageProof) -> bool:
    """Whether a stage is about levels."""
    return proof.objective in ("municipalFairness", "groupFairness")
