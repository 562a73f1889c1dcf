"""A linear program in which rows rise together, for leximin: how far, and what is in the way."""

from collections.abc import Collection, Mapping
from itertools import islice

import numpy as np
from ortools.math_opt import model_update_pb2

from services.allocator.model.linear_model import INFINITY, Row
from services.allocator.solve.linear_program import LinearProgram
from services.allocator.solve.model_proto import TOLERANCE
from services.allocator.solve.simplex import give_bounds
from services.allocator.solve.vertex import AT_LOWER, AT_UPPER, BASIC, OWN_COLUMNS, Basis, Vertex

ROOM = 10 * TOLERANCE
"""What a rise leaves for rounding, in the unit of the rows."""


class RisingProgram(LinearProgram):
    """The free part of a linear model, whose lower sides are raised again and again.

    Each rise is a column of the program's own: changing a coefficient would cost the basis.
    """

    _risen = 0.0
    _rise_most = 1.0

    def rise(
        self, rows: Mapping[Row, float], *, from_above: bool = False
    ) -> tuple[float, float, Vertex]:
        """Raise the lower sides of rows together, as far towards a goal as the others allow.

        Parameters
        ----------
        rows
            What would have to be added to the side of each row.
        from_above
            Whether the goal is likely to be reached: then the dual simplex method starts there.

        Returns
        -------
        The part of it that can be added, at most 1, the slightly smaller part that is added, so
        that rounding leaves room for the next rise, and the corner. Where it is less than 1, the
        duals of the corner say why.
        """
        update = model_update_pb2.ModelUpdateProto()
        prices = update.objective_updates.linear_coefficients
        if self._own:
            last = next(reversed(self._own))
            give_bounds(update.variable_updates, {last: (self._risen, self._risen)})
            prices.ids.append(last)
            prices.values.append(0.0)
        rise = OWN_COLUMNS + len(self._own)
        # Counted in the unit of the rows, so that small steps are not lost in rounding.
        self._rise_most = max(abs(value) for value in rows.values())
        self._own[rise] = list(rows)
        update.new_variables.ids.append(rise)
        update.new_variables.lower_bounds.append(0.0)
        update.new_variables.upper_bounds.append(self._rise_most)
        update.new_variables.integers.append(False)
        prices.ids.append(rise)
        prices.values.append(-1.0)
        matrix = update.linear_constraint_matrix_updates
        for number, value in sorted((self._number[row], value) for row, value in rows.items()):
            matrix.row_ids.append(number)
            matrix.column_ids.append(rise)
            matrix.coefficients.append(-value / self._rise_most)
        self._solver.update(update)
        self._stand_still([rise], AT_UPPER if from_above else AT_LOWER)
        return self.rise_on(dual=from_above)

    def rise_on(self, *, dual: bool = True) -> tuple[float, float, Vertex]:
        """Rise anew after rows were added."""
        vertex = self.minimise(dual=dual)
        most, risen = self._rise_most, min(self._rise_most, max(0.0, -vertex.objective))
        self._risen = max(0.0, risen - ROOM)
        return risen / most, self._risen / most, vertex

    def most(self, vertex: Vertex, floors: Collection[Row]) -> float:
        """Say how much these rows can carry together, each times its price: weak duality.

        The prices of all other rows and columns, times the sides that they are at. This has the
        digits of the sides, where the corner has only those that the simplex method was asked for.
        """
        prices = {row: price for row, price in vertex.duals.items() if row not in floors}
        sides = sum(price * self._side(row, price) for row, price in prices.items())
        columns = np.fromiter(vertex.reduced, np.int64)
        reduced = np.fromiter(vertex.reduced.values(), np.float64)
        bounds = np.where(reduced > 0, self.fixed[columns], self._upper[columns])
        at_bounds = float((reduced * np.where(np.isfinite(bounds), bounds, 0.0)).sum())
        fixed = sum(vertex.duals.get(row, 0.0) * self._fixed[row] for row in floors)
        return fixed - sides - at_bounds

    def _side(self, row: Row, price: float) -> float:
        side = self.model.row_lower[row] if price > 0 else self.model.row_upper[row]
        return side - self._fixed[row] if abs(side) < INFINITY else 0.0

    def basis(self) -> Basis:
        """Say where the last solve ended; what was raised takes the place of our own columns."""
        basis, status = super().basis(), self._last.basis.variable_status
        for column, value in zip(status.ids, status.values, strict=True):
            if column in self._own and value == BASIC:
                raised = (row for row in self._own[column] if basis.rows[row] != BASIC)
                basis.rows.update(dict.fromkeys(islice(raised, 1), BASIC))
        return basis
