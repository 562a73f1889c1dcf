"""The mixed-integer program, for what the simplex method left in halves."""

from collections.abc import Mapping
from dataclasses import dataclass

from ortools.math_opt import (
    callback_pb2,
    model_parameters_pb2,
    parameters_pb2,
    result_pb2,
)
from ortools.math_opt.core.python import solver as math_opt

from services.allocator.model.linear_model import Column, LinearModel
from services.allocator.solve.clock import Clock
from services.allocator.solve.errors import NoPlanExists, OutOfTime, SolverFailed
from services.allocator.solve.model_proto import model_proto
from services.allocator.solve.objective import Objective

MOST_NODES = 20_000
"""Nodes of the search tree after which the best plan so far is taken."""

_OPTIMAL = result_pb2.TERMINATION_REASON_OPTIMAL


@dataclass(frozen=True)
class WholeSolution:
    """Values of all columns, the objective, and the proven bound below it."""

    values: list[float]
    objective: float
    bound: float


def minimise_whole(model: LinearModel, objective: Objective, clock: Clock) -> WholeSolution:
    """Find the best plan with every `whole` column an integer.

    The search ends at the optimum, after `MOST_NODES` nodes, or when the clock runs out; the
    bound then says how good the best plan so far is. Nodes, unlike seconds, are the same on
    every machine.

    Raises
    ------
    NoPlanExists
        When there is no integer plan within the bounds of the model.
    OutOfTime
        When none was found in time.
    """
    columns = [
        c for c in range(len(model.column_names)) if model.column_lower[c] < model.column_upper[c]
    ]
    proto, _ = model_proto(model, columns, objective, whole=True)
    parameters = parameters_pb2.SolveParametersProto(threads=1, node_limit=MOST_NODES)
    left = clock.seconds_left()
    if left is not None:
        parameters.time_limit.FromMilliseconds(max(1, int(left * 1000)))
    answer = math_opt.solve(
        proto,
        parameters_pb2.SOLVER_TYPE_GSCIP,
        parameters_pb2.SolverInitializerProto(),
        parameters,
        model_parameters_pb2.ModelSolveParametersProto(),
        None,
        callback_pb2.CallbackRegistrationProto(),
        None,
        None,
    )
    return _solution(answer, model, objective, columns)


def _solution(
    answer: result_pb2.SolveResultProto,
    model: LinearModel,
    objective: Objective,
    columns: list[Column],
) -> WholeSolution:
    if not answer.solutions:
        _raise(answer.termination.reason, answer.termination.detail)
    found = answer.solutions[0].primal_solution.variable_values
    values = list(model.column_lower)
    values_of: Mapping[Column, float] = dict(zip(found.ids, found.values, strict=True))
    for column in columns:
        value = values_of.get(column, 0.0)
        values[column] = float(round(value)) if model.whole[column] else value
    worth = sum(price * values[column] for column, price in objective.items())
    if answer.termination.reason == _OPTIMAL:
        return WholeSolution(values, worth, worth)
    fixed = worth - answer.solutions[0].primal_solution.objective_value
    return WholeSolution(values, worth, answer.termination.objective_bounds.dual_bound + fixed)


def _raise(reason: int, detail: str) -> None:
    if reason in (
        result_pb2.TERMINATION_REASON_INFEASIBLE,
        result_pb2.TERMINATION_REASON_INFEASIBLE_OR_UNBOUNDED,
    ):
        raise NoPlanExists
    if reason == result_pb2.TERMINATION_REASON_NO_SOLUTION_FOUND:
        raise OutOfTime
    raise SolverFailed(detail)
