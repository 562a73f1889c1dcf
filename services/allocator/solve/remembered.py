"""Inequalities of the solve before, worked out again with the sides of today."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from services.allocator.model.linear_model import Column, Row
from services.allocator.model.narrowing import ZERO
from services.allocator.model.objectives.fairness import Cells
from services.allocator.solve.face import Face
from services.allocator.solve.terms import all_terms
from services.allocator.solve.vertex import Floats, Positions
from services.allocator.solve.witness import Witness


@dataclass(frozen=True)
class Prices:
    """Dual value per row and reduced cost per column, where not zero."""

    duals: dict[Row, float]
    reduced: dict[Column, float]


def remembered(face: Face, cells: Cells, stage: str) -> Iterator[Witness]:
    """Yield what was in the way before, as far as it says anything about this face.

    Any prices give an inequality that every plan keeps (weak duality): only its bound has to be
    computed anew, from the sides of rows and the bounds of columns.
    """
    if face.recall is None:
        return
    today = _Today(face, cells)
    for duals in face.recall.steps(stage, face.model):
        witness = today.witness(duals)
        if witness is not None:
            yield witness


class _Today:
    """Sides of rows and bounds of columns as they are now."""

    def __init__(self, face: Face, cells: Cells) -> None:
        model = face.model
        self._sides = np.array(model.row_lower), np.array(model.row_upper)
        self._bounds = np.array(model.column_lower), np.array(model.column_upper)
        terms = all_terms(model)
        self._columns, self._values = terms.columns, terms.values
        self._first = np.searchsorted(terms.place, np.arange(len(model.row_names) + 1))
        self._cell = {row: cell for cell, row in cells.floor.items()}
        self._fair = cells.fair

    def witness(self, duals: dict[Row, float]) -> Witness | None:
        """Give the inequality of these dual values; None when it has no bound."""
        rows = np.fromiter(duals, np.int64)
        prices = np.fromiter(duals.values(), np.float64)
        reduced = self._reduced(rows, prices)
        raw = {
            cell: price * self._fair[cell]
            for row, price in duals.items()
            if (cell := self._cell.get(row)) is not None and price > ZERO
        }
        sides = np.array([row not in self._cell for row in duals], dtype=bool)
        columns = np.flatnonzero(reduced)
        bound = -_least(rows[sides], prices[sides], *self._sides)
        bound -= _least(columns, reduced[columns], *self._bounds)
        whole = sum(raw.values())
        if not whole or not np.isfinite(bound):
            return None
        proof = Prices(duals, dict(zip(columns.tolist(), reduced[columns].tolist(), strict=True)))
        return Witness({cell: weight / whole for cell, weight in raw.items()}, bound / whole, proof)

    def _reduced(self, rows: Positions, prices: Floats) -> Floats:
        sizes = self._first[rows + 1] - self._first[rows]
        # The positions of all terms of these rows, one row after the other.
        within = np.arange(sizes.sum()) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        terms = np.repeat(self._first[rows], sizes) + within
        products = np.repeat(prices, sizes) * self._values[terms]
        reduced = -np.bincount(self._columns[terms], products, len(self._bounds[0])).astype(float)
        reduced[abs(reduced) < ZERO] = 0.0
        return reduced


def _least(which: Positions, prices: Floats, low: Floats, high: Floats) -> float:
    """Add up each price times the side that its sign tells."""
    return float((prices * np.where(prices > 0, low[which], high[which])).sum())
