"""How the simplex method of OR-Tools is asked to work, and what its answers mean."""

from collections.abc import Iterable, Mapping

from ortools.glop.parameters_pb2 import GlopParameters
from ortools.math_opt import (
    model_parameters_pb2,
    model_update_pb2,
    parameters_pb2,
    result_pb2,
    solution_pb2,
)

from services.allocator.model.linear_model import Column, Row
from services.allocator.solve.errors import NoPlanExists, OutOfTime, SolverFailed
from services.allocator.solve.model_proto import PRICES, TOLERANCE
from services.allocator.solve.vertex import AT_LOWER, BASIC, Basis

OPTIMAL = result_pb2.TERMINATION_REASON_OPTIMAL
LIMITS = (
    result_pb2.TERMINATION_REASON_FEASIBLE,
    result_pb2.TERMINATION_REASON_NO_SOLUTION_FOUND,
)
INFEASIBLE = (
    result_pb2.TERMINATION_REASON_INFEASIBLE,
    result_pb2.TERMINATION_REASON_INFEASIBLE_OR_UNBOUNDED,
)


def wanted() -> model_parameters_pb2.ModelSolveParametersProto:
    """Ask for everything that is not zero."""
    how = model_parameters_pb2.ModelSolveParametersProto()
    for part in (
        how.variable_values_filter,
        how.dual_values_filter,
        how.reduced_costs_filter,
    ):
        part.skip_zero_values = True
    return how


def warm(
    *, dual: bool, again: bool, tolerance: float = TOLERANCE
) -> parameters_pb2.SolveParametersProto:
    """Go on from where the last solve ended, which is near."""
    parameters = parameters_pb2.SolveParametersProto()
    parameters.glop.use_preprocessing = False
    parameters.glop.use_dual_simplex = dual
    # The coefficients are ones, sizes and needs; scaling them anew at each solve costs more than
    # the few pivots of a warm start.
    parameters.glop.use_scaling = False
    if again:
        # Exact edge norms pay off over many pivots, not over the few of a next level.
        parameters.glop.optimization_rule = GlopParameters.DEVEX
        parameters.glop.feasibility_rule = GlopParameters.DEVEX
    parameters.glop.primal_feasibility_tolerance = tolerance
    parameters.glop.dual_feasibility_tolerance = PRICES
    # Whether a corner is good enough is ours to say: what follows is checked anyway.
    parameters.glop.change_status_to_imprecise = False
    return parameters


def cold(
    *, use_dual_simplex: bool = False, tolerance: float | None = None
) -> parameters_pb2.SolveParametersProto:
    """Start anew, with everything that makes a program smaller first."""
    parameters = parameters_pb2.SolveParametersProto()
    parameters.glop.use_preprocessing = True
    parameters.glop.use_dual_simplex = use_dual_simplex
    if tolerance is not None:
        parameters.glop.primal_feasibility_tolerance = tolerance
        parameters.glop.dual_feasibility_tolerance = tolerance
    return parameters


def give_bounds(
    update: model_update_pb2.VariableUpdatesProto | model_update_pb2.LinearConstraintUpdatesProto,
    bounds: Mapping[int, tuple[float, float]],
) -> None:
    """Write new bounds into an update."""
    ids = sorted(bounds)
    update.lower_bounds.ids.extend(ids)
    update.lower_bounds.values.extend(bounds[k][0] for k in ids)
    update.upper_bounds.ids.extend(ids)
    update.upper_bounds.values.extend(bounds[k][1] for k in ids)


def give_basis(
    proto: solution_pb2.BasisProto, start: Basis, columns: Iterable[Column], rows: Iterable[Row]
) -> None:
    """Write a basis for these columns and rows, when it is one."""
    column_ids = list(columns)
    columns_status = [start.columns.get(c, AT_LOWER) for c in column_ids]
    rows_status = [start.rows.get(r, BASIC) for r in rows]
    if columns_status.count(BASIC) + rows_status.count(BASIC) != len(rows_status):
        return
    proto.variable_status.ids.extend(column_ids)
    proto.variable_status.values.extend(columns_status)
    proto.constraint_status.ids.extend(range(len(rows_status)))
    proto.constraint_status.values.extend(rows_status)


def raise_unless_optimal(answer: result_pb2.SolveResultProto) -> None:
    """Tell every end that is no optimum by its own error."""
    reason = answer.termination.reason
    if reason == OPTIMAL:
        return
    if reason in LIMITS:
        raise OutOfTime
    if reason in INFEASIBLE:
        raise NoPlanExists
    raise SolverFailed(answer.termination.detail)
