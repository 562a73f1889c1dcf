"""Leximin: raise the lowest level as far as it goes, and then the next, for every cell.

First every municipality is looked at alone, with its own rules only: what it could reach if
nobody else were there. These levels are what the region reaches as well, up to the first rule
that several municipalities share. That one is found by asking how far all floors can be kept
together; a program that answers "not so far" gives an inequality that says how far, and which
cells are stuck there. They get their level, their municipalities are looked at again, and so on.

Where a similar problem was solved before, its inequalities are tried first: they say what the
levels should be, and one program says whether they can be.

Why this ends in the leximin vector, which is unique, is proven in FORMULATION.md, section 5.2.
Sources: Ogryczak, Pioro and Tomaszewski 2005, JTIT 3; Nace and Orlin 2007, Operations Research.
"""

from dataclasses import dataclass

from services.allocator.model.objectives.fairness import Cells
from services.allocator.problem.outcome import Cell, Levels
from services.allocator.solve.face import Face
from services.allocator.solve.foresight import Standing
from services.allocator.solve.own_rules import OwnRules
from services.allocator.solve.remembered import remembered
from services.allocator.solve.rising import RisingProgram
from services.allocator.solve.search import Search
from services.allocator.solve.vertex import Basis
from services.allocator.solve.witness import SAME_LEVEL


@dataclass(frozen=True)
class Raised:
    """The level per cell, how many differ, and the number of the step that proves each."""

    levels: Levels
    distinct: int
    stopped_at: dict[Cell, int]


def raise_levels(face: Face, cells: Cells, stage: str, slack: float) -> Raised:
    """Fix the level of every cell at its leximin value on this face, or let it fall by a slack."""
    for row in cells.floor.values():
        face.model.row_lower[row] = 0.0  # an attempt that failed may have raised it

    def anew(floors: Levels, start: Basis | None) -> RisingProgram:
        for cell, row in cells.floor.items():
            face.model.row_lower[row] = cells.fair[cell] * floors[cell]
        if start is None:
            return face.open_rising_anew(cells.floor.values())
        face.basis = start
        return face.open_rising_near(cells.floor.values())

    program = face.open_rising(cells.floor.values())
    search = Search(program, cells, list(cells.floor), face.repair, anew)

    def reach(height: float) -> None:
        levels = search.standing.most.values()
        settled = sum(level <= height for level in levels)
        face.clock.tell(stage, level=settled, most_levels=len(levels), best=height)

    for witness in remembered(face, cells, stage):
        search.known.add(witness)
    if not search.raise_at_once():
        own = OwnRules(face, cells)
        search.standing = own.standing()
        search.raise_all(own.again, reach)
    search.settle()
    face.basis = search.program.basis()
    return _fix(face, cells, search.standing, slack)


def _fix(face: Face, cells: Cells, reached: Standing, slack: float) -> Raised:
    """Keep the levels, and without slack what every plan with these levels has in common."""
    levels = dict(reached.most)
    for c, row in cells.floor.items():
        lowest = cells.fair[c] * max(0.0, levels[c] - slack)
        face.model.row_lower[row] = lowest if slack > 0 else face.carried(row)
    distinct, last = 0, -1.0
    numbers: dict[int, int] = {}
    stopped_at = {}
    for c in sorted(levels, key=lambda c: (levels[c], c[0], c[1] or "")):
        if levels[c] > last + SAME_LEVEL:
            distinct, last = distinct + 1, levels[c]
        witness = reached.proof[c]
        number = numbers.get(id(witness))
        if number is None:
            number = numbers[id(witness)] = face.record(levels[c], witness.proof)
            if slack == 0:
                face.keep(witness.proof)
        stopped_at[c] = number
    face.admit_corner()
    return Raised(levels, distinct, stopped_at)
