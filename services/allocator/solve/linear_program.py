"""One linear program in OR-Tools: only what is still free, solved again and again.

Columns and rows that earlier stages have fixed never reach the solver. Between the levels of a
leximin stage only bounds change, so that the simplex method goes on from its last basis.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ortools.glop.parameters_pb2 import GlopParameters
from ortools.math_opt import (
    callback_pb2,
    model_parameters_pb2,
    model_update_pb2,
    parameters_pb2,
    result_pb2,
    solution_pb2,
)
from ortools.math_opt.core.python import solver as math_opt
from pybind11_abseil.status import StatusNotOk  # type: ignore[import-untyped]  # has no types

from services.allocator.model.linear_model import Column, LinearModel, Row
from services.allocator.solve.clock import Clock
from services.allocator.solve.errors import NoPlanExists, OutOfTime, SolverFailed
from services.allocator.solve.model_proto import TOLERANCE, model_proto
from services.allocator.solve.objective import Objective

Status = int
"""Basis status of a column or row, in the numbering of OR-Tools."""

BASIC = solution_pb2.BASIS_STATUS_BASIC
AT_LOWER = solution_pb2.BASIS_STATUS_AT_LOWER_BOUND
AT_BOTH = solution_pb2.BASIS_STATUS_FIXED_VALUE

_OPTIMAL = result_pb2.TERMINATION_REASON_OPTIMAL
_LIMITS = (
    result_pb2.TERMINATION_REASON_FEASIBLE,
    result_pb2.TERMINATION_REASON_NO_SOLUTION_FOUND,
)
_INFEASIBLE = (
    result_pb2.TERMINATION_REASON_INFEASIBLE,
    result_pb2.TERMINATION_REASON_INFEASIBLE_OR_UNBOUNDED,
)


@dataclass
class Basis:
    """Where the simplex method stood: a status per column and per row of the model."""

    columns: dict[Column, Status] = field(default_factory=dict)
    rows: dict[Row, Status] = field(default_factory=dict)


@dataclass(frozen=True)
class Vertex:
    """An optimal corner: values of the free columns, and the prices that prove it.

    `duals` and `reduced` hold only what is not zero.
    """

    objective: float
    values: dict[Column, float]
    duals: dict[Row, float]
    reduced: dict[Column, float]


class LinearProgram:
    """The free part of a linear model, open in OR-Tools."""

    def __init__(
        self,
        model: LinearModel,
        objective: Objective,
        clock: Clock,
        start: Basis | None = None,
    ) -> None:
        self._clock = clock
        self._start = start
        self._again = False
        # A fixed column that is basic stays, or the basis would be one column short.
        basic = start.columns if start is not None else {}
        self.columns = [
            c
            for c, (low, high) in enumerate(
                zip(model.column_lower, model.column_upper, strict=True)
            )
            if low < high or basic.get(c) == BASIC
        ]
        here = set(self.columns)
        self.offset = sum(
            value * model.column_lower[c] for c, value in objective.items() if c not in here
        )
        self._proto, self._fixed = model_proto(model, self.columns, objective)
        self.rows = list(self._fixed)
        self._solver = self._open()

    def _open(self) -> math_opt.Solver:
        return math_opt.new(
            parameters_pb2.SOLVER_TYPE_GLOP,
            self._proto,
            parameters_pb2.SolverInitializerProto(),
        )

    def change_bounds(
        self,
        columns: Mapping[Column, tuple[float, float]],
        rows: Mapping[Row, tuple[float, float]],
    ) -> None:
        """Narrow or widen bounds; the basis stays."""
        update = model_update_pb2.ModelUpdateProto()
        _fill(update.variable_updates, columns)
        _fill(
            update.linear_constraint_updates,
            {r: (low - self._fixed[r], high - self._fixed[r]) for r, (low, high) in rows.items()},
        )
        self._solver.update(update)

    def minimise(self, *, dual: bool = False) -> tuple[Vertex, Basis]:
        """Solve from the start basis, and after that from where the last solve ended.

        Parameters
        ----------
        dual
            Whether bounds have only become narrower since an optimum with this objective: the
            dual simplex method then needs a few steps.

        Raises
        ------
        OutOfTime, NoPlanExists, SolverFailed
        """
        how = model_parameters_pb2.ModelSolveParametersProto()
        for wanted in (
            how.variable_values_filter,
            how.dual_values_filter,
            how.reduced_costs_filter,
        ):
            wanted.skip_zero_values = True
        if self._start is not None:
            _fill_basis(how.initial_basis, self._start, self.columns, self.rows)
            self._start = None
        answer = self._solve(_simplex(dual=dual, again=self._again), how)
        self._again = True
        if answer.termination.reason not in (_OPTIMAL, *_LIMITS, *_INFEASIBLE):
            answer = self._solve_afresh(how)
        _raise_unless_optimal(answer)
        return _vertex(answer, self.columns, self.offset), _basis(answer.solutions[0].basis)

    def _solve(
        self,
        parameters: parameters_pb2.SolveParametersProto,
        how: model_parameters_pb2.ModelSolveParametersProto,
    ) -> result_pb2.SolveResultProto:
        left = self._clock.seconds_left()
        if left is not None:
            parameters.time_limit.FromMilliseconds(max(1, int(left * 1000)))
        try:
            answer: result_pb2.SolveResultProto = self._solver.solve(
                parameters, how, None, callback_pb2.CallbackRegistrationProto(), None, None
            )
        except StatusNotOk as error:
            # Near a time limit GLOP reports an ABNORMAL end as an error instead of a reason.
            if self._clock.seconds_left() == 0.0:
                raise OutOfTime from error
            answer = result_pb2.SolveResultProto()
            answer.termination.reason = result_pb2.TERMINATION_REASON_NUMERICAL_ERROR
            answer.termination.detail = str(error)
        return answer

    def _solve_afresh(
        self, how: model_parameters_pb2.ModelSolveParametersProto
    ) -> result_pb2.SolveResultProto:
        # GLOP can end ABNORMAL from an old basis; a cold start with presolve and with the dual
        # method have each been seen to succeed where the warm start failed.
        how.ClearField("initial_basis")
        answer = self._solve(_cold(use_dual_simplex=False), how)
        if answer.termination.reason not in (_OPTIMAL, *_LIMITS):
            answer = self._solve(_cold(use_dual_simplex=True), how)
        return answer


def _simplex(*, dual: bool, again: bool) -> parameters_pb2.SolveParametersProto:
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
    parameters.glop.primal_feasibility_tolerance = TOLERANCE
    parameters.glop.dual_feasibility_tolerance = TOLERANCE
    return parameters


def _cold(*, use_dual_simplex: bool) -> parameters_pb2.SolveParametersProto:
    parameters = parameters_pb2.SolveParametersProto()
    parameters.glop.use_preprocessing = True
    parameters.glop.use_dual_simplex = use_dual_simplex
    return parameters


def _fill(
    update: model_update_pb2.VariableUpdatesProto | model_update_pb2.LinearConstraintUpdatesProto,
    bounds: Mapping[int, tuple[float, float]],
) -> None:
    ids = sorted(bounds)
    update.lower_bounds.ids.extend(ids)
    update.lower_bounds.values.extend(bounds[k][0] for k in ids)
    update.upper_bounds.ids.extend(ids)
    update.upper_bounds.values.extend(bounds[k][1] for k in ids)


def _fill_basis(
    proto: solution_pb2.BasisProto, start: Basis, columns: Iterable[Column], rows: Iterable[Row]
) -> None:
    column_ids, row_ids = list(columns), list(rows)
    columns_status = [start.columns.get(c, AT_LOWER) for c in column_ids]
    rows_status = [start.rows.get(r, BASIC) for r in row_ids]
    if columns_status.count(BASIC) + rows_status.count(BASIC) != len(row_ids):
        return
    proto.variable_status.ids.extend(column_ids)
    proto.variable_status.values.extend(columns_status)
    proto.constraint_status.ids.extend(row_ids)
    proto.constraint_status.values.extend(rows_status)


def _raise_unless_optimal(answer: result_pb2.SolveResultProto) -> None:
    reason = answer.termination.reason
    if reason == _OPTIMAL:
        return
    if reason in _LIMITS:
        raise OutOfTime
    if reason in _INFEASIBLE:
        raise NoPlanExists
    raise SolverFailed(answer.termination.detail)


def _vertex(answer: result_pb2.SolveResultProto, columns: list[Column], offset: float) -> Vertex:
    solution = answer.solutions[0]
    primal, dual = solution.primal_solution, solution.dual_solution
    values = dict.fromkeys(columns, 0.0)
    values.update(zip(primal.variable_values.ids, primal.variable_values.values, strict=True))
    return Vertex(
        objective=primal.objective_value + offset,
        values=values,
        duals=dict(zip(dual.dual_values.ids, dual.dual_values.values, strict=True)),
        reduced=dict(zip(dual.reduced_costs.ids, dual.reduced_costs.values, strict=True)),
    )


def _basis(proto: solution_pb2.BasisProto) -> Basis:
    columns, rows = proto.variable_status, proto.constraint_status
    return Basis(
        columns=dict(zip(columns.ids, columns.values, strict=True)),
        rows=dict(zip(rows.ids, rows.values, strict=True)),
    )
