"""Which rules can hold together, and by how little they miss it, written out for CP-SAT.

Every place and every flow of the whole region is a whole number; nothing is narrowed, and no
line is shared with the engine. Homes are counted in tenths of a unit.
"""

from collections.abc import Collection, Iterable
from fractions import Fraction
from itertools import product
from math import floor
from typing import Any

from ortools.sat.python import cp_model

from shared.contract.problem import Problem

TENTHS = 10
Rule = tuple[str, str]
Cell = tuple[str, str, str]


def all_rules(problem: Problem, *, commitments: bool) -> set[Rule]:
    """Every rule that can clash: pins, limits and, where they must be kept, commitments."""
    rows: dict[str, Collection[str]] = {
        "C1": [lot.id for lot in problem.supply],
        "C3": [g.id for g in problem.groups],
        "C4": [row.id for row in problem.support],
        "C5": [row.id for row in problem.ceilings],
        "C6": [row.id for row in problem.pins],
        "C7": [row.id for row in problem.commitments] if commitments else [],
        "C8": [g.id for g in problem.groups],
        "C9": [f"{a.municipality},{a.group}" for a in problem.access],
    }
    rules = {(tag, name) for tag, names in rows.items() for name in names}
    return rules | {("C1", f"{i},{t}") for i, t in _homeless(problem, commitments=commitments)}


def can_hold(problem: Problem, rules: Collection[Rule]) -> bool:
    """Whether some plan in whole households keeps these rules."""
    return _Book(problem, rules).least() is not None


def least_change(problem: Problem, tag: str, *, commitments: bool) -> int | None:
    """The least that the figures of one tag must change in all; None when that cannot help."""
    rules = all_rules(problem, commitments=commitments)
    return _Book(problem, rules, giving=tag).least()


def _cells(problem: Problem, row: Any) -> list[Cell]:
    """Where a pin or a commitment counts; a pin may leave group or period open."""
    groups = getattr(row, "groups", None) or [row.group] * (row.group is not None)
    periods = getattr(row, "periods", None) or [row.period] * (row.period is not None)
    return [
        (row.municipality, g, t)
        for t in (p.id for p in problem.periods if not periods or p.id in periods)
        for g in (g.id for g in problem.groups if not groups or g.id in groups)
    ]


def _homeless(problem: Problem, *, commitments: bool) -> dict[tuple[str, str], set[str]]:
    """Groups that are asked for where no home suits, at the last moment that it is asked."""
    suited = {(lot.municipality, g, lot.period) for lot in problem.supply for g in lot.groups}
    found: dict[tuple[str, str], set[str]] = {}
    rows: list[Any] = [*problem.pins, *(problem.commitments if commitments else ())]
    for row in rows:
        cells = _cells(problem, row)
        if not suited & set(cells):
            found.setdefault((row.municipality, cells[-1][2]), set()).update(g for _, g, _ in cells)
    return found


class _Book:
    def __init__(self, problem: Problem, rules: Collection[Rule], giving: str = "") -> None:
        self.problem, self.rules, self.giving = problem, set(rules), giving
        self.model = cp_model.CpModel()
        self.towns = [m.id for m in problem.municipalities]
        self.years = [p.id for p in problem.periods]
        self.groups = {g.id: g for g in problem.groups}
        self.hard = any(tag == "C7" for tag, _ in self.rules)
        rows: list[Any] = [*problem.pins, *problem.commitments]
        self.most = 1 + sum(row.households for row in rows)
        self.given: list[Any] = []
        self.hosted: dict[Cell, list[Any]] = {
            cell: [] for cell in product(self.towns, self.groups, self.years)
        }
        self._homes()
        self._people()
        self._limits()

    def least(self) -> int | None:
        self.model.minimize(sum(self.given))
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        status = solver.solve(self.model)
        assert status in (cp_model.OPTIMAL, cp_model.INFEASIBLE)
        return round(solver.objective_value) if status == cp_model.OPTIMAL else None

    def number(self, most: int | None = None) -> Any:
        return self.model.new_int_var(0, self.most if most is None else most, "")

    def gives(self, tag: str) -> Any:
        """What a figure of this tag gives way; nothing, when the tag may not."""
        if tag != self.giving:
            return 0
        self.given.append(self.number(TENTHS * self.most))
        return self.given[-1]

    def _homes(self) -> None:
        self.x = {(lot.id, g): self.number() for lot in self.problem.supply for g in lot.groups}
        for lot in self.problem.supply:
            used = 0
            for g in lot.groups:
                self.hosted[lot.municipality, g, lot.period].append(self.x[lot.id, g])
                size = self.groups[g].size.get(lot.form, 1.0)
                used = used + round(TENTHS * size) * self.x[lot.id, g]
            if ("C1", lot.id) in self.rules:
                self.model.add(used <= TENTHS * (lot.potential + self.gives("C1")))
        self.new: dict[Cell, Any] = {}
        for (i, t), groups in _homeless(self.problem, commitments=self.hard).items():
            new = [self.number() for _ in groups]
            for g, column in zip(sorted(groups), new, strict=True):
                self.hosted[i, g, t].append(column)
                self.new[i, g, t] = column
            if ("C1", f"{i},{t}") in self.rules:
                self.model.add(sum(new) <= self.gives("C1"))

    def _people(self) -> None:
        need = {(n.municipality, n.group, n.period): n.households for n in self.problem.needs}
        rate = {
            (a.municipality, a.group): Fraction(str(a.rate))
            for a in self.problem.access
            if ("C9", f"{a.municipality},{a.group}") in self.rules
        }
        flows = {
            (o, *cell): self.number()
            for o, cell in product(self.towns, self.hosted)
            if self._may_house(o, cell[0], cell[1])
        }
        for cell, placed in self.hosted.items():
            arriving = [flows[o, *cell] for o in self.towns if (o, *cell) in flows]
            self.model.add(sum(placed) == sum(arriving))
        for o, g in product(self.towns, self.groups):
            come = [need.get((o, g, t), 0) for t in self.years]
            gone = [
                sum(flows[o, i, g, t] for i in self.towns if (o, i, g, t) in flows)
                for t in self.years
            ]
            self._served(rate.get((o, g), Fraction(1)), come, gone, scarce=("C3", g) in self.rules)

    def _served(self, rate: Fraction, come: list[int], gone: list[Any], *, scarce: bool) -> None:
        total = sum(come)
        refused = -floor(-total * (1 - rate))
        more = self.gives("C9") if refused else 0
        self.model.add(more <= refused)
        for n in range(len(self.years)):
            served, here = sum(gone[: n + 1]), sum(come[: n + 1])
            if scarce and refused and self.giving == "C9":
                # What is admitted by now, for each number that is admitted more over all years.
                table = [
                    floor(here * min(Fraction(1), rate + Fraction(m, total)))
                    for m in range(refused + 1)
                ]
                admitted = self.number(total)
                self.model.add_element(more, table, admitted)
                self.model.add(served <= admitted)
            elif scarce:
                self.model.add(served <= floor(here * rate))
            elif rate == 0:
                self.model.add(served == 0)

    def _may_house(self, o: str, i: str, g: str) -> bool:
        group = self.groups[g]
        if o == i or group.spread in ("region", "sites") or ("C8", g) not in self.rules:
            return True
        pairs = [
            {pair.from_, pair.to}
            for pair in self.problem.distances
            if pair.km <= (group.max_km or 0)
        ]
        return group.spread == "near" and {o, i} in pairs

    def kept(self, tag: str, rows: Iterable[Any]) -> list[Any]:
        return [row for row in rows if (tag, row.id) in self.rules]

    def _limits(self) -> None:
        for row in self.kept("C4", self.problem.support):
            self.model.add(self._slots(row) <= row.slots + self.gives("C4"))
        for top in self.kept("C5", self.problem.ceilings):
            self.model.add(self._below(top) <= top.households + self.gives("C5"))
        for pin in self.kept("C6", self.problem.pins):
            fewer, more = self.gives("C6"), self.gives("C6")
            self.model.add(self._in(pin) == pin.households + more - fewer)
        for agreed in self.kept("C7", self.problem.commitments):
            self.model.add(self._in(agreed) >= agreed.households - self.gives("C7"))

    def _in(self, row: Any) -> Any:
        return sum(column for cell in _cells(self.problem, row) for column in self.hosted[cell])

    def _below(self, top: Any) -> Any:
        lots = [
            lot
            for lot in self.problem.supply
            if lot.municipality == top.municipality
            and lot.period in top.periods
            and top.district in (None, lot.district)
        ]
        there = [self.x[lot.id, g] for lot in lots for g in lot.groups if g in top.groups]
        new = [self.new.get(cell, 0) for cell in _cells(self.problem, top)]
        return sum(there) + (0 if top.district else sum(new))

    def _slots(self, row: Any) -> Any:
        now, used = self.years.index(row.period), 0
        for group in self.problem.groups:
            need = group.support.get(row.type)
            window = self.years[max(0, now - need.periods + 1) : now + 1] if need else []
            for i, t in product(row.municipalities, window):
                used = used + (need.slots if need else 0) * sum(self.hosted[i, group.id, t])
        return used
