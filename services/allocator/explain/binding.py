"""Which rules stop one household more of a group in a municipality (FORMULATION.md, section 8).

A rule binds for a municipality and a group when it stops one household more there in at least
one period. Where nothing stops that household in a period, the plan gave others priority, and
the period adds no rule. A period without homes for the group adds none either; only without any
homes at all is C1 named, by municipality and group. One rule is of another kind: a commitment
(C7) that is just kept or not kept in full holds the number up, not down.

Everything is recomputed from the plan in whole households, so what is shown can be checked by
hand: a lot is full when not one more household fits in it.
"""

from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction
from functools import cached_property

from services.allocator.problem.instance import Code, Instance
from services.allocator.problem.plan import Plan
from shared.contract.problem import Ceiling, Group, Lot, Support

Rule = tuple[str, str]
"""A tag of FORMULATION.md and the id of the row."""

Here = tuple[Code, Code, Code]
"""Municipality, group and period."""


class Room:
    """What is left of every limit in a plan."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.instance: Instance = plan.instance

    def rules(self, municipality: Code, group: Group) -> list[Rule]:
        """List the rules that stop one more household of this group here.

        Returns
        -------
        Tags with ids, each once, sorted; empty when in every period others had priority.
        """
        found = set(self._just_kept(municipality, group))
        here = [(municipality, group.id, t) for t in self.instance.periods]
        cells = [cell for cell in here if cell in self._lots]
        if not cells:
            found.add(("C1", f"{municipality},{group.id}"))
        for cell in cells:
            found.update(self._homes(cell), self._full_support(cell))
            found.update(self._pins[cell], self._demand(cell))
        return sorted(found)

    @cached_property
    def _lots(self) -> dict[Here, list[Lot]]:
        lots = defaultdict(list)
        for lot in self.instance.lots:
            for g in set(lot.groups):
                lots[lot.municipality, g, lot.period].append(lot)
        return dict(lots)

    @cached_property
    def _left(self) -> dict[Code, Fraction]:
        left = {lot.id: Fraction(lot.potential) for lot in self.instance.lots}
        forms = {lot.id: lot.form for lot in self.instance.lots}
        for (lot, g), households in self.plan.placed.items():
            left[lot] -= self._size[g, forms[lot]] * households
        return left

    @cached_property
    def _size(self) -> dict[tuple[Code, Code], Fraction]:
        """Units that one household of a group takes in a lot of this form, exact."""
        forms = {lot.form for lot in self.instance.lots}
        return {
            (group.id, form): Fraction(str(group.size.get(form, 1)))
            for group in self.instance.groups
            for form in forms
        }

    def _homes(self, cell: Here) -> set[Rule]:
        """C1 and C5: every lot is full, or under a ceiling that is reached."""
        found: set[Rule] = set()
        for lot in self._lots[cell]:
            closed = self._closed(lot, cell)
            if not closed:
                return set()
            found |= closed
        return found

    def _closed(self, lot: Lot, cell: Here) -> set[Rule]:
        closed = {
            ("C5", row.id) for row in self._reached[cell] if row.district in (None, lot.district)
        }
        if self._left[lot.id] < self._size[cell[1], lot.form]:
            closed.add(("C1", lot.id))
        return closed

    @cached_property
    def _reached(self) -> dict[Here, list[Ceiling]]:
        rows = defaultdict(list)
        for row in self.instance.ceilings:
            if self._under(row) >= row.households:
                for g in set(row.groups):
                    for t in set(row.periods):
                        rows[row.municipality, g, t].append(row)
        return rows

    def _under(self, row: Ceiling) -> int:
        return sum(
            self.plan.placed.get((lot.id, g), 0)
            for g in set(row.groups)
            for t in set(row.periods)
            for lot in self._lots.get((row.municipality, g, t), ())
            if row.district in (None, lot.district)
        )

    @cached_property
    def _support_rows(self) -> dict[tuple[Code, Code], list[tuple[Support, int]]]:
        """Rows with what is left, per municipality and period."""
        rows = defaultdict(list)
        for row in self.instance.support:
            for i in set(row.municipalities):
                rows[i, row.period].append((row, row.slots - self._slots_used(row)))
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

    def _full_support(self, cell: Here) -> Iterator[Rule]:
        """C4: a row lacks the slots in a period in which the household would need them."""
        municipality, g, t = cell
        now = self.instance.periods.index(t)
        for kind, need in self.instance.group[g].support.items():
            for later in self.instance.periods[now : now + need.periods]:
                for row, left in self._support_rows[municipality, later]:
                    if row.type == kind and need.slots > left:
                        yield "C4", row.id

    @cached_property
    def _pins(self) -> dict[Here, list[Rule]]:
        rows = defaultdict(list)
        for pin in self.instance.pins:
            for cell in self.instance.pinned_cells(pin):
                rows[cell].append(("C6", pin.id))
        return rows

    def _demand(self, cell: Here) -> list[Rule]:
        """C3, C8 and C9: nobody is left who is admitted and may be housed here."""
        municipality, g, t = cell
        if not self._somebody_left[g]:
            return [("C3", g)]
        found: list[Rule] = []
        for o, refused in self._left_waiting(g, t):
            if not self.instance.may_house(self.instance.group[g], o, municipality):
                found.append(("C8", f"{municipality},{g}"))
            elif refused:
                found += refused
            else:
                return []
        return found or [("C3", f"{g},{t}")]

    @cached_property
    def _somebody_left(self) -> dict[Code, bool]:
        last = self.instance.periods[-1]
        left = dict.fromkeys(self.instance.group, False)
        for (_, g, t), households in self.plan.waiting.items():
            left[g] |= t == last and households > 0
        return left

    @cached_property
    def _known_waiting(self) -> dict[tuple[Code, Code], list[tuple[Code, list[Rule]]]]:
        return {}

    def _left_waiting(self, group: Code, since: Code) -> list[tuple[Code, list[Rule]]]:
        """Who has a household waiting from a period to the end, and where C9 refuses it."""
        if (group, since) not in self._known_waiting:
            rest = self.instance.periods[self.instance.periods.index(since) :]
            self._known_waiting[group, since] = [
                (o, [("C9", f"{o},{group},{t}") for t in rest if (o, group, t) in self._refused])
                for o in self.instance.municipalities
                if all(self.plan.waiting.get((o, group, t), 0) > 0 for t in rest)
            ]
        return self._known_waiting[group, since]

    @cached_property
    def _refused(self) -> set[Here]:
        """Where one household more, housed so far, is more than C9 admits."""
        rows = set()
        for (o, g), rate in self.instance.access.items():
            come = served = 0
            for t in self.instance.periods:
                come += self.instance.need.get((o, g, t), 0)
                served += self.plan.served.get((o, g, t), 0)
                if served + 1 > rate * come:
                    rows.add((o, g, t))
        return rows

    def _just_kept(self, municipality: Code, group: Group) -> Iterator[Rule]:
        for row in self.instance.commitments:
            here = row.municipality == municipality and group.id in row.groups
            if here and self._kept(row.municipality, row.groups, row.periods) <= row.households:
                yield "C7", row.id

    def _kept(self, municipality: Code, groups: tuple[Code, ...], periods: tuple[Code, ...]) -> int:
        cells = ((municipality, g, t) for g in set(groups) for t in set(periods))
        return sum(self.plan.hosted.get(cell, 0) for cell in cells)
