"""The problem as the model reads it: rows sorted by id, figures looked up by code.

The rows themselves are those of the contract (immutable, already checked). Sorting them here,
once, is what makes the plan independent of the order in which somebody wrote the input.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import accumulate

from shared.contract.problem import (
    Ceiling,
    Commitment,
    Group,
    Lot,
    Pin,
    Stage,
    Support,
)

Code = str
"""The id of a municipality, group, period or lot."""


@dataclass(frozen=True)
class Instance:
    """One question, ready for the model.

    Parameters
    ----------
    periods, municipalities
        Ids; periods in time order, municipalities sorted.
    groups, lots, support, commitments, ceilings, pins
        Rows of the contract, sorted by id.
    need
        Households per (responsible municipality, group, period); absent means 0.
    share
        Fair share per (municipality, group), sums to 1 per group; absent means 0.
    access
        Admitted part of the need per (municipality, group), exact; absent means 1.
    km
        Kilometres per ordered pair of municipalities; absent means unknown.
    reach_km
        Distance within which people can shop [km]; None means that nobody can.
    min_need
        Fewer households than this say nothing about a chance [households].
    """

    periods: tuple[Code, ...]
    municipalities: tuple[Code, ...]
    groups: tuple[Group, ...]
    lots: tuple[Lot, ...]
    need: dict[tuple[Code, Code, Code], int]
    support: tuple[Support, ...]
    commitments: tuple[Commitment, ...]
    ceilings: tuple[Ceiling, ...]
    pins: tuple[Pin, ...]
    share: dict[tuple[Code, Code], float]
    access: dict[tuple[Code, Code], Fraction]
    km: dict[tuple[Code, Code], float]
    reach_km: float | None
    min_need: int
    suitability: dict[tuple[Code, Code], float]
    previous: dict[tuple[Code, Code, Code], int]
    stages: tuple[Stage, ...]

    @cached_property
    def group(self) -> dict[Code, Group]:
        """Groups by id."""
        return {group.id: group for group in self.groups}

    @cached_property
    def total_need(self) -> dict[tuple[Code, Code], int]:
        """N[o,g]: need per (municipality, group) over all periods [households]."""
        total = {(o, g.id): 0 for g in self.groups for o in self.municipalities}
        for (o, g, _), households in self.need.items():
            total[o, g] += households
        return total

    @cached_property
    def group_need(self) -> dict[Code, int]:
        """N[g]: need per group over the region and all periods [households]."""
        total = dict.fromkeys(self.group, 0)
        for (_, g, _), households in self.need.items():
            total[g] += households
        return total

    @cached_property
    def admitted(self) -> dict[tuple[Code, Code], tuple[Fraction, ...]]:
        """Households that C9 admits up to each period, per (responsible, group) with a need."""
        rows = {}
        for (o, g), total in self.total_need.items():
            if total:
                come = accumulate(self.need.get((o, g, t), 0) for t in self.periods)
                rate = self.access.get((o, g), Fraction(1))
                rows[o, g] = tuple(rate * households for households in come)
        return rows

    @cached_property
    def tiers(self) -> tuple[int, ...]:
        """The priorities that occur, first (1) to last."""
        return tuple(sorted({group.tier for group in self.groups}))

    @cached_property
    def spread_groups(self) -> tuple[Group, ...]:
        """Groups whose burden is shared: those with spread region or near."""
        return tuple(g for g in self.groups if g.spread in ("region", "near"))

    def fair_share(self, municipality: Code, group: Code) -> float:
        """Households that are this municipality's fair share of a group."""
        return self.share.get((municipality, group), 0.0) * self.group_need[group]

    @cached_property
    def municipal_shares(self) -> dict[Code, float]:
        """Fair share per municipality of O4 [households weighed by burden], where at least 1."""
        weighed = {
            i: sum(
                (Fraction(str(g.burden)) * self._exact_share(i, g.id) for g in self.spread_groups),
                Fraction(0),
            )
            for i in self.municipalities
        }
        return {i: float(fair) for i, fair in weighed.items() if fair >= 1}

    @cached_property
    def group_shares(self) -> dict[tuple[Code, Code], float]:
        """Fair share per municipality and group of O5 [households], where at least 1."""
        exact = {
            (i, g.id): self._exact_share(i, g.id)
            for i in self.municipalities
            for g in self.spread_groups
        }
        return {cell: float(fair) for cell, fair in exact.items() if fair >= 1}

    def _exact_share(self, municipality: Code, group: Code) -> Fraction:
        # A third of three households is less than one as a decimal and one as a float: what is
        # compared must not depend on that, so it is decided on the decimal as it was written.
        return Fraction(str(self.share.get((municipality, group), 0))) * self.group_need[group]

    def pinned_cells(self, pin: Pin) -> Iterator[tuple[Code, Code, Code]]:
        """C6: the (host, group, period) that a pin counts together."""
        for g in self.group if pin.group is None else (pin.group,):
            for t in self.periods if pin.period is None else (pin.period,):
                yield pin.municipality, g, t

    def may_house(self, group: Group, responsible: Code, host: Code) -> bool:
        """C8: whether this host may house households of this responsible municipality."""
        if responsible == host or group.spread in ("region", "sites"):
            return True
        if group.spread == "home" or group.max_km is None:
            return False
        km = self.km.get((responsible, host))
        return km is not None and km <= group.max_km

    def near(self, group: Group) -> dict[Code, frozenset[Code]]:
        """Hosts that C8 allows, per responsible municipality with a need in this group."""
        if group.id not in self._near:
            self._near[group.id] = {
                o: frozenset(i for i in self.municipalities if self.may_house(group, o, i))
                for o in self.municipalities
                if self.total_need[o, group.id]
            }
        return self._near[group.id]

    @cached_property
    def _near(self) -> dict[Code, dict[Code, frozenset[Code]]]:
        return {}

    def comparable(self, group: Code) -> Iterator[tuple[Code, Code]]:
        """Ordered pairs between which a household of this group could shop."""
        if self.reach_km is None:
            return
        known = [m for m in self.municipalities if self.has_chance(m, group)]
        for m in known:
            for n in known:
                if m != n and self.km.get((m, n), float("inf")) <= self.reach_km:
                    yield m, n

    def has_chance(self, municipality: Code, group: Code) -> bool:
        """Whether the need is large enough for a chance to mean something."""
        need = self.total_need[municipality, group]
        return need > 0 and need >= self.min_need

    def route_km(self, responsible: Code, host: Code) -> float:
        """O8: how far a household goes [km]; an unknown distance counts as the largest known."""
        if responsible == host:
            return 0.0
        return self.km.get((responsible, host), self.largest_km)

    @cached_property
    def largest_km(self) -> float:
        """What a pair without a distance counts as [km]."""
        return max(self.km.values(), default=0.0)
