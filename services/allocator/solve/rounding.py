"""Near to whole: the integer program on what a corner leaves in halves.

Most numbers of a corner are whole already. First only those change that share a home, a support
row, a cell or an agreement with one that is not; where that costs more than the corner itself,
those that share one with these change as well, and then all. Source: Danna, Rothberg and Le Pape
2005, Mathematical Programming 102 (neighbourhoods from a relaxation).
"""

import numpy as np

from services.allocator.model.linear_model import Column
from services.allocator.model.whole import rounded_up
from services.allocator.problem.instance import Code
from services.allocator.problem.outcome import StageKey
from services.allocator.solve.dive import WHOLE
from services.allocator.solve.errors import NoPlanExists, OutOfTime
from services.allocator.solve.face import Face
from services.allocator.solve.integer_program import minimise_whole
from services.allocator.solve.objective import Objective
from services.allocator.solve.whole_pass import WholePass, used_by

SHARED = 60
"""A row with more terms than this makes nobody a neighbour: it holds half the region."""


def excess_of(run: WholePass, values: list[float]) -> dict[StageKey, int]:
    """Say by how much the limit of each stage is passed [units of the stage], rounded up."""
    return {
        key: rounded_up(sum(values[column] for column in columns))
        for key, columns in run.excess.items()
    }


def make_whole(run: WholePass, face: Face, price: Objective) -> list[float]:
    """Find whole numbers near the last corner of a face, at the lowest price.

    Raises
    ------
    NoPlanExists
        When there are none within the bounds of the model.
    OutOfTime
        When none were found in time.
    """
    corner = face.values
    halves = {c for c in run.decisions if abs(corner[c] - round(corner[c])) > WHOLE}
    if not halves:
        return corner
    aim = excess_of(run, corner)
    near = _neighbours(run, halves)
    found: list[float] = []
    for still in (_others(run, corner, near), _others(run, corner, _neighbours(run, near)), {}):
        before = run.model.bounds()
        run.model.fix(still, {})
        try:
            found = _routable(run, face, price)
        except NoPlanExists:
            continue
        except OutOfTime:
            if not found:
                raise
            break
        finally:
            run.model.restore(before)
        if _reaches(run, found, aim):
            break
    if not found:
        raise NoPlanExists
    return found


def _reaches(run: WholePass, values: list[float], aim: dict[StageKey, int]) -> bool:
    return all(more <= aim[key] for key, more in excess_of(run, values).items())


def _neighbours(run: WholePass, columns: set[Column]) -> set[Column]:
    rows = (row for row in run.model.row_columns if len(row) <= SHARED)
    return columns.union(*(row for row in rows if not columns.isdisjoint(row)))


def _others(run: WholePass, corner: list[float], free: set[Column]) -> dict[Column, float]:
    """Keep all other decisions, and moves between municipalities that the corner does not use."""
    kept = {column: float(round(corner[column])) for column in run.decisions if column not in free}
    return kept | dict.fromkeys(set(run.x.moved.values()) - used_by(run, corner), 0.0)


def _routable(run: WholePass, face: Face, price: Objective) -> list[float]:
    """Search the best whole numbers, with all the rows that they need to be routed."""
    found = minimise_whole(run.model, price, face.clock).values
    while rows := face.separation.add_broken(np.array(found)):
        broken = {demand.group for demand in face.separation.demands[-len(rows) :]}
        found = _mend(run, face, price, found, broken)
    return found


def _mend(
    run: WholePass, face: Face, price: Objective, found: list[float], groups: set[Code]
) -> list[float]:
    """Change only these groups, and who shares a home with them; all, where that costs more."""
    lots = {lot for lot, g in run.x.placed if g in groups}
    free = {column for (lot, _), column in run.x.placed.items() if lot in lots}
    before, aim = run.model.bounds(), excess_of(run, found)
    kept = {column: found[column] for column in run.decisions if column not in free}
    run.model.fix(kept, {})
    try:
        mended = minimise_whole(run.model, price, face.clock).values
        if _reaches(run, mended, aim):
            return mended
    except NoPlanExists:
        pass
    finally:
        run.model.restore(before)
    return minimise_whole(run.model, price, face.clock).values
