"""One linear program in OR-Tools: only what is still free, solved again and again.

Columns and rows that earlier stages have fixed never reach the solver. As long as only bounds
change and rows or columns are added, the simplex method goes on from its last basis.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import takewhile

import numpy as np
from ortools.math_opt import (
    callback_pb2,
    model_update_pb2,
    parameters_pb2,
    result_pb2,
    solution_pb2,
)
from ortools.math_opt.core.python import solver as math_opt
from pybind11_abseil.status import StatusNotOk  # type: ignore[import-untyped]  # has no types

from services.allocator.model.linear_model import Column, LinearModel, Row
from services.allocator.solve.clock import Clock
from services.allocator.solve.errors import OutOfTime
from services.allocator.solve.model_proto import LOOSE, TOLERANCE, free_part, model_proto
from services.allocator.solve.objective import Objective
from services.allocator.solve.simplex import (
    INFEASIBLE,
    LIMITS,
    OPTIMAL,
    cold,
    give_basis,
    give_bounds,
    raise_unless_optimal,
    wanted,
    warm,
)
from services.allocator.solve.vertex import (
    AT_LOWER,
    BASIC,
    Basis,
    Status,
    Vertex,
    of_the_model,
)

LARGE = 20_000
"""Columns from which on it pays to make a program smaller before its first solve."""


class LinearProgram:
    """The free part of a linear model, open in OR-Tools.

    Parameters
    ----------
    rows
        The rows to take; all when None.
    columns
        The columns to take as far as they are free; all when None.
    always
        Rows that are taken even when nothing in them is free.
    anew
        Whether to make the program smaller before its first solve, however small it is.
    """

    def __init__(
        self,
        model: LinearModel,
        objective: Objective,
        clock: Clock,
        start: Basis | None = None,
        rows: Collection[Row] | None = None,
        columns: Iterable[Column] | None = None,
        always: Collection[Row] = (),
        anew: bool = False,
    ) -> None:
        self.model = model
        self._clock = clock
        self._start = start
        self._again = False
        self._anew = False
        self._cold = anew
        self.fixed, self._upper = np.array(model.column_lower), np.array(model.column_upper)
        taken = self.fixed < self._upper
        if start is not None:
            # A fixed column that is basic stays, or the basis would be one column short.
            taken[[c for c, status in start.columns.items() if status == BASIC]] = True
        among = np.flatnonzero(taken) if columns is None else np.array(list(columns), np.int64)
        self._positions = among[taken[among]]
        self.columns: list[Column] = self._positions.tolist()
        self._here = set(self.columns)
        self._offset = sum(
            value * model.column_lower[c] for c, value in objective.items() if c not in self._here
        )
        self._proto, self._fixed = model_proto(
            model, self.columns, objective, rows=rows, always=always
        )
        self._rows = list(self._fixed)
        self._number = {row: number for number, row in enumerate(self._rows)}
        self._solver = math_opt.new(
            parameters_pb2.SOLVER_TYPE_GLOP,
            self._proto,
            parameters_pb2.SolverInitializerProto(),
        )
        self._how = wanted()
        self._last = solution_pb2.SolutionProto()
        self.pivots = 0
        """Pivots of all solves so far."""
        self._own: dict[Column, list[Row]] = {}
        """Columns that only the program has, with the rows that they raise."""

    def change_bounds(
        self,
        columns: Mapping[Column, tuple[float, float]],
        rows: Mapping[Row, tuple[float, float]],
    ) -> None:
        """Narrow or widen bounds; the basis stays."""
        update = model_update_pb2.ModelUpdateProto()
        give_bounds(update.variable_updates, {c: b for c, b in columns.items() if c in self._here})
        give_bounds(
            update.linear_constraint_updates,
            {
                self._number[r]: (low - self._fixed[r], high - self._fixed[r])
                for r, (low, high) in rows.items()
                if r in self._fixed
            },
        )
        self._solver.update(update)

    def add_rows(self, rows: Iterable[Row]) -> None:
        """Add rows that the model has got since; the basis stays."""
        update = model_update_pb2.ModelUpdateProto()
        new, matrix = update.new_linear_constraints, update.linear_constraint_matrix_updates
        for row in rows:
            free, fixed = free_part(self.model, row, self._here)
            number = self._number[row] = len(self._rows)
            self._rows.append(row)
            self._fixed[row] = fixed
            new.ids.append(number)
            new.lower_bounds.append(self.model.row_lower[row] - fixed)
            new.upper_bounds.append(self.model.row_upper[row] - fixed)
            matrix.row_ids.extend([number] * len(free))
            matrix.column_ids.extend(column for column, _ in free)
            matrix.coefficients.extend(value for _, value in free)
        self._solver.update(update)

    def add_columns(self, columns: Sequence[Column], objective: Objective) -> None:
        """Add columns that the model has got since, the last ones; the basis stays."""
        model, first = self.model, len(self.fixed)
        self.fixed = np.concatenate([self.fixed, model.column_lower[first:]])
        self._upper = np.concatenate([self._upper, model.column_upper[first:]])
        update = model_update_pb2.ModelUpdateProto()
        new, prices = update.new_variables, update.objective_updates.linear_coefficients
        new.ids.extend(columns)
        new.lower_bounds.extend(model.column_lower[c] for c in columns)
        new.upper_bounds.extend(model.column_upper[c] for c in columns)
        new.integers.extend(False for _ in columns)
        priced = [c for c in columns if c in objective]
        prices.ids.extend(priced)
        prices.values.extend(float(objective[c]) for c in priced)
        matrix = update.linear_constraint_matrix_updates
        for number, row in enumerate(self._rows):
            terms = model.row_columns[row]
            # The newest columns stand last in their rows.
            if terms and terms[-1] >= first:
                newest = sum(1 for _ in takewhile(lambda c: c >= first, reversed(terms)))
                matrix.row_ids.extend([number] * newest)
                matrix.column_ids.extend(terms[-newest:])
                matrix.coefficients.extend(model.row_values[row][-newest:])
        self._solver.update(update)
        self.columns += columns
        self._here.update(columns)
        self._positions = np.array(self.columns, dtype=np.int64)
        self._stand_still(columns)

    def _stand_still(self, columns: Iterable[int], at: Status = AT_LOWER) -> None:
        # GLOP forgets where it stood when columns are added, unless it is told.
        if self._start is not None:
            self._start.columns.update(dict.fromkeys(columns, at))
        if self._again:
            self._give_last_basis()
            status = self._how.initial_basis.variable_status
            added = [c for c in columns if c > (status.ids[-1] if status.ids else -1)]
            status.ids.extend(added)
            status.values.extend(at for _ in added)
            self._anew = False

    def minimise(self, *, dual: bool = False) -> Vertex:
        """Solve from the start basis, and after that from where the last solve ended.

        Parameters
        ----------
        dual
            Whether bounds have only become narrower, or rows were added, since an optimum with
            this objective: the dual simplex method then needs a few steps.

        Raises
        ------
        OutOfTime, NoPlanExists, SolverFailed
        """
        anew = not self._again and (self._cold or len(self.columns) > LARGE)
        if self._start is not None and not anew:
            columns = [*self.columns, *self._own]
            give_basis(self._how.initial_basis, self._start, columns, self._rows)
        self._start = None
        if self._anew:
            self._give_last_basis()
        answer = self._solve(
            cold(tolerance=TOLERANCE) if anew else warm(dual=dual, again=self._again)
        )
        self._again, self._anew = True, anew
        self._how.ClearField("initial_basis")
        if answer.termination.reason in INFEASIBLE:
            # Sides that were computed may contradict each other in the tenth digit.
            answer = self._solve(warm(dual=False, again=True, tolerance=LOOSE))
        if answer.termination.reason not in (OPTIMAL, *LIMITS, *INFEASIBLE):
            answer = self._solve_afresh()
        raise_unless_optimal(answer)
        self._last = answer.solutions[0]
        return Vertex(self._last, self._positions, self._rows, self._offset)

    def _give_last_basis(self) -> None:
        basis = self._how.initial_basis
        basis.CopyFrom(self._last.basis)
        added = range(len(basis.constraint_status.ids), len(self._rows))
        basis.constraint_status.ids.extend(added)
        basis.constraint_status.values.extend(BASIC for _ in added)

    def basis(self) -> Basis:
        """Say where the last solve ended."""
        columns = self._last.basis.variable_status
        rows = self._last.basis.constraint_status
        return Basis(
            columns=of_the_model(columns.ids, columns.values),
            rows={self._rows[k]: v for k, v in zip(rows.ids, rows.values, strict=True)},
            known_columns=len(self.model.column_names),
            known_rows=len(self.model.row_names),
        )

    def _solve(
        self, parameters: parameters_pb2.SolveParametersProto
    ) -> result_pb2.SolveResultProto:
        left = self._clock.seconds_left()
        if left == 0.0:
            raise OutOfTime
        if left is not None:
            parameters.time_limit.FromMilliseconds(max(1, int(left * 1000)))
        try:
            answer: result_pb2.SolveResultProto = self._solver.solve(
                parameters, self._how, None, callback_pb2.CallbackRegistrationProto(), None, None
            )
        except StatusNotOk as error:
            # Near a time limit GLOP reports an ABNORMAL end as an error instead of a reason.
            if self._clock.seconds_left() == 0.0:
                raise OutOfTime from error
            answer = result_pb2.SolveResultProto()
            answer.termination.reason = result_pb2.TERMINATION_REASON_NUMERICAL_ERROR
            answer.termination.detail = str(error)
        self.pivots += answer.solve_stats.simplex_iterations
        return answer

    def _solve_afresh(self) -> result_pb2.SolveResultProto:
        # GLOP can end ABNORMAL from an old basis; a cold start with presolve and with the dual
        # method have each been seen to succeed where the warm start failed.
        answer = self._solve(cold(use_dual_simplex=False))
        if answer.termination.reason not in (OPTIMAL, *LIMITS):
            answer = self._solve(cold(use_dual_simplex=True))
        return answer
