"""A linear program that stays open in HiGHS while objectives, rows and bounds come and go."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import highspy
import numpy as np

Sum = Mapping[int, float]
"""A linear expression: the coefficient of each column."""

INFINITY = float("inf")
TOLERANCES = (1e-9, 1e-8, 1e-7)
"""How exactly rows are kept; the later ones only where roundings of an earlier stage demand it."""


class NothingFits(Exception):
    """No numbers satisfy all rows."""


class NotSolved(ArithmeticError):
    """HiGHS stopped without an optimum and without a proof that there is none."""


def added(terms: Iterable[tuple[int, float]]) -> dict[int, float]:
    """Add up terms in which a column may return."""
    total: dict[int, float] = {}
    for column, factor in terms:
        total[column] = total.get(column, 0.0) + factor
    return total


@dataclass
class Program:
    """Columns and rows, here to be read again, and in HiGHS to be solved."""

    lower: list[float] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)
    rows: list[tuple[Sum, float, float]] = field(default_factory=list)
    values: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._highs = highspy.Highs()  # type: ignore[no-untyped-call]
        options: dict[str, bool | int | float | str] = {
            "output_flag": False,
            "threads": 1,
            "presolve": "off",
            "solver": "simplex",
            "simplex_scale_strategy": 0,
            "dual_feasibility_tolerance": TOLERANCES[0],
            "dual_simplex_cost_perturbation_multiplier": 0.0,
            "primal_simplex_bound_perturbation_multiplier": 0.0,
        }
        for name, value in options.items():
            self._highs.setOptionValue(name, value)

    def column(self, upper: float = INFINITY) -> int:
        """Add a number of at least zero."""
        self.lower.append(0.0)
        self.upper.append(upper)
        self._highs.addCol(0.0, 0.0, upper, 0, np.array([], np.int32), np.array([]))
        return len(self.lower) - 1

    def row(self, terms: Sum, lower: float = -INFINITY, upper: float = INFINITY) -> int:
        """Add a rule: lower <= terms <= upper."""
        self.rows.append((terms, lower, upper))
        columns, factors = np.array(list(terms), np.int32), np.array(list(terms.values()), float)
        self._highs.addRow(lower, upper, len(terms), columns, factors)
        return len(self.rows) - 1

    def at_least(self, column: int, lower: float) -> None:
        """Keep a number from falling below a bound."""
        self.lower[column] = lower
        self._highs.changeColBounds(column, lower, self.upper[column])

    def drop(self, row: int) -> None:
        """Let a row limit nothing any more."""
        self.rows[row] = (self.rows[row][0], -INFINITY, INFINITY)
        self._highs.changeRowBounds(row, -INFINITY, INFINITY)

    def minimum(self, objective: Sum) -> float:
        """Find the smallest value of an expression.

        Raises
        ------
        NothingFits
            When the rows contradict each other.
        NotSolved
            When HiGHS does not find out.
        """
        costs = np.zeros(len(self.lower))
        costs[list(objective)] = list(objective.values())
        self._highs.changeColsCost(len(costs), np.arange(len(costs), dtype=np.int32), costs)
        status = None
        for tolerance in TOLERANCES:
            status = self._run(tolerance)
            if status == highspy.HighsModelStatus.kOptimal:
                self.values = list(self._highs.getSolution().col_value)
                return float(self._highs.getInfo().objective_function_value)
            if status == highspy.HighsModelStatus.kInfeasible and not self.values:
                raise NothingFits
            # What was possible a moment ago still is: look again, afresh and a little wider.
            self._highs.clearSolver()
        raise NotSolved(str(status))

    def _run(self, tolerance: float) -> highspy.HighsModelStatus:
        self._highs.setOptionValue("primal_feasibility_tolerance", tolerance)
        self._highs.run()
        return self._highs.getModelStatus()
