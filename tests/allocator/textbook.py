"""The model of FORMULATION.md written out by hand, slow and plain: an independent second opinion.

Every flow f[o,i,g,t] is a column, and an earlier stage is kept by a row `objective <= optimum +
1e-7`. That is good enough for a few municipalities, and shares no code with the engine.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import product
from typing import Any

from ortools.linear_solver import pywraplp

from shared.contract.problem import Group, Problem, Stage

KEEP = 1e-7
STUCK = 1e-6
Cell = tuple[str, str | None]


@dataclass
class Reference:
    """Optimum per stage and tier, and the leximin levels per stage and cell."""

    values: dict[tuple[str, int | None], float] = field(default_factory=dict)
    levels: dict[tuple[str, Cell], float] = field(default_factory=dict)


def reference(problem: Problem) -> Reference:
    """Solve every stage in order, without whole households."""
    book = Textbook(problem)
    found = Reference()
    for stage in problem.stages:
        book.solve(stage, found)
    as_cost = found.values.get(("suitability", None))
    if as_cost is not None:
        found.values["suitability", None] = -as_cost
    return found


class Textbook:
    """One linear program with all flows explicit."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.solver = pywraplp.Solver.CreateSolver("GLOP")
        self.towns = [m.id for m in problem.municipalities]
        self.years = [p.id for p in problem.periods]
        self.groups = {g.id: g for g in problem.groups}
        self.need: dict[Any, int] = defaultdict(int)
        for row in problem.needs:
            self.need[row.municipality, row.group, row.period] = row.households
        self.km = {}
        for pair in problem.distances:
            self.km[pair.from_, pair.to] = self.km[pair.to, pair.from_] = pair.km
        self._columns()
        self._homes()
        self._people()
        self._rules()

    def number(self, upper: float | None = None) -> Any:
        """A new column, at least zero."""
        return self.solver.NumVar(0, self.solver.infinity() if upper is None else upper, "")

    def may_move(self, group: Group, o: str, i: str) -> bool:
        """C8."""
        near = group.spread == "near" and self.km.get((o, i), 1e9) <= (group.max_km or 0)
        return o == i or group.spread in ("region", "sites") or near

    def _columns(self) -> None:
        cells = list(product(self.towns, self.groups, self.years))
        self.x = {(lot.id, g): self.number() for lot in self.problem.supply for g in lot.groups}
        self.e = {lot.id: self.number(lot.potential - lot.reported) for lot in self.problem.supply}
        self.w = {cell: self.number() for cell in cells}
        self.u = {row.id: self.number() for row in self.problem.commitments}
        self.f = {
            (o, i, g, t): self.number()
            for o, g, t in cells
            for i in self.towns
            if self.may_move(self.groups[g], o, i)
        }

    def hosted(self, i: str, g: str, t: str) -> Any:
        """X[i,g,t] from the lots."""
        here = (
            self.x[lot.id, g]
            for lot in self.problem.supply
            if (lot.municipality, lot.period) == (i, t) and g in lot.groups
        )
        return self.total(here)

    def served(self, o: str, g: str, t: str) -> Any:
        """Households of (o,g) that leave for any host."""
        return self.total(self.f[o, i, g, t] for i in self.towns if (o, i, g, t) in self.f)

    def total(self, terms: Any) -> Any:
        """A sum that is a linear expression even when it is empty."""
        return self.solver.Sum([*terms, 0 * self.anything()])

    def anything(self) -> Any:
        """Any column at all."""
        return next(iter(self.w.values()))

    def _homes(self) -> None:
        for lot in self.problem.supply:
            sizes = {g: self.groups[g].size.get(lot.form, 1) for g in lot.groups}
            used = self.total(sizes[g] * self.x[lot.id, g] for g in lot.groups)
            self.solver.Add(used <= lot.reported + self.e[lot.id])
        for i, g, t in product(self.towns, self.groups, self.years):
            arriving = self.total(self.f[o, i, g, t] for o in self.towns if (o, i, g, t) in self.f)
            self.solver.Add(self.hosted(i, g, t) == arriving)

    def _people(self) -> None:
        rate = {(a.municipality, a.group): a.rate for a in self.problem.access}
        for o, g in product(self.towns, self.groups):
            come, gone, before = 0, [], 0
            for t in self.years:
                come += self.need[o, g, t]
                gone.append(self.served(o, g, t))
                left = before + self.need[o, g, t] - gone[-1]
                self.solver.Add(self.w[o, g, t] == left)
                before = self.w[o, g, t]
                self.solver.Add(self.total(gone) <= rate.get((o, g), 1) * come)

    def _rules(self) -> None:
        problem = self.problem
        for row in problem.support:
            self.solver.Add(self._slots(row) <= row.slots)
        for ceiling in problem.ceilings:
            below = self.total(
                self.x[lot.id, g]
                for lot in problem.supply
                for g in lot.groups
                if lot.municipality == ceiling.municipality
                and ceiling.district in (None, lot.district)
                and lot.period in ceiling.periods
                and g in ceiling.groups
            )
            self.solver.Add(below <= ceiling.households)
        for pin in problem.pins:
            groups = [g.id for g in problem.groups if pin.group in (None, g.id)]
            years = [t for t in self.years if pin.period in (None, t)]
            cells = product([pin.municipality], groups, years)
            self.solver.Add(self.total(self.hosted(*cell) for cell in cells) == pin.households)
        for agreed in problem.commitments:
            cells = product([agreed.municipality], agreed.groups, agreed.periods)
            kept = self.total(self.hosted(*cell) for cell in cells)
            self.solver.Add(kept + self.u[agreed.id] >= agreed.households)

    def _slots(self, row: Any) -> Any:
        now, used = self.years.index(row.period), []
        for group in self.problem.groups:
            need = group.support.get(row.type)
            if need is not None:
                for t in self.years[max(0, now - need.periods + 1) : now + 1]:
                    used += [need.slots * self.hosted(i, group.id, t) for i in row.municipalities]
        return self.total(used)

    def solve(self, stage: Stage, found: Reference) -> None:
        """Solve one stage of the planner."""
        name = stage.objective
        if name == "waiting":
            for tier in sorted({g.tier for g in self.problem.groups}):
                value = self._keep(self._waiting(tier), stage.slack)
                found.values[name, tier] = value
        elif name == "shopping":
            self._shopping(stage, found)
        elif name in ("municipalFairness", "groupFairness"):
            levels = self._leximin(self._cells(name), stage.slack)
            found.levels.update({(name, cell): level for cell, level in levels.items()})
        else:
            found.values[name, None] = self._keep(getattr(self, "_" + name)(), stage.slack)

    def _minimum(self, objective: Any) -> float:
        self.solver.Minimize(objective)
        assert self.solver.Solve() == pywraplp.Solver.OPTIMAL
        return float(self.solver.Objective().Value())

    def _keep(self, objective: Any, slack: float) -> float:
        best = self._minimum(objective)
        self.solver.Add(objective <= best + slack + KEEP)
        return best

    def _commitments(self) -> Any:
        return self.total(self.u.values())

    def _waiting(self, tier: int) -> Any:
        return self.total(w for (_, g, _), w in self.w.items() if self.groups[g].tier == tier)

    def _suitability(self) -> Any:
        return self.total(
            -row.value * self.hosted(row.municipality, row.group, t)
            for row in self.problem.suitability
            for t in self.years
        )

    def _extraCapacity(self) -> Any:  # noqa: N802  (named for the stage)
        return self.total(self.e.values())

    def _distance(self) -> Any:
        far = max(self.km.values(), default=0)
        return self.total(
            self.km.get((o, i), far) * f for (o, i, _, _), f in self.f.items() if o != i
        )

    def _stability(self) -> Any:
        before = {(p.municipality, p.group, p.period): p.households for p in self.problem.previous}
        moved = []
        for cell in product(self.towns, self.groups, self.years) if before else ():
            change, was = self.number(), before.get(cell, 0)
            self.solver.Add(change >= self.hosted(*cell) - was)
            self.solver.Add(change >= was - self.hosted(*cell))
            moved.append(change)
        return self.total(moved)

    def _shopping(self, stage: Stage, found: Reference) -> None:
        reach = self.problem.reach_km
        if reach is None:
            return
        need = {
            (o, g): sum(self.need[o, g, t] for t in self.years)
            for o, g in product(self.towns, self.groups)
        }
        big = {cell for cell, n in need.items() if n >= max(1, self.problem.min_need)}
        chance = {
            (o, g): self.total(self.served(o, g, t) for t in self.years) * (1 / need[o, g])
            for o, g in sorted(big)
        }
        pull = {cell: self.number() for cell in chance}
        largest = self.number()
        for (m, g), (n, h) in product(chance, chance):
            if g == h and m != n and self.km.get((m, n), 1e9) <= reach:
                self.solver.Add(pull[m, g] >= chance[n, g] - chance[m, g])
        for column in pull.values():
            self.solver.Add(largest >= column)
        region = {g: sum(need[o, g] for o in self.towns) for g in self.groups}
        weighed = self.total(need[m, g] / region[g] * c for (m, g), c in pull.items())
        found.values["shopping.max", None] = self._keep(1.0 * largest, stage.slack)
        found.values["shopping.sum", None] = self._keep(weighed, stage.slack)

    def _cells(self, name: str) -> dict[Cell, Any]:
        shared = [g for g in self.problem.groups if g.spread in ("region", "near")]
        share = {(s.municipality, s.group): s.share for s in self.problem.shares}
        region = {
            g: sum(self.need[o, g, t] for o in self.towns for t in self.years) for g in self.groups
        }
        fair = {
            (i, g.id): share.get((i, g.id), 0) * region[g.id] for i in self.towns for g in shared
        }
        hosted = {
            (i, g.id): self.total(self.hosted(i, g.id, t) for t in self.years)
            for i in self.towns
            for g in shared
        }
        if name == "groupFairness":
            return {cell: hosted[cell] * (1 / n) for cell, n in fair.items() if n >= 1}
        weight = {i: sum(g.burden * fair[i, g.id] for g in shared) for i in self.towns}
        return {
            (i, None): self.total(g.burden / weight[i] * hosted[i, g.id] for g in shared)
            for i in self.towns
            if weight[i] >= 1
        }

    def _leximin(self, cells: dict[Cell, Any], slack: float) -> dict[Cell, float]:
        """Raise the floor; fix every cell that cannot rise above it; repeat."""
        levels: dict[Cell, float] = {}
        columns = {cell: self.number() for cell in cells}
        for cell, expression in cells.items():
            self.solver.Add(columns[cell] == expression)
        while len(levels) < len(cells):
            free = [cell for cell in cells if cell not in levels]
            floor = self.number()
            rows = [self.solver.Add(columns[cell] >= floor) for cell in free]
            level = -self._minimum(-1.0 * floor)
            for row in rows:
                row.SetBounds(-self.solver.infinity(), self.solver.infinity())
            for cell in free:
                columns[cell].SetLb(max(0.0, level - KEEP))
            stuck = [c for c in free if -self._minimum(-1.0 * columns[c]) <= level + STUCK]
            assert stuck
            for cell in stuck:
                levels[cell] = level
                columns[cell].SetUb(level + KEEP)
        for cell, level in levels.items():
            columns[cell].SetLb(max(0.0, level - slack - KEEP))
            columns[cell].SetUb(self.solver.infinity() if slack else level + KEEP)
        return levels
