"""Inequalities of the solve before, worked out again with the sides of today."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from services.allocator.model.linear_model import Column, Row
from services.allocator.model.narrowing import ZERO
from services.allocator.model.objectives.fairness import Cells
from services.allocator.solve.face import Face
from services.allocator.solve.model_proto import terms_of
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
    steps = face.recall.steps(stage)
    model = face.model
    number = {name: row for row, name in enumerate(model.row_names)}
    place, columns, values = terms_of(model, range(len(model.row_names)))
    low, high = np.array(model.row_lower), np.array(model.row_upper)
    least, most = np.array(model.column_lower), np.array(model.column_upper)
    floors, fair = list(cells.floor.values()), np.array([cells.fair[c] for c in cells.floor])
    names = list(cells.floor)
    for step in steps:
        known = {number.get(face.recall.name(name)): price for name, price in step.prices.items()}
        if None in known:
            continue
        prices = np.zeros(len(low))
        prices[list(known)] = list(known.values())
        reduced = -np.bincount(columns, prices[place] * values, len(least))
        reduced[abs(reduced) < ZERO] = 0.0
        weights = prices[floors] * fair
        whole = float(weights[weights > ZERO].sum())
        sides = prices.copy()
        sides[floors] = 0.0
        bound = -_times(sides, low, high) - _times(reduced, least, most)
        if whole and np.isfinite(bound):
            yield Witness(
                {names[k]: float(weights[k]) / whole for k in np.flatnonzero(weights > ZERO)},
                bound / whole,
                Prices(known, {c: float(reduced[c]) for c in reduced.nonzero()[0].tolist()}),
            )


def _times(prices, low, high) -> float:
    some = prices.nonzero()[0]
    return float((prices[some] * np.where(prices[some] > 0, low[some], high[some])).sum())
