"""What each municipality could reach if nobody else were there: one small program for each."""

from functools import cached_property

from services.allocator.model.objectives.fairness import Cells
from services.allocator.model.variables import owners
from services.allocator.problem.instance import Code
from services.allocator.problem.outcome import Cell, Levels
from services.allocator.solve.face import Face
from services.allocator.solve.foresight import Standing, nobody_else
from services.allocator.solve.rising import RisingProgram
from services.allocator.solve.search import Search
from services.allocator.solve.witness import SAME_LEVEL, Witness

Found = tuple[Levels, dict[Cell, Witness]]


class OwnRules:
    """The levels under the rules that only one municipality has to keep.

    The programs are opened when they are first asked; what they answered is remembered.
    """

    def __init__(self, face: Face, cells: Cells) -> None:
        self._face, self._cells = face, cells
        self._known: dict[tuple[Code, tuple[float, ...]], Found] = {}

    def standing(self) -> Standing:
        """Give the levels that each reaches when no other cell has got its level."""
        most: Levels = {}
        proof: dict[Cell, Witness] = {}
        for i in self._searches:
            levels, why = self._raise(i, {}, -1.0)
            most |= levels
            proof |= why
        return Standing(-1.0, most, proof)

    def again(self, stuck: set[Cell], levels: Levels) -> Found:
        """Raise the other cells of these municipalities anew."""
        highest = max(levels[c] for c in stuck)
        found: Levels = {}
        proof: dict[Cell, Witness] = {}
        for i in sorted({i for i, _ in stuck}):
            new, why = self._raise(i, levels, highest)
            found |= new
            proof |= why
        return found, proof

    def _raise(self, i: Code, levels: Levels, height: float) -> Found:
        search, most = self._searches[i], self._cells.most
        settled = {
            c: v
            for c in search.cells_here
            if (v := levels.get(c, height + 1)) <= height + SAME_LEVEL
        }
        start = {c: settled.get(c, most[c]) for c in search.cells_here}
        key = (i, tuple(start.values()))
        if key not in self._known:
            search.standing = Standing(-1.0, start, {})
            search.raise_all(nobody_else)
            found, proof = search.standing.most, search.standing.proof
            self._known[key] = (
                {c: v for c, v in found.items() if c not in settled},
                {c: w for c, w in proof.items() if c not in settled},
            )
        return self._known[key]

    @cached_property
    def _searches(self) -> dict[Code, Search]:
        face, cells, model = self._face, self._cells, self._face.model
        owner = owners(face.x, face.instance)
        bounds = zip(model.column_lower, model.column_upper, strict=True)
        free = [low < high for low, high in bounds]
        columns: dict[Code, list[int]] = {i: [] for i, _ in cells.floor}
        rows: dict[Code | None, list[int]] = {i: [] for i, _ in cells.floor}
        for column, i in owner.items():
            if i in columns and free[column]:
                columns[i].append(column)
        for row, terms in enumerate(model.row_columns):
            those = {owner.get(c) for c in terms if free[c]}
            if len(those) == 1 and (only := those.pop()) in rows:
                rows[only].append(row)
        searches = {}
        for i in columns:
            own = [c for c in cells.floor if c[0] == i]
            program = RisingProgram(
                model,
                {},
                face.clock,
                rows=sorted({*rows[i], *(cells.floor[c] for c in own)}),
                columns=sorted(columns[i]),
                always=[cells.floor[c] for c in own],
            )
            searches[i] = Search(program, cells, own, lambda *_: False)
        return searches
