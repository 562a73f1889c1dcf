"""Diving: settle what an optimum leaves in halves, one number at a time.

The number nearest to a half is rounded, the dual simplex method repairs the rest in a few
steps, and so on until all are whole. A rounding that leaves no plan is turned the other way;
when both ways fail the caller has to search. Source: Achterberg 2007, section 9.2 (fractional
diving), with the ties broken by position.
"""

from collections.abc import Collection
from math import ceil, floor

from services.allocator.model.linear_model import Column
from services.allocator.solve.errors import NoPlanExists
from services.allocator.solve.face import Face
from services.allocator.solve.linear_program import Vertex
from services.allocator.solve.objective import Objective

WHOLE = 1e-6
"""What counts as a whole number of households after a simplex method."""


def settle(face: Face, objective: Objective, decisions: Collection[Column]) -> Vertex:
    """Minimise an objective over the face with these decisions whole.

    Raises
    ------
    NoPlanExists
        When a number can be rounded neither down nor up; the face is then of no further use.
    OutOfTime
    """
    program = face.open(objective)
    vertex, face.basis = program.minimise()
    face.remember(vertex)
    while (column := _halfway(face, decisions)) is not None:
        value = face.values[column]
        for choice in sorted((floor(value), ceil(value)), key=lambda whole: abs(whole - value)):
            program.change_bounds({column: (choice, choice)}, {})
            try:
                vertex, face.basis = program.minimise(dual=True)
            except NoPlanExists:
                continue
            face.model.column_lower[column] = face.model.column_upper[column] = float(choice)
            break
        else:
            raise NoPlanExists
        face.remember(vertex)
    return vertex


def _halfway(face: Face, decisions: Collection[Column]) -> Column | None:
    """Find the decision that is farthest from a whole number; the first one among equals."""
    away = {c: abs(face.values[c] - round(face.values[c])) for c in decisions}
    column = max(away, key=lambda c: (round(away[c], 6), -c), default=None)
    return column if column is not None and away[column] > WHOLE else None
