"""The rules of FORMULATION.md as somebody writes them in an afternoon: every flow is a column."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import product
from typing import Any

from services.allocator.problem.instance import Instance
from shared.contract.problem import Group
from tests.bench.plain_program import INFINITY, PlainProgram, Terms

Cell = tuple[str, str | None]


def total(*parts: Terms) -> Terms:
    """A sum of sums."""
    sum_of_all: Counter[int] = Counter()
    for part in parts:
        sum_of_all.update(part)
    return sum_of_all


def times(factor: float, terms: Terms) -> Terms:
    """A sum, so many times."""
    return {column: factor * value for column, value in terms.items()}


class PlainModel:
    """All columns and rows of C1 to C9, and the sums that the objectives speak of."""

    def __init__(self, instance: Instance) -> None:
        self.instance = instance
        self.program = program = PlainProgram()
        self.cells = list(
            product(instance.municipalities, [g.id for g in instance.groups], instance.periods)
        )
        self.extra = {
            lot.id: program.number(upper=lot.potential - lot.reported) for lot in instance.lots
        }
        self.waits = {cell: program.number() for cell in self.cells}
        self.short = {row.id: program.number() for row in instance.commitments}
        self.placed: dict[tuple[str, str], int] = {}
        self.hosted: dict[Any, dict[int, float]] = defaultdict(dict)
        self.arriving: dict[Any, dict[int, float]] = defaultdict(dict)
        self.served: dict[Any, dict[int, float]] = defaultdict(dict)
        self.chances: dict[tuple[str, str], int] = {}
        self.routed: dict[tuple[str, str, str, str], int] = {}
        self._homes()
        self._flows()
        self._people()
        self._support()
        self._agreements()

    def hosted_in_all(self, municipality: str, group: str) -> Terms:
        """X[i,g]."""
        return total(*(self.hosted[municipality, group, t] for t in self.instance.periods))

    def chance(self, municipality: str, group: str) -> int:
        """q[m,g], a column that appears when it is first asked for."""
        cell = municipality, group
        if cell not in self.chances:
            served = total(*(self.served[*cell, t] for t in self.instance.periods))
            column = self.chances[cell] = self.program.number()
            need = {column: -float(self.instance.total_need[cell])}
            self.program.require(0, total(served, need), 0)
        return self.chances[cell]

    def _homes(self) -> None:
        for lot in self.instance.lots:
            used: dict[int, float] = {self.extra[lot.id]: -1.0}
            for g in lot.groups:
                column = self.placed[lot.id, g] = self.program.number()
                used[column] = self.instance.group[g].size.get(lot.form, 1)
                self.hosted[lot.municipality, g, lot.period][column] = 1.0
            self.program.at_most(used, lot.reported)

    def _flows(self) -> None:
        for group in self.instance.groups:
            for (o, i), t in product(routes(self.instance, group), self.instance.periods):
                column = self.routed[o, i, group.id, t] = self.program.number()
                self.arriving[i, group.id, t][column] = 1.0
                self.served[o, group.id, t][column] = 1.0
        for cell in self.cells:
            self.program.require(0, total(self.hosted[cell], times(-1, self.arriving[cell])), 0)

    def _people(self) -> None:
        for o, group in product(self.instance.municipalities, self.instance.groups):
            rate = self.instance.access.get((o, group.id))
            come, gone = 0, Counter[int]()
            before: Terms = {}
            for t in self.instance.periods:
                need = self.instance.need.get((o, group.id, t), 0)
                wait = self.waits[o, group.id, t]
                left = total(self.served[o, group.id, t], {wait: 1.0}, before)
                self.program.require(need, left, need)
                before = {wait: -1.0}
                come += need
                gone.update(self.served[o, group.id, t])
                if rate is not None:
                    self.program.at_most(dict(gone), float(rate * come))

    def _support(self) -> None:
        for row in self.instance.support:
            now = self.instance.periods.index(row.period)
            used = [
                times(group.support[row.type].slots, self.hosted[i, group.id, t])
                for group in self.instance.groups
                if row.type in group.support
                for t in self._still_supported(group, row.type, now)
                for i in row.municipalities
            ]
            self.program.at_most(total(*used), row.slots)

    def _still_supported(self, group: Group, kind: str, now: int) -> tuple[str, ...]:
        return self.instance.periods[max(0, now - group.support[kind].periods + 1) : now + 1]

    def _agreements(self) -> None:
        for ceiling in self.instance.ceilings:
            below = {
                self.placed[lot.id, g]: 1.0
                for lot in self.instance.lots
                for g in set(lot.groups) & set(ceiling.groups)
                if lot.municipality == ceiling.municipality
                and ceiling.district in (None, lot.district)
                and lot.period in ceiling.periods
            }
            self.program.at_most(below, ceiling.households)
        for pin in self.instance.pins:
            hosted = total(*(self.hosted[cell] for cell in self.instance.pinned_cells(pin)))
            self.program.require(pin.households, hosted, pin.households)
        for agreed in self.instance.commitments:
            cells = product([agreed.municipality], agreed.groups, agreed.periods)
            kept = total(*(self.hosted[cell] for cell in cells), {self.short[agreed.id]: 1.0})
            self.program.require(agreed.households, kept, INFINITY)


def routes(instance: Instance, group: Group) -> Iterator[tuple[str, str]]:
    """Pairs (responsible, host) that C8 allows for a group, in order."""
    pairs = product(instance.municipalities, repeat=2)
    return ((o, i) for o, i in pairs if instance.may_house(group, o, i))
