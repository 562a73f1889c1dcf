"""What a solve remembers, and the next one of nearly the same problem can begin with.

A planner changes one number and asks again. The simplex method then starts each stage at the
corner where it ended before, and leximin with the inequalities that stopped it before. Nothing is
believed: a corner is only a place to start, rows are only found sooner, and an inequality is
worked out anew with today's sides. So what is remembered changes how long a solve takes, and not
what it finds.
"""

from collections.abc import Collection
from dataclasses import dataclass, field, replace

from services.allocator.model.linear_model import LinearModel, Row
from services.allocator.model.objectives.distance import Route
from services.allocator.model.objectives.shopping import Pair
from services.allocator.problem.demand import Demand
from services.allocator.problem.outcome import Step
from services.allocator.solve.separation import Separation
from services.allocator.solve.vertex import BASIC, Basis


@dataclass
class Memory:
    """Columns and rows by name, where each program ended, and what was found on the way.

    `bases` are by the name of a program. `demands` are by the name of their row, in the order in
    which they were found. `steps` are the inequalities of each leximin stage.
    """

    columns: list[str] = field(default_factory=list)
    rows: list[str] = field(default_factory=list)
    bases: dict[str, Basis] = field(default_factory=dict)
    demands: dict[str, Demand] = field(default_factory=dict)
    pairs: dict[str, Pair] = field(default_factory=dict)
    steps: dict[str, tuple[Step, ...]] = field(default_factory=dict)
    routes: list[Route] = field(default_factory=list)

    def keep(self, program: str, basis: Basis) -> None:
        """Remember where a program ended."""
        self.bases[program] = replace(basis, columns=dict(basis.columns), rows=dict(basis.rows))

    def leaned_on(self) -> set[Row]:
        """List the rows that some program ended at."""
        return {
            row for b in self.bases.values() for row, status in b.rows.items() if status != BASIC
        }


class Recall:
    """What was remembered, in the columns and rows of a model that grows.

    Parameters
    ----------
    memory
        Of the solve before.
    """

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        leaned_on = {memory.rows[row] for row in memory.leaned_on()}
        for steps in memory.steps.values():
            for step in steps:
                leaned_on |= step.prices.keys()
        self._demands = dict(memory.demands)
        self._pairs = {r: p for r, p in memory.pairs.items() if r in leaned_on}
        self._now: dict[str, str] = {}
        self._columns, self._rows = _Numbers(), _Numbers()

    def add_rows(self, program: str, separation: Separation) -> None:
        """Add the rows that were found before this program ended."""
        old = self._memory.bases.get(program)
        known = set(self._memory.rows[: old.known_rows]) if old is not None else set()
        for name, demand in list(self._demands.items()):
            if name in known and separation.may_add(demand):
                self._now[name] = separation.model.row_names[separation.row(demand)]
                del self._demands[name]
        for name, pair in list(self._pairs.items()):
            if name in known and separation.may_compare(pair):
                self._now[name] = separation.model.row_names[separation.row_of_pair(pair)]
                del self._pairs[name]

    def steps(self, stage):
        return self._memory.steps.get(stage, ())

    def routes(self, possible):
        return [route for route in self._memory.routes if route in possible]

    def name(self, row):
        return self._now.get(row, row)

    def prices(self, step: Step, model: LinearModel) -> dict[Row, float] | None:
        """Give the dual values of a step by the rows of today; None where a row is not there."""
        rows = self._rows.of(model.row_names)
        found = {rows.get(self._now.get(name, name)): price for name, price in step.prices.items()}
        return None if None in found else {r: p for r, p in found.items() if r is not None}

    def basis(self, program: str, model: LinearModel) -> Basis | None:
        """Say where a program of this name ended, if there was one."""
        old = self._memory.bases.get(program)
        if old is None:
            return None
        columns = self._columns.of(model.column_names)
        rows = self._rows.of(model.row_names)
        names, row_names = self._memory.columns, self._memory.rows
        return Basis(
            {columns[names[c]]: s for c, s in old.columns.items() if names[c] in columns},
            {
                rows[name]: s
                for r, s in old.rows.items()
                if (name := self._now.get(row_names[r], row_names[r])) in rows
            },
            len(model.column_names),
            len(model.row_names),
        )


class _Numbers:
    """The number of each name in a list that grows."""

    def __init__(self) -> None:
        self._number: dict[str, int] = {}

    def of(self, names: list[str]) -> dict[str, int]:
        known = len(self._number)
        self._number.update(zip(names[known:], range(known, len(names)), strict=True))
        return self._number
