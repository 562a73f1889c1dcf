"""A plan in whole households, and what it is worth in each objective."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from services.allocator.problem.instance import Code, Instance


@dataclass(frozen=True)
class Plan:
    """Who is housed where.

    `placed` holds households per (lot, group), `routed` households per (responsible, host,
    group, period); rows of zero are left out.
    """

    instance: Instance
    placed: dict[tuple[Code, Code], int]
    routed: dict[tuple[Code, Code, Code, Code], int]

    @cached_property
    def hosted(self) -> dict[tuple[Code, Code, Code], int]:
        """X per (host, group, period) [households]."""
        total: dict[tuple[Code, Code, Code], int] = defaultdict(int)
        for (_, i, g, t), households in self.routed.items():
            total[i, g, t] += households
        return total

    @cached_property
    def served(self) -> dict[tuple[Code, Code, Code], int]:
        """Households that get a home, per (responsible, group, period)."""
        total: dict[tuple[Code, Code, Code], int] = defaultdict(int)
        for (o, _, g, t), households in self.routed.items():
            total[o, g, t] += households
        return total

    @cached_property
    def hosted_in_all(self) -> dict[tuple[Code, Code], int]:
        """X per (host, group) over all periods [households]."""
        total: dict[tuple[Code, Code], int] = defaultdict(int)
        for (i, g, _), households in self.hosted.items():
            total[i, g] += households
        return total

    @cached_property
    def waiting(self) -> dict[tuple[Code, Code, Code], int]:
        """W per (responsible, group, period): households waiting at its end, if any."""
        rows = {}
        for o, g in self.instance.total_need:
            wait = 0
            for t in self.instance.periods:
                wait += self.instance.need.get((o, g, t), 0) - self.served.get((o, g, t), 0)
                if wait:
                    rows[o, g, t] = wait
        return rows

    @cached_property
    def shortfall(self) -> dict[Code, int]:
        """U per commitment that is not kept in full [households]."""
        rows = {}
        for row in self.instance.commitments:
            kept = sum(
                self.hosted.get((row.municipality, g, t), 0)
                for g in set(row.groups)
                for t in set(row.periods)
            )
            if kept < row.households:
                rows[row.id] = row.households - kept
        return rows

    @cached_property
    def extra(self) -> dict[Code, float]:
        """E per lot that is used beyond what it reports [units]."""
        used: dict[Code, float] = defaultdict(float)
        forms = {lot.id: lot for lot in self.instance.lots}
        for (lot, g), households in self.placed.items():
            used[lot] += households * self.instance.group[g].size.get(forms[lot].form, 1)
        return {
            lot: round(taken - forms[lot].reported, 9)
            for lot, taken in used.items()
            if taken > forms[lot].reported
        }

    @cached_property
    def chance(self) -> dict[tuple[Code, Code], float]:
        """Q per (municipality, group) with enough need to say something [part of the need]."""
        total: dict[tuple[Code, Code], int] = defaultdict(int)
        for (o, g, _), households in self.served.items():
            total[o, g] += households
        return {
            (m, g): total[m, g] / need
            for (m, g), need in self.instance.total_need.items()
            if self.instance.has_chance(m, g)
        }

    @cached_property
    def pull(self) -> dict[tuple[Code, Code], tuple[float, Code | None]]:
        """Pull per (municipality, group), and the municipality that pulls most."""
        rows: dict[tuple[Code, Code], tuple[float, Code | None]] = dict.fromkeys(
            self.chance, (0.0, None)
        )
        for group in self.instance.groups:
            for m, n in self.instance.comparable(group.id):
                gain = self.chance[n, group.id] - self.chance[m, group.id]
                if gain > rows[m, group.id][0]:
                    rows[m, group.id] = gain, n
        return rows
