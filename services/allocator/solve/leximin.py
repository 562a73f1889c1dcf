"""Leximin: raise the lowest level as far as it goes, fix who is stuck, and go on with the rest.

A cell is stuck when the row that keeps it above the floor has a price: then no solution that
reaches this floor has it higher. Its level is fixed and the floor rises for the others. The
vector of levels that this ends in is unique, because the feasible set is convex.
Source: Ogryczak, Pioro and Tomaszewski 2005, JTIT 3; Nace and Orlin 2007, Operations Research.
"""

from services.allocator.model.linear_model import INFINITY
from services.allocator.model.objectives.fairness import Cells
from services.allocator.problem.outcome import Cell
from services.allocator.solve.errors import SolverFailed
from services.allocator.solve.face import ZERO, Face, tight
from services.allocator.solve.linear_program import LinearProgram, Vertex

SAME_LEVEL = 1e-9
SHRINK_WHEN = 0.7
"""Open the program afresh when fewer than this part of its columns is still free."""


def raise_levels(face: Face, cells: Cells, stage: str) -> tuple[dict[Cell, float], int]:
    """Fix the level of every cell at its leximin value on this face.

    Returns
    -------
    The level per cell, and the number of distinct levels.
    """
    levels: dict[Cell, float] = {}
    distinct, floor = 0, -1.0
    free = dict(cells.above_floor)
    while free:
        face.clock.tell(stage, level=distinct + 1)
        program = face.open({cells.floor: -1.0})
        still = len(program.columns)
        while True:
            vertex, face.basis = program.minimise()
            face.record(vertex)
            level = -vertex.objective
            if level > floor + SAME_LEVEL:
                distinct, floor = distinct + 1, level
            stuck = [c for c, row in free.items() if abs(vertex.duals.get(row, 0)) > ZERO]
            if not stuck:
                raise SolverFailed("no cell carries a price although the floor is optimal")
            for cell in stuck:
                levels[cell] = level
                del free[cell]
            still -= _narrow(face, cells, program, vertex, stuck, level)
            if not free or still < SHRINK_WHEN * len(program.columns):
                break
        face.remember(vertex)
    model = face.model
    model.column_lower[cells.floor] = model.column_upper[cells.floor] = max(floor, 0.0)
    for row in cells.above_floor.values():
        model.row_lower[row] = -INFINITY
    return levels, distinct


def _narrow(
    face: Face,
    cells: Cells,
    program: LinearProgram,
    vertex: Vertex,
    stuck: list[Cell],
    level: float,
) -> int:
    """Fix what the last floor fixed, in the model and in the open program."""
    model = face.model
    columns, rows = tight(model, vertex)
    for cell in stuck:
        columns[cells.level[cell]] = level
        rows.pop(cells.above_floor[cell])
        model.row_lower[cells.above_floor[cell]] = -INFINITY
    model.fix(columns, rows)
    loosened = {cells.above_floor[cell]: (-INFINITY, INFINITY) for cell in stuck}
    program.change_bounds(
        {column: (bound, bound) for column, bound in columns.items()},
        {**{row: (bound, bound) for row, bound in rows.items()}, **loosened},
    )
    return len(columns)
