"""A corner of a linear program: what OR-Tools found, read when asked for."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import takewhile
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from ortools.math_opt import solution_pb2

from services.allocator.model.linear_model import Column, Row

_Value = TypeVar("_Value", float, int)

Floats = NDArray[np.float64]
Positions = NDArray[np.int64]

Status = int
"""Basis status of a column or row, in the numbering of OR-Tools."""

OWN_COLUMNS = 2**40
"""Columns of a program from here on are not in its model."""

BASIC = solution_pb2.BASIS_STATUS_BASIC
AT_LOWER = solution_pb2.BASIS_STATUS_AT_LOWER_BOUND
AT_UPPER = solution_pb2.BASIS_STATUS_AT_UPPER_BOUND


@dataclass
class Basis:
    """Where the simplex method stood: a status per column and per row of the model.

    What the model got after that, from `known_columns` and `known_rows` on, has no status yet.
    """

    columns: dict[Column, Status] = field(default_factory=dict)
    rows: dict[Row, Status] = field(default_factory=dict)
    known_columns: int = 0
    known_rows: int = 0


class Vertex:
    """An optimal corner: values of the free columns, and the prices that prove it.

    Read when asked for: between two levels nobody looks at most of them. `duals` and `reduced`
    hold only what is not zero.
    """

    def __init__(
        self,
        solution: solution_pb2.SolutionProto,
        columns: Positions,
        rows: list[Row],
        offset: float,
    ) -> None:
        self._solution = solution
        self._columns = columns
        self._rows = rows
        self.objective: float = solution.primal_solution.objective_value + offset

    @cached_property
    def values(self) -> dict[Column, float]:
        """Value per free column."""
        values: dict[Column, float] = dict.fromkeys(self._columns.tolist(), 0.0)
        found = self._solution.primal_solution.variable_values
        values |= of_the_model(found.ids, found.values)
        return values

    def point(self, fixed: Floats) -> Floats:
        """Value per column of the model, when those that are not free have these."""
        point = fixed.copy()
        point[self._columns] = 0.0
        found = self._solution.primal_solution.variable_values
        ids, values = np.array(found.ids, dtype=np.int64), np.array(found.values)
        known = ids < OWN_COLUMNS
        point[ids[known]] = values[known]
        return point

    @cached_property
    def duals(self) -> dict[Row, float]:
        """Price per row, where not zero."""
        found = self._solution.dual_solution.dual_values
        return {self._rows[k]: price for k, price in zip(found.ids, found.values, strict=True)}

    @cached_property
    def reduced(self) -> dict[Column, float]:
        """Reduced cost per free column, where not zero."""
        found = self._solution.dual_solution.reduced_costs
        return of_the_model(found.ids, found.values)


def of_the_model(columns: Sequence[Column], values: Iterable[_Value]) -> dict[Column, _Value]:
    """Leave out the columns that only a program has; they have the highest numbers."""
    found = dict(zip(columns, values, strict=True))
    for column in takewhile(lambda column: column >= OWN_COLUMNS, reversed(columns)):
        del found[column]
    return found
