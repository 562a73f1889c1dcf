"""A linear program in plain lists, loaded into GLOP from nothing at every solve."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ortools.linear_solver import pywraplp

INFINITY = float("inf")
SETTINGS = ("", "use_preprocessing: false", "use_dual_simplex: true")
"""What GLOP is tried with: rows that earlier stages left may make the first say `infeasible`."""

PRICED = 1e-7

Terms = Mapping[int, float]
"""Factor per column."""


@dataclass(frozen=True)
class Optimum:
    """The best value, the price of every row and the reduced cost of every column."""

    value: float
    prices: list[float]
    costs: list[float]


@dataclass
class PlainProgram:
    """Columns and rows, each between a lower and an upper bound."""

    columns: list[tuple[float, float]] = field(default_factory=list)
    rows: list[tuple[float, float, Terms]] = field(default_factory=list)

    def number(self, lower: float = 0.0, upper: float = INFINITY) -> int:
        """A new column."""
        self.columns.append((lower, upper))
        return len(self.columns) - 1

    def require(self, lower: float, terms: Terms, upper: float) -> int:
        """A new row: lower <= terms <= upper."""
        self.rows.append((lower, upper, terms))
        return len(self.rows) - 1

    def at_most(self, terms: Terms, upper: float) -> int:
        """A new row: terms <= upper."""
        return self.require(-INFINITY, terms, upper)

    def keep(self, optimum: Optimum) -> None:
        """Stay with the plans that are as good: a bound or row that carries a price is tight."""
        for n, cost in enumerate(optimum.costs):
            if abs(cost) > PRICED:
                self.columns[n] = (self.columns[n][0 if cost > 0 else 1],) * 2
        for n, price in enumerate(optimum.prices):
            if abs(price) > PRICED:
                lower, upper, terms = self.rows[n]
                bound = lower if price > 0 else upper
                self.rows[n] = (bound, bound, terms)

    def minimise(self, objective: Terms) -> Optimum:
        """Solve it.

        Raises
        ------
        ArithmeticError
            When GLOP does not call its answer optimal.
        """
        for settings in SETTINGS:
            found = self._minimised(objective, settings)
            if found is not None:
                return found
        raise ArithmeticError("GLOP finds no optimum, with any of its settings")

    def _minimised(self, objective: Terms, settings: str) -> Optimum | None:
        solver = pywraplp.Solver.CreateSolver("GLOP")
        solver.SetSolverSpecificParametersAsString(settings)
        numbers = [solver.NumVar(lower, upper, "") for lower, upper in self.columns]
        rows = []
        for lower, upper, terms in self.rows:
            row = solver.Constraint(lower, upper)
            for column, factor in terms.items():
                row.SetCoefficient(numbers[column], factor)
            rows.append(row)
        for column, factor in objective.items():
            solver.Objective().SetCoefficient(numbers[column], factor)
        solver.Objective().SetMinimization()
        if solver.Solve() != pywraplp.Solver.OPTIMAL:
            return None
        return Optimum(
            solver.Objective().Value(),
            [row.dual_value() for row in rows],
            [number.reduced_cost() for number in numbers],
        )
