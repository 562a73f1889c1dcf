"""What a solve remembers, so that the next one of nearly the same problem begins where it ended.

A planner changes one number and asks again. The simplex method then starts each stage at the
corner where it ended before, and leximin with the inequalities that stopped it before. Nothing is
believed: a corner is only a place to start, rows are only found sooner, and an inequality is
worked out anew with today's sides. So what is remembered changes how long a solve takes, and not
what it finds.
"""

from collections.abc import Container, Iterator
from dataclasses import dataclass, field, replace

from services.allocator.model.linear_model import LinearModel, Row
from services.allocator.model.objectives.distance import Route
from services.allocator.model.objectives.shopping import Pair
from services.allocator.problem.demand import Demand
from services.allocator.problem.instance import Code, Instance
from services.allocator.problem.outcome import Step
from services.allocator.solve.separation import Separation
from services.allocator.solve.vertex import BASIC, Basis


@dataclass
class Memory:
    """Columns and rows by name, where each program ended, and what was found on the way.

    `bases` are by the name of a program. `demands` and `pairs` are by the name of their row, in
    the order in which they were found. `steps` are the inequalities of each leximin stage.
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

    def mattered(self) -> set[str]:
        """List the rows that some program ended at, or that prove a level."""
        ended_at = (
            self.rows[row]
            for basis in self.bases.values()
            for row, status in basis.rows.items()
            if status != BASIC
        )
        proven_by = (row for steps in self.steps.values() for step in steps for row in step.prices)
        return {*ended_at, *proven_by}


class Recall:
    """What was remembered, in the columns and rows of a model that grows.

    Parameters
    ----------
    memory
        Of the solve before.
    """

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        mattered = memory.mattered()
        self._demands = dict(memory.demands)
        self._pairs = {row: pair for row, pair in memory.pairs.items() if row in mattered}
        self._place = {row: place for place, row in enumerate(memory.rows)}
        self._now: dict[str, str] = {}
        self._columns, self._rows = _Numbers(), _Numbers()

    def add_rows(self, program: str, separation: Separation) -> None:
        """Add the rows that were found before this program ended, if it did.

        Those that were found later would put it off from where it ended.
        """
        before = self._memory.bases.get(program)
        if before is None:
            return
        names = separation.model.row_names
        for row, demand in list(self._demands.items()):
            if self._place[row] < before.known_rows and separation.may_add(demand):
                self._now[row] = names[separation.row_of_demand(demand)]
                del self._demands[row]
        for row, pair in list(self._pairs.items()):
            if self._place[row] < before.known_rows and separation.may_compare(pair):
                self._now[row] = names[separation.row_of_pair(pair)]
                del self._pairs[row]

    def steps(self, stage: str, model: LinearModel) -> Iterator[dict[Row, float]]:
        """Yield dual values that proved levels of a stage, as far as their rows are here."""
        rows = self._rows.of(model.row_names)
        for step in self._memory.steps.get(stage, ()):
            numbers = [rows.get(self._now.get(name, name)) for name in step.prices]
            found = [row for row in numbers if row is not None]
            if len(found) == len(numbers):
                yield dict(zip(found, step.prices.values(), strict=True))

    def routes(self, instance: Instance, homes: Container[tuple[Code, Code, Code]]) -> list[Route]:
        """List the routes that were written down, as far as they are still possible.

        Parameters
        ----------
        homes
            Host, group and period of every home.
        """
        near = {group.id: instance.near(group) for group in instance.groups}
        return [
            (o, i, g, t)
            for o, i, g, t in self._memory.routes
            if (i, g, t) in homes and i in near.get(g, {}).get(o, ())
        ]

    def basis(self, program: str, model: LinearModel) -> Basis | None:
        """Say where a program of this name ended, if there was one."""
        before = self._memory.bases.get(program)
        if before is None:
            return None
        columns, rows = self._columns.of(model.column_names), self._rows.of(model.row_names)
        names = self._memory.columns
        return Basis(
            {columns[names[c]]: s for c, s in before.columns.items() if names[c] in columns},
            {
                rows[now]: status
                for row, status in before.rows.items()
                if (now := self._name_now(row)) in rows
            },
            len(model.column_names),
            len(model.row_names),
        )

    def _name_now(self, row: Row) -> str:
        name = self._memory.rows[row]
        return self._now.get(name, name)


class _Numbers:
    """The number of each name in a list that grows."""

    def __init__(self) -> None:
        self._number: dict[str, int] = {}

    def of(self, names: list[str]) -> dict[str, int]:
        known = len(self._number)
        self._number.update(zip(names[known:], range(known, len(names)), strict=True))
        return self._number
