"""A linear model as OR-Tools reads it: only what is still free."""

from ortools.math_opt import model_pb2

from services.allocator.model.linear_model import INFINITY, Column, LinearModel, Row
from services.allocator.solve.objective import Objective

TOLERANCE = 1e-9
"""Feasibility that is asked of the simplex method, primal and dual."""


def model_proto(
    model: LinearModel, columns: list[Column], objective: Objective, *, whole: bool = False
) -> tuple[model_pb2.ModelProto, dict[Row, float]]:
    """Write the free columns and the rows that still bind them for OR-Tools.

    Returns
    -------
    The model, and per row that is in it what the fixed columns add to its sum.
    """
    proto = model_pb2.ModelProto()
    proto.variables.ids.extend(columns)
    proto.variables.lower_bounds.extend(model.column_lower[c] for c in columns)
    proto.variables.upper_bounds.extend(model.column_upper[c] for c in columns)
    proto.variables.integers.extend(whole and model.whole[c] for c in columns)
    here = set(columns)
    priced = sorted(c for c in objective if c in here)
    proto.objective.linear_coefficients.ids.extend(priced)
    proto.objective.linear_coefficients.values.extend(float(objective[c]) for c in priced)
    return proto, _add_rows(proto, model)


def _add_rows(proto: model_pb2.ModelProto, model: LinearModel) -> dict[Row, float]:
    """Add the rows that still bind anything; what fixed columns add to each is returned."""
    fixed_part: dict[Row, float] = {}
    here = set(proto.variables.ids)
    for row, (low, high) in enumerate(zip(model.row_lower, model.row_upper, strict=True)):
        if low == -INFINITY and high == INFINITY:
            continue
        free, fixed = _split(model, row, here)
        if free or not low - TOLERANCE <= fixed <= high + TOLERANCE:
            fixed_part[row] = fixed
            _add_row(proto, row, free, (low - fixed, high - fixed))
    return fixed_part


def _split(
    model: LinearModel, row: Row, here: set[Column]
) -> tuple[list[tuple[Column, float]], float]:
    free, fixed = [], 0.0
    for column, value in zip(model.row_columns[row], model.row_values[row], strict=True):
        if column in here:
            free.append((column, value))
        else:
            fixed += value * model.column_lower[column]
    return sorted(free), fixed


def _add_row(
    proto: model_pb2.ModelProto,
    row: Row,
    terms: list[tuple[Column, float]],
    bounds: tuple[float, float],
) -> None:
    proto.linear_constraints.ids.append(row)
    proto.linear_constraints.lower_bounds.append(bounds[0])
    proto.linear_constraints.upper_bounds.append(bounds[1])
    proto.linear_constraint_matrix.row_ids.extend([row] * len(terms))
    proto.linear_constraint_matrix.column_ids.extend(column for column, _ in terms)
    proto.linear_constraint_matrix.coefficients.extend(value for _, value in terms)
