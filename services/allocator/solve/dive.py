"""Diving: settle what an optimum leaves in halves, a few numbers at a time.

The numbers nearest to whole are rounded, the dual simplex method repairs the rest in a few
steps, and so on until all are whole. When a handful of roundings leaves no plan, the first is
tried alone, and then the other way; when both ways fail the caller goes without.
Source: Achterberg 2007, section 9.2 (fractional diving), with ties broken by position.
"""

from collections.abc import Collection
from math import ceil, floor

from services.allocator.model.linear_model import Column
from services.allocator.solve.errors import NoPlanExists
from services.allocator.solve.face import Face
from services.allocator.solve.linear_program import LinearProgram
from services.allocator.solve.objective import Objective
from services.allocator.solve.vertex import Vertex

WHOLE = 1e-6
"""What counts as a whole number of households after a simplex method."""
HANDFUL = 5
"""One in so many of the numbers that are left is rounded at once."""

Rounding = dict[Column, float]
"""The whole number that a column is set to."""


def settle(face: Face, objective: Objective, decisions: Collection[Column]) -> Vertex:
    """Minimise an objective over the face with these decisions whole.

    Raises
    ------
    NoPlanExists
        When a number can be rounded neither down nor up; the face is then of no further use.
    OutOfTime
    """
    program = face.open(objective)
    vertex = face.solve(program)
    open_columns = [column for column in decisions if column in vertex.values]
    while halves := _halves(vertex, open_columns):
        vertex = _round_some(face, program, vertex, halves)
    face.basis = program.basis()
    return vertex


def _halves(vertex: Vertex, columns: list[Column]) -> list[Column]:
    """Sort the numbers that are not whole, the one nearest to whole first."""
    away = {c: abs(vertex.values[c] - round(vertex.values[c])) for c in columns}
    return sorted((c for c in columns if away[c] > WHOLE), key=lambda c: (round(away[c], 6), c))


def _round_some(face: Face, program: LinearProgram, vertex: Vertex, halves: list[Column]) -> Vertex:
    few = halves[: max(1, len(halves) // HANDFUL)]
    for trial in _trials(vertex, few):
        before = {c: (face.model.column_lower[c], face.model.column_upper[c]) for c in trial}
        program.change_bounds({c: (value, value) for c, value in trial.items()}, {})
        try:
            found = face.solve(program, dual=True)
        except NoPlanExists:
            program.change_bounds(before, {})
            continue
        for column, value in trial.items():
            face.model.column_lower[column] = face.model.column_upper[column] = value
        return found
    raise NoPlanExists


def _trials(vertex: Vertex, few: list[Column]) -> list[Rounding]:
    """List what to try: all to the nearest whole number, the first alone, the first otherwise."""
    first, value = few[0], vertex.values[few[0]]
    near = float(round(value))
    other = float(floor(value) if near > value else ceil(value))
    together = {column: float(round(vertex.values[column])) for column in few}
    alone: list[Rounding] = [{first: near}, {first: other}]
    return [together, *alone] if len(few) > 1 else alone
