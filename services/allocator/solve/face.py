"""The optimal face: what may still change when an optimum must not.

After a stage, complementary slackness says which columns sit at a bound in every optimal
solution (reduced cost not zero) and which rows are tight in every one (dual not zero). Fixing
exactly these keeps every optimal solution and no other, without a row that says "no worse than
before" and its tolerance. Source: Dantzig 1963, section 6-2; Isermann 1982, OR Spektrum 4.
"""

from services.allocator.model.linear_model import Column, LinearModel, Row
from services.allocator.problem.outcome import Step
from services.allocator.solve.clock import Clock
from services.allocator.solve.linear_program import (
    AT_BOTH,
    BASIC,
    Basis,
    LinearProgram,
    Vertex,
)
from services.allocator.solve.objective import Objective

ZERO = 1e-8
"""Prices smaller than this are rounding of the simplex method, not prices."""


class Face:
    """A linear model, narrowed stage by stage to its best solutions."""

    def __init__(self, model: LinearModel, clock: Clock) -> None:
        self.model = model
        self.clock = clock
        self.basis: Basis | None = None
        self.values: list[float] = []
        self._steps: list[Step] = []

    def minimise(self, objective: Objective) -> Vertex:
        """Find the best value of an objective on the face and remember the corner."""
        vertex, self.basis = self.open(objective).minimise()
        self.remember(vertex)
        self.record(vertex)
        return vertex

    def record(self, vertex: Vertex) -> None:
        """Keep the prices that prove an optimum, for the certificate."""
        prices = {self.model.row_names[row]: price for row, price in vertex.duals.items()}
        self._steps.append(Step(vertex.objective, prices))

    def steps_since_asked(self) -> tuple[Step, ...]:
        """Give the proofs that were recorded since the last time this was asked."""
        steps, self._steps = tuple(self._steps), []
        return steps

    def open(self, objective: Objective) -> LinearProgram:
        """Open the free part of the model for repeated solves."""
        return LinearProgram(self.model, objective, self.clock, self._start())

    def _start(self) -> Basis | None:
        """Give the last corner as a start; columns and rows added since get a place in it."""
        if self.basis is None:
            return None
        columns, rows = self.basis.columns, self.basis.rows
        for column, row in self.model.defined_by.items():
            if column not in columns and row not in rows:
                columns[column], rows[row] = BASIC, AT_BOTH
        return self.basis

    def remember(self, vertex: Vertex) -> None:
        """Keep the values of the whole model at this corner."""
        self.values = [
            vertex.values.get(column, lower) for column, lower in enumerate(self.model.column_lower)
        ]

    def keep(self, vertex: Vertex) -> None:
        """Narrow the model to the solutions that are as good as this corner."""
        self.model.fix(*tight(self.model, vertex))

    def hold(self, name: str, objective: Objective, upper: float) -> None:
        """Keep an objective at most at a value: the row of a stage with a slack."""
        self.model.add_row(name, objective.items(), upper=upper)


def tight(model: LinearModel, vertex: Vertex) -> tuple[dict[Column, float], dict[Row, float]]:
    """Columns and rows that every optimal solution has at a bound, with that bound."""
    columns = {
        column: model.column_lower[column] if price > 0 else model.column_upper[column]
        for column, price in vertex.reduced.items()
        if abs(price) > ZERO
    }
    rows = {
        row: model.row_lower[row] if price > 0 else model.row_upper[row]
        for row, price in vertex.duals.items()
        if abs(price) > ZERO
    }
    return columns, rows
