"""What known inequalities say about levels, without any program."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.allocator.problem.outcome import Cell
from services.allocator.solve.foresight import Standing, foresee, nobody_else
from services.allocator.solve.remembered import Prices
from services.allocator.solve.witness import Inequalities, Witness

CELLS: list[Cell] = [(town, None) for town in "ABCDE"]
Row = tuple[dict[Cell, int], int]


def filled(rows: list[Row], most: int) -> dict[Cell, Fraction]:
    """Max-min fairness by progressive filling: all rise together until something is full."""
    rows = [*rows, *(({cell: 1}, most) for cell in CELLS)]
    level: dict[Cell, Fraction] = {}
    while len(level) < len(CELLS):
        heights = {
            number: Fraction(bound - sum(w * level.get(c, 0) for c, w in weights.items())) / rising
            for number, (weights, bound) in enumerate(rows)
            if (rising := sum(w for c, w in weights.items() if c not in level))
        }
        height = min(heights.values())
        full = {c for k, h in heights.items() if h == height for c in rows[k][0]}
        level |= {c: Fraction(height) for c in full if c not in level}
    return level


weights = st.dictionaries(st.sampled_from(CELLS), st.integers(1, 5), min_size=1)
rows = st.lists(st.tuples(weights, st.integers(0, 40)), max_size=6)


def known(those: list[Row]) -> Inequalities:
    """The same rows, with weights that add up to 1."""
    found = Inequalities(CELLS)
    for weight, bound in those:
        whole = sum(weight.values())
        parts = {cell: w / whole for cell, w in weight.items()}
        found.add(Witness(parts, bound / whole, Prices({}, {})))
    return found


@settings(max_examples=300, derandomize=True)
@given(those=rows, most=st.integers(1, 30))
def test_levels_are_those_of_filling_every_cell_as_evenly_as_can_be(
    those: list[Row], most: int
) -> None:
    start = Standing(-1.0, dict.fromkeys(CELLS, float(most)), {})
    found = foresee(start, known(those), nobody_else, levels=len(CELLS))
    assert found.most == pytest.approx({c: float(v) for c, v in filled(those, most).items()})


@settings(max_examples=100, derandomize=True)
@given(those=rows, most=st.integers(1, 30), strides=st.lists(st.integers(1, 3), max_size=6))
def test_going_up_in_strides_ends_where_one_long_stride_ends(
    those: list[Row], most: int, strides: list[int]
) -> None:
    inequalities = known(those)
    now = Standing(-1.0, dict.fromkeys(CELLS, float(most)), {})
    at_once = foresee(now, inequalities, nobody_else, levels=len(CELLS))
    for levels in [*strides, len(CELLS)]:
        now = foresee(now, inequalities, nobody_else, levels=levels)
    assert now.most == pytest.approx(at_once.most)


@settings(max_examples=100, derandomize=True)
@given(those=rows, most=st.integers(1, 30))
def test_every_level_below_the_most_has_a_proof_in_which_no_higher_level_counts(
    those: list[Row], most: int
) -> None:
    start = Standing(-1.0, dict.fromkeys(CELLS, float(most)), {})
    found = foresee(start, known(those), nobody_else, levels=len(CELLS))
    for cell, level in found.most.items():
        if level < most:
            witness = found.proof[cell]
            assert all(found.most[other] <= level + 1e-9 for other in witness.weights)
            tight = sum(w * found.most[other] for other, w in witness.weights.items())
            assert tight == pytest.approx(witness.bound, abs=1e-6)
