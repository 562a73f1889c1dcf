"""Inequalities between levels that every plan keeps, and what they allow together."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from services.allocator.model.linear_model import INFINITY, Column, Row
from services.allocator.problem.outcome import Cell
from services.allocator.solve.vertex import Floats, Positions

SAME_LEVEL = 1e-9
"""Levels that differ by less are the same."""


class Proof(Protocol):
    """Dual value per row and reduced cost per column, where not zero."""

    @property
    def duals(self) -> dict[Row, float]:
        """Price per row."""

    @property
    def reduced(self) -> dict[Column, float]:
        """Reduced cost per column."""


@dataclass(frozen=True)
class Witness:
    """Proof that floors cannot all be higher: sum of weight * level <= bound in every plan.

    The weights are positive and add up to 1.
    """

    weights: Mapping[Cell, float]
    bound: float
    proof: Proof


class Inequalities:
    """All inequalities that are known about some cells."""

    def __init__(self, cells: Iterable[Cell]) -> None:
        self._cells = list(cells)
        self._place = {cell: k for k, cell in enumerate(self._cells)}
        self.witnesses: list[Witness] = []
        self._weights: Floats = np.zeros((0, len(self._cells)))
        self._bounds: Floats = np.zeros(0)

    def __len__(self) -> int:
        return len(self.witnesses)

    def add(self, witness: Witness) -> None:
        """Add an inequality."""
        row = np.zeros((1, len(self._cells)))
        for cell, weight in witness.weights.items():
            row[0, self._place[cell]] = weight
        self.witnesses.append(witness)
        self._weights = np.concatenate([self._weights, row])
        self._bounds = np.append(self._bounds, witness.bound)

    def about(self, cells: Iterable[Cell]) -> Positions:
        """Give the positions of those that count any of these cells."""
        some = self._weights[:, [self._place[cell] for cell in cells]]
        return np.flatnonzero(some.any(axis=1))

    def kept_up_to(self, most: Mapping[Cell, float], which: Positions | None = None) -> Floats:
        """For each, the highest z for which floors min(most, z) do not contradict it.

        Infinite where the levels `most` themselves do not.

        Parameters
        ----------
        which
            Positions of those that are asked for; all when None.
        """
        weights, bounds = self._weights, self._bounds
        if which is not None:
            weights, bounds = weights[which], bounds[which]
        levels = np.array([most[cell] for cell in self._cells])
        kept = np.full(len(bounds), INFINITY)
        broken = np.flatnonzero(weights @ levels - bounds > SAME_LEVEL)
        if not len(broken):
            return kept
        order = np.argsort(levels, kind="stable")
        weights, bounds, levels = weights[broken][:, order], bounds[broken], levels[order]
        # With z at the level of a cell, those before it are at their own and all others at z.
        below = np.cumsum(weights * levels, axis=1) - weights * levels
        above = np.cumsum(weights[:, ::-1], axis=1)[:, ::-1]
        first = np.argmax(below + above * levels > bounds[:, None], axis=1)
        at = np.arange(len(broken))
        kept[broken] = (bounds - below[at, first]) / above[at, first]
        return kept
