"""A sparse linear model: columns, rows and nothing that solves them.

The solver, the certificate and the tests all read the same arrays. Columns and rows are added
once and never removed; the optimal face is kept by narrowing their bounds.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

Column = int
"""Position of a column in the model."""

Row = int
"""Position of a row in the model."""

Term = tuple[Column, float]
"""A column with its coefficient."""

Bounds = tuple[list[float], list[float], list[float], list[float]]
"""Lower and upper bounds of all columns, then of all rows."""

INFINITY = float("inf")


@dataclass(eq=False)
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
    rewritten: int = 0
    """How often a row that was there got another term."""

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

    def add_term(self, row: Row, column: Column, value: float) -> None:
        """Add a term to a row that has none of this column yet."""
        self.row_columns[row].append(column)
        self.row_values[row].append(value)
        self.rewritten += 1

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
