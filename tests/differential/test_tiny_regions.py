"""Regions so small that every plan in whole households can be looked at."""

import pytest

from tests.differential.asking import Oracle, solved
from tests.differential.claims import refuted
from tests.differential.listing import Listed, listed
from tests.differential.regions import AMOUNT, SEED

ONCE_REFUTED = (551, 1519)
"""Preferences before fairness, with homes of several units: called proven, and they were not."""


@pytest.fixture(scope="module", params=sorted({*range(AMOUNT // 5), *ONCE_REFUTED}))
def tiny(request: pytest.FixtureRequest) -> Listed:
    """A tiny region with all its plans."""
    return listed(SEED, request.param)


def test_every_claim_of_a_result_holds_against_all_plans(tiny: Listed) -> None:
    wrong = refuted(tiny.region, solved(tiny.problem), tiny.plans)

    assert not wrong, tiny.shown(wrong)


def test_the_verifier_finds_exactly_the_rules_that_a_plan_breaks(tiny: Listed) -> None:
    wrong = tiny.misjudged()

    assert not wrong, tiny.shown(wrong)


def test_the_second_program_finds_the_best_of_all_plans(tiny: Listed, oracle: Oracle) -> None:
    best = oracle.answer(tiny.document)["whole"]

    assert tiny.best_is(best), tiny.shown([f"the second program finds {best}"])
