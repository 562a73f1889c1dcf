"""The model in whole households, written out for CP-SAT: the true optimum of tiny problems.

Sizes are counted in tenths of a unit, so that every number is whole.
"""

from fractions import Fraction
from itertools import product
from math import floor
from typing import Any

from ortools.sat.python import cp_model

from shared.contract.problem import Problem

TENTHS = 10


def whole_optimum(problem: Problem) -> dict[tuple[str, int | None], float] | None:
    """Optimum in whole households of commitments, waiting and suitability, in the given order.

    None when no plan in whole households keeps the hard rules. Other stages are not looked at.
    """
    book = _Book(problem)
    found: dict[tuple[str, int | None], float] = {}
    if book.minimum(0) is None:
        return None
    for stage in problem.stages:
        for key, objective, scale in book.objectives(stage.objective):
            best = book.minimum(objective)
            assert best is not None
            book.model.add(objective <= best)
            found[key] = best / scale
    return found


class _Book:
    """All whole numbers of one problem, and the rules between them."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.model = cp_model.CpModel()
        self.towns = [m.id for m in problem.municipalities]
        self.years = [p.id for p in problem.periods]
        self.groups = {g.id: g for g in problem.groups}
        self.need = {(n.municipality, n.group, n.period): n.households for n in problem.needs}
        self.most = sum(self.need.values())
        self._columns()
        self._homes()
        self._people()
        self._limits()

    def number(self) -> Any:
        """A new whole number."""
        return self.model.new_int_var(0, self.most, "")

    def _columns(self) -> None:
        km: dict[tuple[str, str], float] = {}
        for pair in self.problem.distances:
            km[pair.from_, pair.to] = km[pair.to, pair.from_] = pair.km
        cells = list(product(self.towns, self.groups, self.years))
        self.x = {(lot.id, g): self.number() for lot in self.problem.supply for g in lot.groups}
        self.short = {
            row.id: self.model.new_int_var(0, row.households, "")
            for row in self.problem.commitments
        }
        self.f = {
            (o, i, g, t): self.number()
            for (o, g, t), i in product(cells, self.towns)
            if o == i
            or self.groups[g].spread in ("region", "sites")
            or (
                self.groups[g].spread == "near"
                and km.get((o, i), 1e9) <= (self.groups[g].max_km or 0)
            )
        }
        self.hosted = {
            (i, g, t): sum(
                self.x[lot.id, g]
                for lot in self.problem.supply
                if (lot.municipality, lot.period) == (i, t) and g in lot.groups
            )
            for i, g, t in cells
        }
        self.served = {
            (o, g, t): sum(self.f[o, i, g, t] for i in self.towns if (o, i, g, t) in self.f)
            for o, g, t in cells
        }

    def _homes(self) -> None:
        for lot in self.problem.supply:
            sizes = {g: self.groups[g].size.get(lot.form, 1.0) for g in lot.groups}
            used = sum(round(TENTHS * sizes[g]) * self.x[lot.id, g] for g in lot.groups)
            self.model.add(used <= TENTHS * lot.potential)
        for (i, g, t), placed in self.hosted.items():
            arriving = [self.f[o, i, g, t] for o in self.towns if (o, i, g, t) in self.f]
            self.model.add(sum(arriving) == placed)

    def _people(self) -> None:
        rate = {(a.municipality, a.group): Fraction(str(a.rate)) for a in self.problem.access}
        self.waiting: dict[int, list[Any]] = {g.tier: [] for g in self.groups.values()}
        for o, g in product(self.towns, self.groups):
            come, gone = 0, 0
            for t in self.years:
                come += self.need.get((o, g, t), 0)
                gone = gone + self.served[o, g, t]
                self.model.add(gone <= floor(come * rate.get((o, g), Fraction(1))))
                self.waiting[self.groups[g].tier].append(come - gone)

    def _limits(self) -> None:
        for row in self.problem.support:
            self.model.add(self._slots(row) <= row.slots)
        for top in self.problem.ceilings:
            cells = product([top.municipality], top.groups, top.periods)
            self.model.add(sum(self.hosted[cell] for cell in cells) <= top.households)
        for pin in self.problem.pins:
            groups = [g for g in self.groups if pin.group in (None, g)]
            years = [t for t in self.years if pin.period in (None, t)]
            cells = product([pin.municipality], groups, years)
            self.model.add(sum(self.hosted[cell] for cell in cells) == pin.households)
        for agreed in self.problem.commitments:
            cells = product([agreed.municipality], agreed.groups, agreed.periods)
            kept = sum(self.hosted[cell] for cell in cells)
            self.model.add(kept + self.short[agreed.id] >= agreed.households)

    def _slots(self, row: Any) -> Any:
        now, used = self.years.index(row.period), 0
        for group in self.problem.groups:
            need = group.support.get(row.type)
            window = self.years[max(0, now - need.periods + 1) : now + 1] if need else []
            for i, t in product(row.municipalities, window):
                used = used + (need.slots if need else 0) * self.hosted[i, group.id, t]
        return used

    def objectives(self, name: str) -> list[tuple[tuple[str, int | None], Any, int]]:
        """Key, objective and scale of each part of a stage."""
        if name == "commitments":
            return [((name, None), sum(self.short.values()), 1)]
        if name == "waiting":
            return [((name, tier), sum(self.waiting[tier]), 1) for tier in sorted(self.waiting)]
        if name == "suitability":
            value = sum(
                -round(TENTHS * row.value) * self.hosted[row.municipality, row.group, t]
                for row, t in product(self.problem.suitability, self.years)
            )
            return [((name, None), value, -TENTHS)]
        return []

    def minimum(self, objective: Any) -> int | None:
        """The smallest value under everything that was added so far."""
        self.model.minimize(objective)
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        if solver.solve(self.model) != cp_model.OPTIMAL:
            return None
        return round(solver.objective_value)
