"""Random regions whose planner leaves the order of the stages to us."""

import pytest

from tests.differential.asking import Oracle
from tests.differential.comparing import report
from tests.differential.regions import AMOUNT, SEED


@pytest.mark.parametrize("number", range(0, AMOUNT, 2))
def test_every_stage_and_level_is_that_of_the_second_program(oracle: Oracle, number: int) -> None:
    differences = report(oracle, SEED, number)

    assert not differences, differences
