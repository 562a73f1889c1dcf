"""What every optimal solution has in common, read from the prices that prove an optimum.

By complementary slackness a solution is optimal exactly when every column with a reduced cost is
at the bound that its sign tells, and every row with a dual value is tight. The solver narrows the
model by this after each stage, and whoever checks a certificate repeats it.
"""

from collections.abc import Mapping

from services.allocator.model.linear_model import Column, LinearModel, Row

ZERO = 5e-8
"""Prices smaller than this are rounding of the simplex method, not prices."""


def tight(
    model: LinearModel, duals: Mapping[Row, float], reduced: Mapping[Column, float]
) -> tuple[dict[Column, float], dict[Row, float]]:
    """Columns and rows that every optimal solution has at a bound, with that bound.

    Parameters
    ----------
    duals
        Dual value per row; absent means 0.
    reduced
        Reduced cost per column; absent means 0.
    """
    columns = {
        column: model.column_lower[column] if price > 0 else model.column_upper[column]
        for column, price in reduced.items()
        if abs(price) > ZERO
    }
    rows = {
        row: model.row_lower[row] if price > 0 else model.row_upper[row]
        for row, price in duals.items()
        if abs(price) > ZERO
    }
    return columns, rows
