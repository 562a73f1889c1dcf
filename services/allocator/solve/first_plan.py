"""A plan without any solver, for when time runs out: keeps every hard rule, and fills what it can.

Places are filled one after the other for as long as no rule is broken: first what planners
pinned, then what was agreed, then what the last solved stage wished (rounded down), then the
rest, tier by tier and in the order of the ids.
"""

from collections import defaultdict
from collections.abc import Iterable
from fractions import Fraction
from math import floor

from services.allocator.problem.instance import Code, Instance
from services.allocator.problem.plan import Plan
from services.allocator.solve.errors import NoPlanExists
from shared.contract.problem import Ceiling, Lot, Support

Wishes = dict[tuple[Code, Code], float]
"""Households per (lot, group) in the reference that was reached."""


def first_plan(instance: Instance, wishes: Wishes) -> Plan:
    """Fill places until nothing fits.

    Raises
    ------
    NoPlanExists
        When a pin does not fit this way; a search may still find room for it.
    """
    filling = _Filling(instance)
    _fill_pins(filling)
    _fill_commitments(filling)
    lot_of = {lot.id: lot for lot in instance.lots}
    for (lot, g), wish in sorted(wishes.items()):
        filling.fill([lot_of[lot]], g, floor(wish + 1e-6) - filling.placed[lot, g])
    for group in sorted(instance.groups, key=lambda group: (group.tier, group.id)):
        for t in instance.periods:
            for i in instance.municipalities:
                filling.fill(filling.lots[i, group.id, t], group.id, None)
    kept = {key: households for key, households in filling.placed.items() if households}
    return Plan(instance, kept, dict(filling.routed))


def _fill_pins(filling: "_Filling") -> None:
    # The narrowest first: a wider pin counts what they have placed, and fills the rest.
    pins = [(list(filling.instance.pinned_cells(pin)), pin) for pin in filling.instance.pins]
    for cells, pin in sorted(pins, key=lambda row: len(row[0])):
        left = pin.households - sum(filling.hosted[cell] for cell in cells)
        for cell in cells:
            left -= filling.fill(filling.lots[cell], cell[1], max(0, left))
        if left != 0:
            raise NoPlanExists
        filling.close(set(cells))


def _fill_commitments(filling: "_Filling") -> None:
    for row in filling.instance.commitments:
        cells = [(row.municipality, g, t) for g in sorted(row.groups) for t in row.periods]
        kept = sum(filling.hosted[cell] for cell in cells)
        for cell in cells:
            kept += filling.fill(filling.lots[cell], cell[1], max(0, row.households - kept))


class _Filling:
    """What has been placed, and what every rule still leaves."""

    def __init__(self, instance: Instance) -> None:
        self.instance = instance
        self.placed: dict[tuple[Code, Code], int] = defaultdict(int)
        self.hosted: dict[tuple[Code, Code, Code], int] = defaultdict(int)
        self.routed: dict[tuple[Code, Code, Code, Code], int] = defaultdict(int)
        self.lots: dict[tuple[Code, Code, Code], list[Lot]] = defaultdict(list)
        for lot in instance.lots:
            for g in sorted(set(lot.groups)):
                self.lots[lot.municipality, g, lot.period].append(lot)
        self._order = {t: position for position, t in enumerate(instance.periods)}
        self._units = {lot.id: Fraction(lot.potential) for lot in instance.lots}
        self._slots = {row.id: row.slots for row in instance.support}
        self._support: dict[Code, list[Support]] = defaultdict(list)
        for row in instance.support:
            for i in set(row.municipalities):
                self._support[i].append(row)
        self._limits: dict[Code, list[Ceiling]] = defaultdict(list)
        for ceiling in instance.ceilings:
            self._limits[ceiling.municipality].append(ceiling)
        self._under = {row.id: row.households for row in instance.ceilings}
        self._closed: set[tuple[Code, Code, Code]] = set()
        self._near: dict[tuple[Code, Code], list[Code]] = {}
        self._sizes: dict[tuple[Code, str], Fraction] = {}
        self._available = self._admitted()

    def _admitted(self) -> dict[tuple[Code, Code], list[int]]:
        """C3, C9: households that may still be served in each period.

        Who is served in a period is served by the end of all later ones too. So nothing in the
        list of a cell is more than what comes after it.
        """
        nobody = (Fraction(0),) * len(self.instance.periods)
        admitted = self.instance.admitted
        return {
            cell: [floor(households) for households in admitted.get(cell, nobody)]
            for cell in self.instance.total_need
        }

    def close(self, cells: set[tuple[Code, Code, Code]]) -> None:
        """Leave these (host, group, period) as they are from now on."""
        self._closed |= cells

    def fill(self, lots: Iterable[Lot], group: Code, most: int | None) -> int:
        """Place households of a group in these lots, at most so many; tell how many."""
        done = 0
        for lot in lots:
            if (lot.municipality, group, lot.period) in self._closed:
                continue
            room = self._room(lot, group)
            if most is not None:
                room = min(room, max(0, most - done))
            now = self._order[lot.period]
            for o in self._responsible(lot.municipality, group):
                if room <= 0:
                    break
                moved = min(room, self._available[o, group][now])
                if moved > 0:
                    self._place(lot, group, o, moved)
                    done, room = done + moved, room - moved
        return done

    def _responsible(self, host: Code, group: Code) -> list[Code]:
        """C8: who may still send households here; the host itself first."""
        if (host, group) not in self._near:
            near = self.instance.near(self.instance.group[group])
            others = [o for o, hosts in near.items() if o != host and host in hosts]
            self._near[host, group] = [host, *others]
        # A region fills up: most of those who could send have soon sent everybody.
        left = [o for o in self._near[host, group] if self._available[o, group][-1] > 0]
        self._near[host, group] = left
        return left

    def _room(self, lot: Lot, group: Code) -> int:
        limits = [self.instance.group_need[group]]
        size = self._size(lot, group)
        if size:
            limits.append(floor(self._units[lot.id] / size))
        limits += [self._under[row.id] for row in self._ceilings(lot, group)]
        limits += [
            self._slots[row.id] // slots for row, slots in self._supporting(lot, group) if slots
        ]
        return max(0, min(limits))

    def _size(self, lot: Lot, group: Code) -> Fraction:
        key = (group, lot.form)
        if key not in self._sizes:
            self._sizes[key] = Fraction(str(self.instance.group[group].size.get(lot.form, 1)))
        return self._sizes[key]

    def _ceilings(self, lot: Lot, group: Code) -> list[Ceiling]:
        return [
            row
            for row in self._limits[lot.municipality]
            if row.district in (None, lot.district)
            and group in row.groups
            and lot.period in row.periods
        ]

    def _supporting(self, lot: Lot, group: Code) -> list[tuple[Support, int]]:
        """C4: the rows that a household here draws on, in this period and while it needs it."""
        begin = self._order[lot.period]
        needs = self.instance.group[group].support
        return [
            (row, needs[row.type].slots)
            for row in self._support[lot.municipality]
            if row.type in needs
            and begin <= self._order[row.period] < begin + needs[row.type].periods
        ]

    def _place(self, lot: Lot, group: Code, responsible: Code, households: int) -> None:
        self.placed[lot.id, group] += households
        self.hosted[lot.municipality, group, lot.period] += households
        self.routed[responsible, lot.municipality, group, lot.period] += households
        self._units[lot.id] -= households * self._size(lot, group)
        for ceiling in self._ceilings(lot, group):
            self._under[ceiling.id] -= households
        for support, slots in self._supporting(lot, group):
            self._slots[support.id] -= slots * households
        available = self._available[responsible, group]
        now = self._order[lot.period]
        left = available[now] - households
        available[now:] = [number - households for number in available[now:]]
        available[:now] = [min(number, left) for number in available[:now]]
