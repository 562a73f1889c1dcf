"""The optimal face: what may still change when an optimum must not.

After a stage, complementary slackness says which columns sit at a bound in every optimal
solution (reduced cost not zero) and which rows are tight in every one (dual not zero). Fixing
exactly these keeps every optimal solution and no other, without a row that says "no worse than
before" and its tolerance. Source: Dantzig 1963, section 6-2; Isermann 1982, OR Spektrum 4.
"""

from collections.abc import Callable, Collection, Iterable

import numpy as np

from services.allocator.model.linear_model import Column, LinearModel, Row
from services.allocator.model.narrowing import tight
from services.allocator.model.variables import Variables
from services.allocator.problem.instance import Instance
from services.allocator.problem.outcome import Solved, Step, in_one_word
from services.allocator.solve.clock import Clock
from services.allocator.solve.errors import NoPlanExists, SolverFailed
from services.allocator.solve.linear_program import LinearProgram
from services.allocator.solve.memory import Memory, Recall
from services.allocator.solve.objective import Objective
from services.allocator.solve.rising import RisingProgram
from services.allocator.solve.separation import Separation, Spare
from services.allocator.solve.terms import all_terms
from services.allocator.solve.vertex import AT_LOWER, AT_UPPER, BASIC, Basis, Floats, Vertex
from services.allocator.solve.witness import Proof

ROUNDING = 1e-7
"""Part of a side by which a corner may miss it."""

MoreColumns = Callable[[Vertex], list[Column]]
"""Says which columns a corner asks for, once they are in the model and the objective."""


class Face:
    """A linear model, narrowed stage by stage to its best solutions."""

    def __init__(
        self,
        model: LinearModel,
        x: Variables,
        instance: Instance,
        clock: Clock,
        recall: Recall | None = None,
    ) -> None:
        self.model = model
        self.x = x
        self.instance = instance
        self.clock = clock
        self.basis: Basis | None = None
        self.point: Floats = np.zeros(0)
        self.known = False
        self.separation = Separation(model, x, instance)
        self._spare = Spare(model, [])
        self._steps: list[Step] = []
        self.memory = Memory(model.column_names, model.row_names)
        self.recall = recall
        self._program = ""
        self._there = False

    @property
    def values(self) -> list[float]:
        """Value per column at the last corner."""
        values: list[float] = self.point.tolist()
        return values

    def extend(self) -> None:
        """Let the last corner use as little as can be of columns that were added since."""
        new = self.model.column_lower[len(self.point) :]
        self.point = np.concatenate([self.point, new])

    def begin(self, program: str) -> None:
        """Give the next program a name: it starts where that ended in the solve before."""
        self._program, self._there = program, False

    def end(self) -> None:
        """Remember where this program ended."""
        if self.basis is not None:
            self.memory.keep(self._program, self.basis)

    def remember(self, solved: Iterable[Solved]) -> None:
        """Remember what was found on the way."""
        self.memory.steps = {in_one_word(s.name, s.tier): s.steps for s in solved}
        self.memory.demands = self.separation.found_demands()
        self.memory.pairs = self.separation.found_pairs()
        self.memory.routes = list(self.x.routed)

    def _start(self) -> None:
        self._there = False
        if self.recall is not None:
            self.recall.add_rows(self._program, self.separation)
            basis = self.recall.basis(self._program, self.model)
            if basis is not None:
                self.extend()
                self.basis, self._there = basis, True
                return
        self._place_new()

    def minimise(
        self,
        objective: Objective,
        more: MoreColumns | None = None,
        always: Collection[Row] = (),
    ) -> Vertex:
        """Find the best value of an objective on the face and remember the corner.

        Parameters
        ----------
        more
            Adds columns to the model and their prices to the objective when a corner says that
            they could make it better; it gives those columns, none when it is the optimum.
        always
            Rows of these columns, which are taken even when nothing in them is free yet.

        Raises
        ------
        NoPlanExists
            When no corner was known and there is none.
        SolverFailed, OutOfTime
        """
        before, program = self.known, self.open(objective, always)
        try:
            vertex = self._solve_with(program, objective, more, dual=self._there)
        except (NoPlanExists, SolverFailed) as failure:
            if isinstance(failure, NoPlanExists) and not before and not self._there:
                raise
            self.extend()
            program = self.open_anew(objective, always)
            vertex = self._solve_with(program, objective, more)
        self.basis = program.basis()
        return vertex

    def bound(self, objective: Objective, beyond: float) -> float:
        """Find a value below which the objective cannot be; one beyond this is good enough.

        Without rows that are still to be found it is only lower; so most need not be found.
        """
        program = self.open(objective)
        vertex = program.minimise()
        while vertex.objective <= beyond and self.repair(program, vertex):
            vertex = program.minimise(dual=True)
        self.basis = program.basis()
        return vertex.objective

    def _solve_with(
        self,
        program: LinearProgram,
        objective: Objective,
        more: MoreColumns | None,
        *,
        dual: bool = False,
    ) -> Vertex:
        vertex = self.solve(program, dual=dual)
        while more is not None and (new := more(vertex)):
            self.extend()
            program.add_columns(new, objective)
            vertex = self.solve(program)
        return vertex

    def solve(self, program: LinearProgram, *, dual: bool = False) -> Vertex:
        """Solve an open program, with all the rows that its corner needs."""
        vertex = program.minimise(dual=dual)
        while self.repair(program, vertex):
            vertex = program.minimise(dual=True)
        return vertex

    def repair(self, program: LinearProgram, vertex: Vertex) -> bool:
        """Remember a corner, and add the rows that it breaks to the model and the program."""
        self.known = True
        self.point = vertex.point(program.fixed)
        rows = self._spare.take_broken(self.point) + self.separation.add_broken(self.point)
        if rows:
            program.add_rows(rows)
        return bool(rows)

    def record(self, bound: float, proof: Proof) -> int:
        """Keep the prices that prove a bound, for the certificate; its number is returned."""
        names = self.model.row_names
        # Also the smallest: without them, the costs that they leave would be a little other.
        prices = {names[row]: price for row, price in proof.duals.items() if price}
        self._steps.append(Step(bound, prices))
        return len(self._steps) - 1

    def steps_since_asked(self) -> tuple[Step, ...]:
        """Give the proofs that were recorded since the last time this was asked."""
        steps, self._steps = tuple(self._steps), []
        return steps

    def open(self, objective: Objective, always: Collection[Row] = ()) -> LinearProgram:
        """Open the free part of the model for repeated solves."""
        self._spare = Spare(self.model, [])
        self._start()
        return LinearProgram(self.model, objective, self.clock, self.basis, always=always)

    def open_anew(self, objective: Objective, always: Collection[Row] = ()) -> LinearProgram:
        """Open it for a cold start, for where the simplex method lost its way.

        On a face with a known corner "no plan" says the same: that numbers were lost in rounding.
        """
        self.basis, self._spare = None, Spare(self.model, [])
        return LinearProgram(self.model, objective, self.clock, always=always, anew=True)

    def open_rising_anew(self, always: Collection[Row]) -> RisingProgram:
        """Open it for a cold start, to raise rows."""
        self.basis, self._spare = None, Spare(self.model, [])
        return RisingProgram(self.model, {}, self.clock, always=always, anew=True)

    def open_rising(self, always: Collection[Row]) -> RisingProgram:
        """Open the part of the model that matters near the last corner, to raise rows.

        Rows that the last corner does not lean on are left out where the model allows that,
        until a corner breaks them; some are in it in any case.
        """
        self._start()
        return self.open_rising_near(always)

    def open_rising_near(self, always: Collection[Row]) -> RisingProgram:
        """Open it where the last corner is."""
        model, basis = self.model, self.basis or Basis()
        spare = {
            row
            for row in model.optional
            if basis.rows.get(row, BASIC) == BASIC and model.row_lower[row] < model.row_upper[row]
        }
        self._spare = Spare(model, sorted(spare))
        rows = [row for row in range(len(model.row_names)) if row not in spare]
        return RisingProgram(model, {}, self.clock, self.basis, rows=rows, always=always)

    def _place_new(self) -> None:
        """Let columns added since the last corner carry what rows added since ask of them.

        A new row that the last corner breaks would start out of bounds. Where a new column
        stands in no other such row, it can take the value that the row asks for, as part of the
        basis in the place of the row.
        """
        model, basis = self.model, self.basis
        if basis is None:
            return
        self.extend()
        taken: set[Column] = set()
        carried = self._sums()
        for row in range(basis.known_rows, len(model.row_names)):
            below = model.row_lower[row] - float(carried[row])
            above = float(carried[row]) - model.row_upper[row]
            if max(below, above) <= ROUNDING:
                continue
            needed = below if below > ROUNDING else -above
            new = [
                (column, value)
                for column, value in zip(model.row_columns[row], model.row_values[row], strict=True)
                if column >= basis.known_columns
            ]
            for column, value in new:
                room = model.column_upper[column] - float(self.point[column])
                if column not in taken and 0 < needed / value <= room:
                    basis.columns[column] = BASIC
                    basis.rows[row] = AT_LOWER if needed > 0 else AT_UPPER
                    break
            taken.update(column for column, _ in new)
        basis.known_rows, basis.known_columns = len(model.row_names), len(model.column_names)

    def keep(self, proof: Proof) -> None:
        """Narrow the model to the solutions of which this proves that none is better."""
        model, point = self.model, self.point
        columns, rows = tight(model, proof.duals, proof.reduced)
        new = [row for row in rows if model.row_lower[row] < model.row_upper[row]]
        # The last corner is at these sides but for rounding. Its own values are certain to fit
        # together; sides that are each right to eight digits may not.
        model.fix({c: float(point[c]) for c in columns}, {row: self.carried(row) for row in new})

    def admit_corner(self) -> None:
        """Let every row hold at the last corner, which may miss it by rounding.

        With all that is then fixed, there would be no room left to mend that.
        """
        model, sums = self.model, self._sums()
        lower, upper = np.array(model.row_lower), np.array(model.row_upper)
        for row in np.flatnonzero((sums < lower) | (sums > upper)).tolist():
            model.row_lower[row] = min(model.row_lower[row], float(sums[row]))
            model.row_upper[row] = max(model.row_upper[row], float(sums[row]))

    def _sums(self) -> Floats:
        """Sum every row at the last corner."""
        terms = all_terms(self.model)
        carried = self.point[terms.columns] * terms.values
        sums: Floats = np.bincount(terms.place, carried, terms.rows).astype(np.float64)
        return sums

    def carried(self, row: Row) -> float:
        """Sum a row at the last corner."""
        terms = zip(self.model.row_columns[row], self.model.row_values[row], strict=True)
        return sum(value * float(self.point[column]) for column, value in terms)

    def hold(self, name: str, objective: Objective, upper: float) -> None:
        """Keep an objective at most at a value: the row of a stage with a slack."""
        self.model.add_row(name, objective.items(), upper=upper)
