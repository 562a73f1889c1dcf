"""Finds the rows that a corner breaks among those that are too many to write down.

Demand rows come from the network of a group; rows that compare two chances are found by looking.
"""

from collections.abc import Hashable
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from services.allocator.model.constraints.demand import add_demand
from services.allocator.model.linear_model import LinearModel, Row
from services.allocator.model.objectives.shopping import Pair, chance, compare_chances
from services.allocator.model.variables import Variables
from services.allocator.problem.demand import Demand
from services.allocator.problem.instance import Instance
from services.allocator.solve.model_proto import TOLERANCE
from services.allocator.solve.network import DIGITS, NOISE, Reach
from services.allocator.solve.terms import terms_of
from services.allocator.solve.vertex import Floats


class Separation:
    """Looks for broken rows, and adds them to a model."""

    def __init__(self, model: LinearModel, x: Variables, instance: Instance) -> None:
        self.model, self.x, self.instance = model, x, instance
        self.demands: list[Demand] = []
        self.pairs: list[Pair] = []
        self._row_of: dict[Hashable, Row] = {}
        self.reaches = [
            Reach(x, instance, group)
            for group in instance.groups
            if group.spread != "home" and any(g == group.id for _, g, _ in x.hosted)
        ]

    def add_broken(self, point: Floats) -> list[Row]:
        """Add the rows that a point breaks; none when it can be routed and compared.

        A row that is there already and still broken is so by the rounding of the simplex method.
        """
        broken = [demand for reach in self.reaches for demand in reach.broken(point)]
        first = len(self.model.row_names)
        for demand in broken:
            if demand.key not in self._row_of:
                self.add(demand)
        for pair in self._broken_pairs(point):
            if pair not in self._row_of:
                self.compare(pair)
        return list(range(first, len(self.model.row_names)))

    def found_demands(self) -> dict[str, Demand]:
        """Give the demand rows by name, in the order in which they were found."""
        names = self.model.row_names
        return {names[self._row_of[demand.key]]: demand for demand in self.demands}

    def found_pairs(self) -> dict[str, Pair]:
        """Give the rows that compare two chances by name, in the order in which they were found."""
        names = self.model.row_names
        return {names[self._row_of[pair]]: pair for pair in self.pairs}

    def add(self, demand: Demand) -> Row:
        """Add one demand row."""
        self.demands.append(demand)
        name = f"C8.reach[{demand.group},{len(self.demands)}]"
        row = add_demand(self.model, self.x, self.instance, demand, name)
        self._row_of[demand.key] = row
        return row

    def compare(self, pair: Pair) -> Row:
        """Add the row that compares two chances."""
        self.pairs.append(pair)
        row = self._row_of[pair] = compare_chances(self.model, self.x, self.instance, pair)
        return row

    def row_of_demand(self, demand: Demand) -> Row:
        """Give the row of a demand; it is added when there is none yet."""
        known = self._row_of.get(demand.key)
        return self.add(demand) if known is None else known

    def row_of_pair(self, pair: Pair) -> Row:
        """Give the row that compares two chances; it is added when there is none yet."""
        known = self._row_of.get(pair)
        return self.compare(pair) if known is None else known

    def may_add(self, demand: Demand) -> bool:
        """Whether the model has what a demand row is about."""
        return (
            demand.group in self.instance.group
            and set(demand.until) <= set(self.instance.municipalities)
            and bool(self.x.served) >= demand.decided
        )

    def may_compare(self, pair: Pair) -> bool:
        """Whether two chances are to be compared."""
        return bool(self.x.pull) and pair in self._chances.pairs

    def _broken_pairs(self, point: Floats) -> list[Pair]:
        """List the pairs whose chances differ by more than their pull."""
        if not self.x.pull:
            return []
        chances = self._chances
        return [chances.pairs[k] for k in chances.broken(point).tolist()]

    @cached_property
    def _chances(self) -> "_Chances":
        return _Chances(self.x, self.instance)


class _Chances:
    """Chances and pulls of all pairs that are compared, by position."""

    def __init__(self, x: Variables, instance: Instance) -> None:
        groups = instance.groups
        self.pairs = [(m, n, g.id) for g in groups for m, n in instance.comparable(g.id)]
        number = {cell: k for k, cell in enumerate(x.pull)}
        self._here = np.array([number[m, g] for m, _, g in self.pairs], dtype=np.int64)
        self._there = np.array([number[n, g] for _, n, g in self.pairs], dtype=np.int64)
        self._need = np.array([instance.total_need[m, g] for m, _, g in self.pairs])
        self._pull = np.array(list(x.pull.values()), dtype=np.int64)
        terms = [(number[m, g], *term) for m, g in x.pull for term in chance(x, instance, m, g)]
        self._cell = np.array([k for k, _, _ in terms], dtype=np.int64)
        self._columns = np.array([column for _, column, _ in terms], dtype=np.int64)
        self._parts = np.array([part for _, _, part in terms], dtype=np.float64)

    def broken(self, point: Floats) -> NDArray[np.int64]:
        """Give the positions of pairs whose chances differ by more than their pull."""
        chance = np.bincount(self._cell, point[self._columns] * self._parts, len(self._pull))
        gain = chance[self._there] - chance[self._here] - point[self._pull[self._here]]
        return np.flatnonzero(gain * self._need > NOISE)


class Spare:
    """Rows that are left out of a program until a corner breaks them."""

    def __init__(self, model: LinearModel, rows: list[Row]) -> None:
        self._rows = np.array(rows, dtype=np.int64)
        self._lower = np.array([model.row_lower[row] for row in rows], dtype=np.float64)
        self._upper = np.array([model.row_upper[row] for row in rows], dtype=np.float64)
        self._terms = terms_of(model, rows)

    def take_broken(self, point: Floats) -> list[Row]:
        """Give the rows that a point breaks; they are no longer spare."""
        terms = self._terms
        sums = np.bincount(terms.place, point[terms.columns] * terms.values, len(self._rows))
        noise = np.maximum(2 * TOLERANCE, DIGITS * np.abs(sums))
        broken = (sums - self._upper > noise) | (self._lower - sums > noise)
        found: list[Row] = self._rows[broken].tolist()
        self._lower[broken], self._upper[broken] = -np.inf, np.inf
        return found
