"""A sparse linear model: columns, rows and nothing that solves them.

The solver, the certificate and the tests all read the same arrays. Columns and rows are added
once and never removed; the optimal face is kept by narrowing their bounds.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import chain

import numpy as np
from numpy.typing import NDArray

Column = int
"""Position of a column in the model."""

Row = int
"""Position of a row in the model."""

Term = tuple[Column, float]
"""A column with its coefficient."""

Bounds = tuple[list[float], list[float], list[float], list[float]]
"""Lower and upper bounds of all columns, then of all rows."""

INFINITY = float("inf")


@dataclass(frozen=True)
class Terms:
    """All terms of some rows: position of the row among them, column and value."""

    place: NDArray[np.int64]
    columns: NDArray[np.int64]
    values: NDArray[np.float64]


@dataclass
class LinearModel:
    """Columns with bounds and rows `lower <= sum(coefficient * column) <= upper`."""

    column_names: list[str] = field(default_factory=list)
    column_lower: list[float] = field(default_factory=list)
    column_upper: list[float] = field(default_factory=list)
    whole: list[bool] = field(default_factory=list)
    row_names: list[str] = field(default_factory=list)
    row_lower: list[float] = field(default_factory=list)
    row_upper: list[float] = field(default_factory=list)
    row_columns: list[list[Column]] = field(default_factory=list)
    row_values: list[list[float]] = field(default_factory=list)
    optional: set[Row] = field(default_factory=set)
    """Rows that mostly do not bind: a solver may leave them out until a corner breaks them."""
    _terms: tuple[tuple[int, int], Terms] | None = None

    def add_column(
        self,
        name: str,
        lower: float = 0.0,
        upper: float = INFINITY,
        *,
        whole: bool = False,
    ) -> Column:
        """Add a column; `whole` asks for an integer in the plan."""
        self.column_names.append(name)
        self.column_lower.append(lower)
        self.column_upper.append(upper)
        self.whole.append(whole)
        return len(self.column_names) - 1

    def add_row(
        self,
        name: str,
        terms: Iterable[Term],
        lower: float = -INFINITY,
        upper: float = INFINITY,
        *,
        optional: bool = False,
    ) -> Row:
        """Add a row; terms of the same column are summed, and zeros left out."""
        merged: dict[Column, float] = {}
        for column, value in terms:
            merged[column] = merged.get(column, 0.0) + value
        self.row_names.append(name)
        self.row_lower.append(lower)
        self.row_upper.append(upper)
        self.row_columns.append([c for c, v in merged.items() if v])
        self.row_values.append([v for v in merged.values() if v])
        row = len(self.row_names) - 1
        if optional:
            self.optional.add(row)
        return row

    def terms(self) -> Terms:
        """Give the terms of all rows."""
        # A row only ever gets another term together with a new column.
        size = len(self.row_names), len(self.column_names)
        if self._terms is None or self._terms[0] != size:
            self._terms = size, self.terms_of(range(len(self.row_names)))
        return self._terms[1]

    def terms_of(self, rows: Collection[Row]) -> Terms:
        """Give the terms of some rows."""
        sizes = [len(self.row_columns[row]) for row in rows]
        columns = chain.from_iterable(self.row_columns[row] for row in rows)
        values = chain.from_iterable(self.row_values[row] for row in rows)
        return Terms(
            np.repeat(np.arange(len(sizes)), sizes),
            np.fromiter(columns, np.int64, sum(sizes)),
            np.fromiter(values, np.float64, sum(sizes)),
        )

    def fix(self, columns: Mapping[Column, float], rows: Mapping[Row, float]) -> None:
        """Give columns one value, and make rows equations."""
        for column, value in columns.items():
            self.column_lower[column] = self.column_upper[column] = value
        for row, side in rows.items():
            self.row_lower[row] = self.row_upper[row] = side

    def bounds(self) -> Bounds:
        """Copy all bounds, to undo a narrowing."""
        return (
            list(self.column_lower),
            list(self.column_upper),
            list(self.row_lower),
            list(self.row_upper),
        )

    def restore(self, bounds: Bounds) -> None:
        """Put copied bounds back; what was added since keeps its own."""
        now = (self.column_lower, self.column_upper, self.row_lower, self.row_upper)
        for values, before in zip(now, bounds, strict=True):
            values[: len(before)] = before
