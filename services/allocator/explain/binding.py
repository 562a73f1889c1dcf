"""Which rules leave no room for one household more of a group in a municipality.

Everything is recomputed from the plan in whole households, so what is shown can be checked by
hand: a lot is full when not one more household fits in it.
"""

from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction
from functools import cached_property
from math import ceil

from services.allocator.problem.instance import Code, Instance
from services.allocator.problem.plan import Plan
from shared.contract.problem import Ceiling, Group, Lot, Support

Rule = tuple[str, str]
"""A tag of FORMULATION.md and the id of the row."""


class Room:
    """What is left of every limit in a plan."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.instance: Instance = plan.instance

    def rules(self, municipality: Code, group: Group) -> list[Rule]:
        """List the rules that stop one more household of this group here, in order of tag."""
        found = [
            *self._full_lots(municipality, group),
            *self._everybody_housed(group),
            *self._full_support(municipality, group),
            *self._reached_ceilings(municipality, group),
            *self._pins(municipality, group),
            *self._just_kept(municipality, group),
            *self._refused(municipality, group),
        ]
        return sorted(found)

    @cached_property
    def _lots(self) -> dict[tuple[Code, Code], list[Lot]]:
        lots = defaultdict(list)
        for lot in self.instance.lots:
            for g in set(lot.groups):
                lots[lot.municipality, g].append(lot)
        return lots

    @cached_property
    def _used(self) -> dict[Code, Fraction]:
        used: dict[Code, Fraction] = defaultdict(Fraction)
        for lot in self.instance.lots:
            for g in set(lot.groups):
                size = Fraction(str(self.instance.group[g].size.get(lot.form, 1)))
                used[lot.id] += size * self.plan.placed.get((lot.id, g), 0)
        return used

    def _full_lots(self, municipality: Code, group: Group) -> Iterator[Rule]:
        for lot in self._lots[municipality, group.id]:
            size = Fraction(str(group.size.get(lot.form, 1)))
            if self._used[lot.id] + size > lot.potential:
                yield "C1", lot.id

    @cached_property
    def _waiting_at_end(self) -> dict[Code, int]:
        last = self.instance.periods[-1]
        total: dict[Code, int] = defaultdict(int)
        for (_, g, t), households in self.plan.waiting.items():
            if t == last:
                total[g] += households
        return total

    def _everybody_housed(self, group: Group) -> Iterator[Rule]:
        if self._waiting_at_end[group.id] == 0:
            yield "C3", group.id

    @cached_property
    def _full_rows(self) -> dict[Code, list[tuple[Support, int]]]:
        rows = defaultdict(list)
        for row in self.instance.support:
            for i in row.municipalities:
                rows[i].append((row, row.slots - self._slots_used(row)))
        return rows

    def _slots_used(self, row: Support) -> int:
        now = self.instance.periods.index(row.period)
        used = 0
        for group in self.instance.groups:
            need = group.support.get(row.type)
            if need is not None:
                window = self.instance.periods[max(0, now - need.periods + 1) : now + 1]
                used += need.slots * sum(
                    self.plan.hosted.get((i, group.id, t), 0)
                    for i in row.municipalities
                    for t in window
                )
        return used

    def _full_support(self, municipality: Code, group: Group) -> Iterator[Rule]:
        for row, left in self._full_rows[municipality]:
            need = group.support.get(row.type)
            if need is not None and need.slots > left:
                yield "C4", row.id

    @cached_property
    def _ceiling_left(self) -> dict[Code, int]:
        return {row.id: row.households - self._under(row) for row in self.instance.ceilings}

    def _under(self, row: Ceiling) -> int:
        forms = {lot.id: lot for lot in self.instance.lots}
        return sum(
            households
            for (lot, g), households in self.plan.placed.items()
            if g in row.groups
            and forms[lot].municipality == row.municipality
            and forms[lot].period in row.periods
            and row.district in (None, forms[lot].district)
        )

    def _reached_ceilings(self, municipality: Code, group: Group) -> Iterator[Rule]:
        for row in self.instance.ceilings:
            here = row.municipality == municipality and group.id in row.groups
            if here and self._ceiling_left[row.id] < 1:
                yield "C5", row.id

    def _pins(self, municipality: Code, group: Group) -> Iterator[Rule]:
        for pin in self.instance.pins:
            if (pin.municipality, pin.group) == (municipality, group.id):
                yield "C6", pin.id

    def _just_kept(self, municipality: Code, group: Group) -> Iterator[Rule]:
        for row in self.instance.commitments:
            here = row.municipality == municipality and group.id in row.groups
            if here and self._kept(row.municipality, row.groups, row.periods) <= row.households:
                yield "C7", row.id

    def _kept(self, municipality: Code, groups: tuple[Code, ...], periods: tuple[Code, ...]) -> int:
        cells = ((municipality, g, t) for g in set(groups) for t in set(periods))
        return sum(self.plan.hosted.get(cell, 0) for cell in cells)

    def _refused(self, municipality: Code, group: Group) -> Iterator[Rule]:
        rate = self.instance.access.get((municipality, group.id))
        if rate is None or rate >= 1:
            return
        come = 0
        for t in self.instance.periods:
            come += self.instance.need.get((municipality, group.id, t), 0)
            waiting = self.plan.waiting.get((municipality, group.id, t), 0)
            if come and waiting <= ceil(come * (1 - rate)):
                yield "C9", f"{municipality},{group.id},{t}"
