"""Raising floors together, until every cell has its level."""

from collections.abc import Callable, Sequence

from services.allocator.model.narrowing import ZERO
from services.allocator.model.objectives.fairness import Cells
from services.allocator.problem.outcome import Cell, Levels
from services.allocator.solve.errors import NoPlanExists, SolverFailed
from services.allocator.solve.foresight import Again, Standing, foresee, nobody_else
from services.allocator.solve.rising import ROOM, RisingProgram
from services.allocator.solve.vertex import Basis, Vertex
from services.allocator.solve.witness import SAME_LEVEL, Inequalities, Witness

REACHED = 2 * ROOM
"""A floor that lacks fewer households is where it should be."""
RETREAT = 1e-5
"""Households by which floors are lowered before a program is tried anew."""
EASY = 150
"""Pivots that a rise of all floors at once may take, before they rise in strides."""


Anew = Callable[[Levels, Basis | None], RisingProgram]
"""Opens a program with floors at these levels, from where another stood, or from nothing."""


class Search:
    """Levels of some cells under some of the rules.

    `standing` says how far the floors are, and the most that cells can have above that.

    Parameters
    ----------
    check
        Adds the rows that a corner breaks to the program; false when there are none.
    anew
        Opens the program anew, when it has lost its way.
    """

    def __init__(
        self,
        program: RisingProgram,
        cells: Cells,
        here: Sequence[Cell],
        check: Callable[[RisingProgram, Vertex], bool],
        anew: Anew | None = None,
    ) -> None:
        self.program, self.cells, self.cells_here = program, cells, here
        self.standing = Standing(-1.0, {c: cells.most[c] for c in here}, {})
        self.known = Inequalities(here)
        self._floors: Levels = dict.fromkeys(here, 0.0)
        self._check, self._anew = check, anew

    def raise_at_once(self) -> bool:
        """Raise every floor to what the known inequalities allow; whether that was easy."""
        first = True
        while len(self.known):
            ahead = foresee(self.standing, self.known, nobody_else, levels=len(self.cells_here))
            if any(c not in ahead.proof for c in self.cells_here):
                break
            before = self.program.pivots
            witness, first = self._rise_to(ahead, from_above=first), False
            if witness is None:
                self.standing = ahead
                return True
            self.known.add(witness)
            if self.program.pivots - before > EASY:
                break
        return False

    def raise_all(self, again: Again, reach: Callable[[float], None] | None = None) -> None:
        """Raise every floor as far as it goes.

        Floors rise in strides, because a small step takes the simplex method few pivots: a
        longer one after each that succeeds, a short one again after each that does not.

        Parameters
        ----------
        again
            What to ask when cells got their level.
        reach
            Is told each height that is reached.
        """
        stride, aim = max(1, len(self.known)), -1.0
        while True:
            now = self.standing
            aimed = aim > now.height
            ahead = foresee(now, self.known, again, levels=stride, height=aim)
            if ahead.height > now.height and (witness := self._rise_to(ahead)) is not None:
                self.known.add(witness)
                aim = float(self.known.kept_up_to(ahead.most)[-1])
                stride = max(1, stride // 2)
                continue
            self.standing = ahead
            if ahead.height == now.height:
                return
            if not aimed:
                stride *= 4
            if reach is not None:
                reach(ahead.height)

    def _rise_to(self, ahead: Standing, *, from_above: bool = False) -> Witness | None:
        """Bring all floors to what is foreseen; what is in the way is returned, if anything."""
        wanted = {c: min(level, ahead.height) for c, level in ahead.most.items()}
        # A floor that is higher already stays, unless it is in the way.
        higher = {c: max(level, min(self._floors[c], ahead.most[c])) for c, level in wanted.items()}
        witness = self._what_stops(ahead, higher, from_above=from_above)
        if witness is not None and higher != wanted and not self._cuts(witness, ahead):
            witness = self._what_stops(ahead, wanted, from_above=False)
        # Where it allows what is wanted, what lacks is rounding.
        return witness if witness is not None and self._cuts(witness, ahead) else None

    def _what_stops(self, ahead: Standing, floors: Levels, *, from_above: bool) -> Witness | None:
        if all(abs(self._missing(c, level)) <= REACHED for c, level in floors.items()):
            return None
        return self._rise_surely(floors, from_above=from_above)

    def _cuts(self, witness: Witness, ahead: Standing) -> bool:
        alone = Inequalities(self.cells_here)
        alone.add(witness)
        return float(alone.kept_up_to(ahead.most)[0]) < ahead.height

    def settle(self) -> None:
        """Bring the corner to the levels themselves, without any room for rounding.

        What a stage leaves, the next one takes: a ten-millionth of a household becomes a level.
        """
        most = self.standing.most
        if any(self._missing(c, level) for c, level in most.items()):
            self._rise_surely(dict(most))

    def _missing(self, cell: Cell, level: float) -> float:
        """Households that a floor is below a level."""
        return (level - self._floors[cell]) * self.cells.fair[cell]

    def _rise_surely(self, wanted: Levels, *, from_above: bool = False) -> Witness | None:
        try:
            return self._rise(wanted, from_above=from_above)
        except (NoPlanExists, SolverFailed):
            # Where the floors are now, there is a plan but for rounding: the simplex method lost
            # its way, or a row was found later that they break in the eighth digit.
            if self._anew is None:
                raise
        try:
            self._retreat(self.program.basis())
            return self._rise(wanted)
        except (NoPlanExists, SolverFailed):
            self._retreat(None)
            return self._rise(wanted)

    def _retreat(self, start: Basis | None) -> None:
        """Lower all floors a little, and open the program anew."""
        assert self._anew is not None  # noqa: S101 - whoever cannot has raised by now
        fair = self.cells.fair
        self._floors = {c: max(0.0, f - RETREAT / fair[c]) for c, f in self._floors.items()}
        self.program = self._anew(self._floors, start)

    def _rise(self, wanted: Levels, *, from_above: bool = False) -> Witness | None:
        """Bring the floors as near to those that are wanted as can be, all by the same part.

        Returns
        -------
        What is in the way, if anything.
        """
        row = self.cells.floor
        by = {row[c]: d for c, level in wanted.items() if (d := self._missing(c, level))}
        risen, kept, vertex = self.program.rise(by, from_above=from_above)
        while self._check(self.program, vertex):
            risen, kept, vertex = self.program.rise_on()
        self._floors = {c: f + kept * (wanted[c] - f) for c, f in self._floors.items()}
        return None if risen > 1 - SAME_LEVEL else self._witness(vertex)

    def _witness(self, vertex: Vertex) -> Witness:
        row, fair = self.cells.floor, self.cells.fair
        prices = {c: vertex.duals.get(row[c], 0.0) for c in self.cells_here}
        raw = {c: price * fair[c] for c, price in prices.items() if price > ZERO}
        whole = sum(raw.values())
        weights = {c: weight / whole for c, weight in raw.items()}
        most = self.program.most(vertex, {row[c] for c in self.cells_here})
        return Witness(weights, most / whole, vertex)
