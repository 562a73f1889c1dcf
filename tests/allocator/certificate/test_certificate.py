"""Anyone can check how good a plan is at best, with products and sums alone."""

from dataclasses import replace
from pathlib import Path

import pytest

from services.allocator.problem.instance import Instance
from services.allocator.service import SolveLimits, allocate
from services.allocator.translate import instance_of
from shared.contract.reading import read_problem
from shared.contract.result import Dual, StageCertificate
from tests.allocator.certificate.replay import replayed_bounds

CASES = Path(__file__).parents[2] / "data" / "cases"
Proof = tuple[Instance, tuple[StageCertificate, ...]]


@pytest.fixture(scope="module", params=["mini-1", "mini-2", "mini-4"])
def proof(request: pytest.FixtureRequest) -> Proof:
    problem = read_problem((CASES / f"{request.param}.json").read_bytes())
    limits = SolveLimits(time_limit=None, threads=1, seed=0, certificate=True)
    return instance_of(problem), allocate(problem, limits, lambda progress: None).certificate


def test_the_dual_values_alone_give_every_bound(proof: Proof) -> None:
    instance, certificate = proof
    stated = [(step.objective, step.bound) for step in certificate]

    replayed = replayed_bounds(instance, certificate)

    assert [name for name, _ in replayed] == [name for name, _ in stated]
    assert [bound for _, bound in replayed] == pytest.approx([bound for _, bound in stated])


def test_a_changed_dual_value_gives_another_bound(proof: Proof) -> None:
    instance, (commitments, waiting, *rest) = proof[0], proof[1]
    first, *others = waiting.duals
    changed = waiting.model_copy(
        update={"duals": (Dual(row=first.row, value=first.value + 0.5), *others)}
    )

    replayed = replayed_bounds(instance, (commitments, changed, *rest))

    assert replayed[1][1] < waiting.bound - 1e-6 or replayed[1][1] > waiting.bound + 1e-6


def test_a_certificate_is_only_given_when_it_is_asked_for() -> None:
    problem = read_problem((CASES / "mini-1.json").read_bytes())
    limits = replace(SolveLimits(None, 1, 0), certificate=False)

    assert allocate(problem, limits, lambda progress: None).certificate == ()
