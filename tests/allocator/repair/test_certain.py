"""Proofs in exact arithmetic, on models small enough to see through."""

import pytest

from services.allocator.model.linear_model import LinearModel
from services.allocator.repair.certain import keeps_every_row, nothing_keeps_every_row
from services.allocator.repair.conflict import Conflict, conflict_in, is_wrong
from services.allocator.repair.question import narrowed
from services.allocator.solve.clock import Clock
from services.allocator.translate import instance_of
from tests.allocator.region import agreed, pin, region

CLASH = [("C5", "row-A"), ("C6", "pin-A")]
ASKED = narrowed(instance_of(region(pins=[pin("A", 3)], ceilings=[agreed("A", 1)])))


def two_numbers(*rows: tuple[float, float, float, float]) -> LinearModel:
    """Two whole numbers from 0 to 9; each row is a * x + b * y between a lower and upper side."""
    model = LinearModel()
    x, y = (model.add_column(name, 0, 9, whole=True) for name in "xy")
    for number, (a, b, low, high) in enumerate(rows):
        model.add_row(f"row-{number}", [(x, a), (y, b)], low, high)
    return model


def test_values_that_keep_rows_and_bounds_are_accepted() -> None:
    assert keeps_every_row(two_numbers((1, 1, 5, 5)), [2.0000001, 3.0])


@pytest.mark.parametrize("values", [[2.0, 4.0], [2.0, 2.0], [-1.0, 6.0], [10.0, -5.0]])
def test_values_beside_a_row_or_a_bound_are_refused(values: list[float]) -> None:
    assert not keeps_every_row(two_numbers((1, 1, 5, 5)), values)


def test_rows_that_contradict_each_other_are_proven_to() -> None:
    apart = two_numbers((1, 1, 5, 5), (2, 2, 0, 9))
    assert nothing_keeps_every_row(apart, Clock()) is True


def test_rows_that_only_halves_keep_are_proven_to_be_impossible() -> None:
    odd = two_numbers((2, 2, 5, 5))
    assert nothing_keeps_every_row(odd, Clock()) is True


def test_a_proof_of_what_is_possible_finds_the_example() -> None:
    assert nothing_keeps_every_row(two_numbers((1, 1, 5, 5)), Clock()) is False


def test_a_proof_that_takes_too_long_says_nothing() -> None:
    # 6x - 10y is even, and x and y could be anything: halves are split again and again.
    model = two_numbers((6, -10, 1, 1))
    model.column_upper = [1e6, 1e6]
    assert nothing_keeps_every_row(model, Clock()) is None


def test_a_minimal_conflict_is_not_called_wrong() -> None:
    assert conflict_in(ASKED, Clock()) == Conflict(tuple(CLASH), minimal=True)
    assert not is_wrong(ASKED, CLASH, Clock())


def test_a_conflict_with_a_rule_to_spare_is_called_wrong() -> None:
    assert is_wrong(ASKED, [("C1", "A-homes"), *CLASH], Clock())


def test_rules_that_can_hold_together_are_called_wrong() -> None:
    assert is_wrong(ASKED, [("C6", "pin-A")], Clock())
