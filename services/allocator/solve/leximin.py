"""Leximin: raise the lowest level as far as it goes, and then the next, for every cell.

First every municipality is looked at alone, with its own rules only: what it could reach if
nobody else were there. These levels are what the region reaches as well, up to the first rule
that several municipalities share. That one is found by asking how far all floors can be kept
together; a program that answers "not so far" gives an inequality that says how far, and which
cells are stuck there. They get their level, their municipalities are looked at again, and so on.

Why this ends in the leximin vector, which is unique, is proven in FORMULATION.md, section 5.2.
Sources: Ogryczak, Pioro and Tomaszewski 2005, JTIT 3; Nace and Orlin 2007, Operations Research.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from services.allocator.model.linear_model import INFINITY
from services.allocator.model.narrowing import ZERO
from services.allocator.model.objectives.fairness import Cells
from services.allocator.model.variables import owners
from services.allocator.problem.instance import Code
from services.allocator.problem.outcome import Cell, Levels
from services.allocator.solve.errors import NoPlanExists, SolverFailed
from services.allocator.solve.face import Face
from services.allocator.solve.rising import ROOM, RisingProgram
from services.allocator.solve.vertex import Vertex

SAME_LEVEL = 1e-9
"""Levels that differ by less are the same."""
REACHED = 2 * ROOM
"""A floor that lacks fewer households is where it should be."""
RETREAT = 1e-5
"""Households by which floors are lowered before a program is tried anew."""


@dataclass(frozen=True)
class Witness:
    """Proof that floors cannot all be higher: sum of weight * level <= bound in every plan.

    The weights are positive and add up to 1.
    """

    weights: Mapping[Cell, float]
    bound: float
    vertex: Vertex

    def kept_up_to(self, most: Levels) -> float:
        """The highest z for which floors min(most, z) do not contradict this inequality."""
        weights = sorted(((most[c], w) for c, w in self.weights.items()), reverse=True)
        rest, free = self.bound - sum(level * w for level, w in weights), 0.0
        if rest >= -SAME_LEVEL:
            return INFINITY
        # From the top: lowering the floors above z gives back their weights.
        for (level, weight), (lower, _) in zip(
            weights, [*weights[1:], (-INFINITY, 0)], strict=True
        ):
            free += weight
            if rest + free * (level - lower) >= 0:
                return level + rest / free
            rest += free * (level - lower)
        raise SolverFailed("an inequality between levels has no positive weight")


@dataclass
class Search:
    """Levels of some cells under some of the rules.

    `most` holds the levels when only weaker rules count; what is found replaces them.
    """

    program: RisingProgram
    cells: Cells
    most: Levels
    check: Callable[[RisingProgram, Vertex], bool]
    anew: Callable[[Levels], RisingProgram] | None = None
    witnesses: list[Witness] = field(default_factory=list)
    proof: dict[Cell, Witness] = field(default_factory=dict)
    floors: Levels = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.floors = dict.fromkeys(self.most, 0.0)

    def raise_all(self, again: Callable[[set[Cell], Levels], Levels]) -> Levels:
        """Raise every floor as far as it goes.

        Floors rise in strides, because a small step takes the simplex method few pivots: a
        longer one after each that succeeds, a short one again after each that does not.

        Parameters
        ----------
        again
            Gives the levels under the weaker rules anew, once these cells got their level.
        """
        reached, stride = -1.0, 1
        while ahead := sorted({level for level in self.most.values() if level > reached}):
            goal = ahead[min(stride, len(ahead)) - 1]
            height = self._keep(goal)
            if height == goal:
                reached, stride = goal, 2 * stride
                continue
            stuck = self._stuck(height)
            self.most |= dict.fromkeys(stuck, height)
            self.most |= again(stuck, self.most)
            reached, stride = height, max(1, stride // 4)
        return self.most

    def _keep(self, goal: float) -> float:
        """Find the highest z up to a goal for which all floors min(most, z) are kept together."""
        height = min([goal, *(w.kept_up_to(self.most) for w in self.witnesses)])
        while True:
            wanted = {c: min(level, height) for c, level in self.most.items()}
            if all(abs(self._missing(c, level)) <= REACHED for c, level in wanted.items()):
                return height
            witness = self._rise_surely(wanted)
            if witness is None:
                return height
            self.witnesses.append(witness)
            lower = witness.kept_up_to(self.most)
            if lower >= height:
                return height  # what lacks is rounding
            height = lower

    def settle(self) -> None:
        """Bring the corner to the levels themselves, without any room for rounding.

        What a stage leaves, the next one takes: a ten-millionth of a household becomes a level.
        """
        wanted = {c: self._missing(c, level) for c, level in self.most.items()}
        if any(wanted.values()):
            self._rise_surely(self.most)

    def _missing(self, cell: Cell, level: float) -> float:
        """Households that a floor is below a level."""
        return (level - self.floors[cell]) * self.cells.fair[cell]

    def _rise_surely(self, wanted: Levels) -> Witness | None:
        try:
            return self._rise(wanted)
        except (NoPlanExists, SolverFailed):
            # Where the floors are now, there is a plan but for rounding: the simplex method lost
            # its way, or a row was found later that they break in the eighth digit.
            if self.anew is None:
                raise
            fair = self.cells.fair
            self.floors = {c: max(0.0, f - RETREAT / fair[c]) for c, f in self.floors.items()}
            self.program = self.anew(self.floors)
            return self._rise(wanted)

    def _rise(self, wanted: Levels) -> Witness | None:
        """Bring the floors as near to those that are wanted as can be, all by the same part.

        Returns
        -------
        What is in the way, if anything.
        """
        row = self.cells.floor
        by = {c: self._missing(c, level) for c, level in wanted.items()}
        risen, kept, vertex = self.program.rise({row[c]: d for c, d in by.items() if d})
        while self.check(self.program, vertex):
            risen, kept, vertex = self.program.rise_on()
        self.floors = {c: f + kept * (wanted[c] - f) for c, f in self.floors.items()}
        return None if risen > 1 - SAME_LEVEL else self._witness(vertex)

    def _witness(self, vertex: Vertex) -> Witness:
        row, fair = self.cells.floor, self.cells.fair
        prices = {c: vertex.duals.get(row[c], 0.0) for c in self.floors}
        raw = {c: price * fair[c] for c, price in prices.items() if price > ZERO}
        whole = sum(raw.values())
        weights = {c: weight / whole for c, weight in raw.items()}
        most = self.program.most(vertex, {row[c] for c in self.floors})
        return Witness(weights, most / whole, vertex)

    def _stuck(self, height: float) -> set[Cell]:
        """Name the cells that an inequality keeps at this height."""
        stuck = set()
        for witness in self.witnesses:
            if witness.kept_up_to(self.most) <= height + SAME_LEVEL:
                cells = {c for c in witness.weights if self.most[c] >= height - SAME_LEVEL}
                self.proof |= dict.fromkeys(cells, witness)
                stuck |= cells
        return stuck


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
    alone = _alone(face, cells)
    most: Levels = {}
    for search in alone.values():
        most |= search.raise_all(_nobody_else)

    def anew(floors: Levels) -> RisingProgram:
        for cell, row in cells.floor.items():
            face.model.row_lower[row] = cells.fair[cell] * floors[cell]
        return face.open_rising_anew(cells.floor.values())

    search = Search(face.open_rising(cells.floor.values()), cells, most, face.repair, anew)

    def again(stuck: set[Cell], levels: Levels) -> Levels:
        best = min(levels[c] for c in stuck)
        settled = sum(level <= best for level in levels.values())
        face.clock.tell(stage, level=settled, most_levels=len(levels), best=best)
        found: Levels = {}
        for i in sorted({i for i, _ in stuck}):
            found |= _look_again(alone[i], levels, max(levels[c] for c in stuck))
        return found

    levels = search.raise_all(again)
    search.settle()
    face.basis = search.program.basis()
    proof = {c: w for one in alone.values() for c, w in one.proof.items()} | search.proof
    return _fix(face, cells, levels, proof, slack)


def _nobody_else(stuck: set[Cell], levels: Levels) -> Levels:
    return {}


def _alone(face: Face, cells: Cells) -> dict[Code, Search]:
    """Open one small program per municipality, with the rules that only it has to keep."""
    model, owner = face.model, owners(face.x, face.instance)
    free = [low < high for low, high in zip(model.column_lower, model.column_upper, strict=True)]
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
        searches[i] = Search(program, cells, {c: cells.most[c] for c in own}, lambda *_: False)
    return searches


def _look_again(search: Search, levels: Levels, height: float) -> Levels:
    """Raise a municipality's other cells anew, now that some of them have got their level."""
    cells = search.cells
    search.most = {
        c: levels[c] if levels[c] <= height + SAME_LEVEL else cells.most[c] for c in search.most
    }
    return search.raise_all(_nobody_else)


def _fix(
    face: Face, cells: Cells, levels: Levels, proof: dict[Cell, Witness], slack: float
) -> Raised:
    """Keep the levels, and without slack what every plan with these levels has in common."""
    for c, row in cells.floor.items():
        lowest = cells.fair[c] * max(0.0, levels[c] - slack)
        face.model.row_lower[row] = lowest if slack > 0 else face.carried(row)
    distinct, last = 0, -1.0
    numbers: dict[int, int] = {}
    stopped_at = {}
    for c in sorted(levels, key=lambda c: (levels[c], c[0], c[1] or "")):
        if levels[c] > last + SAME_LEVEL:
            distinct, last = distinct + 1, levels[c]
        witness = proof[c]
        number = numbers.get(id(witness))
        if number is None:
            number = numbers[id(witness)] = face.record(levels[c], witness.vertex)
            if slack == 0:
                face.keep(witness.vertex)
        stopped_at[c] = number
    face.admit_corner()
    return Raised(dict(levels), distinct, stopped_at)
