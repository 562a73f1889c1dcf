"""Prices of the solve before, and what they prove with the sides of today.

Any prices prove something (weak duality): only the bound has to be worked out anew. Where they
prove the optimum again, or a level, they are kept rather than new ones that prove the same. Then
the face is written down as it was before, and what was proven on it still holds.
"""

from collections.abc import Container, Iterator
from dataclasses import dataclass

import numpy as np

from services.allocator.model.linear_model import Column, LinearModel, Row
from services.allocator.model.narrowing import ZERO
from services.allocator.model.objectives.fairness import Cells
from services.allocator.solve.face import Face
from services.allocator.solve.objective import Objective
from services.allocator.solve.terms import all_terms
from services.allocator.solve.vertex import Floats, Positions
from services.allocator.solve.witness import Witness

SAME_VALUE = 1e-8
"""Part of an optimum by which a computed one may differ from one that is proven."""


@dataclass(frozen=True)
class Prices:
    """Dual value per row and reduced cost per column, where not zero."""

    duals: dict[Row, float]
    reduced: dict[Column, float]


def proof_again(
    face: Face, program: str, objective: Objective, optimum: float, slack: float
) -> Prices | None:
    """Give the prices that proved a stage before, if they prove its optimum today."""
    if face.recall is None or slack > 0:
        return None
    for duals in face.recall.steps(program, face.model):
        bound, prices = _Today(face.model).proven(duals, objective, frozenset())
        if abs(bound - optimum) <= SAME_VALUE * max(1.0, abs(optimum)):
            return prices
    return None


def remembered(face: Face, cells: Cells, stage: str) -> Iterator[Witness]:
    """Yield what was in the way before, as far as it says anything about this face."""
    if face.recall is None:
        return
    today = _Today(face.model)
    cell = {row: c for c, row in cells.floor.items()}
    for duals in face.recall.steps(stage, face.model):
        raw = {
            cell[row]: price * cells.fair[cell[row]]
            for row, price in duals.items()
            if row in cell and price > ZERO
        }
        whole = sum(raw.values())
        least, prices = today.proven(duals, {}, cell.keys())
        if whole and np.isfinite(least):
            yield Witness({c: weight / whole for c, weight in raw.items()}, -least / whole, prices)


class _Today:
    """Sides of rows and bounds of columns as they are now."""

    def __init__(self, model: LinearModel) -> None:
        self._sides = np.array(model.row_lower), np.array(model.row_upper)
        self._bounds = np.array(model.column_lower), np.array(model.column_upper)
        terms = all_terms(model)
        self._columns, self._values = terms.columns, terms.values
        self._first = np.searchsorted(terms.place, np.arange(len(model.row_names) + 1))

    def proven(
        self, duals: dict[Row, float], objective: Objective, apart: Container[Row]
    ) -> tuple[float, Prices]:
        """Give the bound below an objective that dual values prove, without that of some rows.

        Minus infinity where they prove nothing.
        """
        rows = np.fromiter(duals, np.int64, len(duals))
        prices = np.fromiter(duals.values(), np.float64, len(duals))
        reduced = self._reduced(rows, prices, objective)
        columns = np.flatnonzero(reduced)
        counted = np.array([row not in apart for row in duals], dtype=bool)
        bound = _least(rows[counted], prices[counted], *self._sides)
        bound += _least(columns, reduced[columns], *self._bounds)
        left = dict(zip(columns.tolist(), reduced[columns].tolist(), strict=True))
        return bound, Prices(duals, left)

    def _reduced(self, rows: Positions, prices: Floats, objective: Objective) -> Floats:
        sizes = self._first[rows + 1] - self._first[rows]
        # The positions of all terms of these rows, one row after the other.
        within = np.arange(sizes.sum()) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        terms = np.repeat(self._first[rows], sizes) + within
        products = np.repeat(prices, sizes) * self._values[terms]
        reduced: Floats = np.zeros(len(self._bounds[0]))
        reduced[list(objective)] = list(objective.values())
        reduced -= np.bincount(self._columns[terms], products, len(reduced))
        reduced[abs(reduced) < ZERO] = 0.0
        return reduced


def _least(which: Positions, prices: Floats, low: Floats, high: Floats) -> float:
    """Add up each price times the side that its sign tells."""
    return float((prices * np.where(prices > 0, low[which], high[which])).sum())
