"""A linear model as OR-Tools reads it: only what is still free."""

from collections.abc import Collection

import numpy as np
from ortools.math_opt import model_pb2

from services.allocator.model.linear_model import INFINITY, Column, LinearModel, Row, Term
from services.allocator.solve.objective import Objective
from services.allocator.solve.terms import all_terms, terms_of

TOLERANCE = 1e-8
"""Households, or homes, by which the simplex method may miss a row or bound."""
PRICES = 1e-9
"""The same for reduced costs."""
LOOSE = 1e-6
"""Feasibility that is asked before a program is called impossible."""


def model_proto(
    model: LinearModel,
    columns: list[Column],
    objective: Objective,
    *,
    whole: bool = False,
    rows: Collection[Row] | None = None,
    always: Collection[Row] = (),
) -> tuple[model_pb2.ModelProto, dict[Row, float]]:
    """Write the free columns and the rows that still bind them for OR-Tools.

    Returns
    -------
    The model, in which rows are numbered from 0, and per row what the fixed columns add to its
    sum, in the same order.
    """
    proto = model_pb2.ModelProto()
    proto.variables.ids.extend(columns)
    lower, upper = model.column_lower, model.column_upper
    proto.variables.lower_bounds.extend([lower[c] for c in columns])
    proto.variables.upper_bounds.extend([upper[c] for c in columns])
    proto.variables.integers.extend([whole and model.whole[c] for c in columns])
    here = set(columns)
    priced = sorted(c for c in objective if c in here)
    proto.objective.linear_coefficients.ids.extend(priced)
    proto.objective.linear_coefficients.values.extend(float(objective[c]) for c in priced)
    return proto, _add_rows(proto, model, rows, frozenset(always))


def _add_rows(
    proto: model_pb2.ModelProto,
    model: LinearModel,
    rows: Collection[Row] | None,
    always: frozenset[Row],
) -> dict[Row, float]:
    """Add the rows that still bind anything; what fixed columns add to each is returned."""
    low, high = np.array(model.row_lower), np.array(model.row_upper)
    terms = all_terms(model) if rows is None else terms_of(model, rows)
    if rows is None:
        rows = range(len(low))
    else:
        some = list(rows)
        low, high = low[some], high[some]
    place, columns, values = terms.place, terms.columns, terms.values
    here = np.zeros(len(model.column_names), dtype=bool)
    here[proto.variables.ids] = True
    free = here[columns]
    at = np.array(model.column_lower)[columns[~free]] * values[~free]
    fixed = np.bincount(place[~free], at, len(low))
    binds = np.bincount(place[free], minlength=len(low)) > 0
    binds |= (fixed < low - TOLERANCE) | (fixed > high + TOLERANCE)
    binds &= (low > -INFINITY) | (high < INFINITY)
    if always:
        binds |= np.array([row in always for row in rows], dtype=bool)
    number = np.cumsum(binds) - 1
    proto.linear_constraints.ids.extend(range(int(binds.sum())))
    proto.linear_constraints.lower_bounds.extend((low - fixed)[binds].tolist())
    proto.linear_constraints.upper_bounds.extend((high - fixed)[binds].tolist())
    kept = free & binds[place]
    place, columns, values = number[place[kept]], columns[kept], values[kept]
    matrix = proto.linear_constraint_matrix
    matrix.row_ids.extend(place.tolist())
    matrix.column_ids.extend(columns.tolist())
    matrix.coefficients.extend(values.tolist())
    some = binds.tolist()
    parts = zip(rows, fixed.tolist(), some, strict=True)
    return {row: part for row, part, taken in parts if taken}


def free_part(model: LinearModel, row: Row, here: set[Column]) -> tuple[list[Term], float]:
    """Split a row into its terms that are in a program, and the sum of the fixed others."""
    free, fixed = [], 0.0
    for column, value in zip(model.row_columns[row], model.row_values[row], strict=True):
        if column in here:
            free.append((column, value))
        else:
            fixed += value * model.column_lower[column]
    return sorted(free), fixed
