"""The problem as plain dicts, with the sums that several rules need.

Definitions (services/allocator/model/FORMULATION.md, section 2): `N[o,g]` is the need of
responsible municipality `o` for group `g` over all periods; `N[g]` is that of the region.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from shared.contract.problem import Group, Lot, Problem
from shared.verify.numbers import Exact, exact

Id = str
_SHARED_OUT = ("region", "near")


@dataclass(frozen=True)
class Facts:
    """What the rules need to know of a problem.

    Parameters
    ----------
    problem
        The problem itself.
    municipalities, periods
        Their ids; periods in order of time.
    groups, lots
        By id.
    need
        Households per responsible municipality, group and period.
    total_need
        `N[o,g]` [households].
    region_need
        `N[g]` [households].
    share
        Fair-share key per municipality and group; absent is 0.
    rate
        Part of the need that is admitted, where it is less than all of it.
    km
        Distance per ordered pair, both ways [km].
    furthest
        The largest distance given, 0 when none is [km].
    rule_ids
        The ids per tag of rules that are rows of the problem; other tags have no rows.
    """

    problem: Problem
    municipalities: tuple[Id, ...]
    periods: tuple[Id, ...]
    groups: Mapping[Id, Group]
    lots: Mapping[Id, Lot]
    need: Mapping[tuple[Id, Id, Id], int]
    total_need: Mapping[tuple[Id, Id], int]
    region_need: Mapping[Id, int]
    share: Mapping[tuple[Id, Id], Exact]
    rate: Mapping[tuple[Id, Id], Exact]
    km: Mapping[tuple[Id, Id], Exact]
    furthest: Exact
    rule_ids: Mapping[str, frozenset[Id]]

    def fair_share(self, municipality: Id, group: Id) -> Exact:
        """Give the households of a group that are a municipality's fair share."""
        return self.share.get((municipality, group), 0) * self.region_need.get(group, 0)

    def shared_out(self) -> list[Group]:
        """Give the groups whose distribution over municipalities is compared (O4, O5)."""
        return [group for group in self.groups.values() if group.spread in _SHARED_OUT]

    def size(self, lot: Lot, group: Id) -> Exact:
        """Give the units that one household of a group takes in a lot."""
        size = self.groups[group].size.get(lot.form)
        return 1 if size is None else exact(size)

    def asked(self, objective: str) -> bool:
        """Tell whether the planner asked for a stage."""
        return any(stage.objective == objective for stage in self.problem.stages)

    def slack(self, objective: str) -> float:
        """Give what later stages may give up of a stage, in its own unit."""
        given = (s.slack for s in self.problem.stages if s.objective == objective)
        return next(given, 0.0)

    def within(self, kilometres: float | None) -> dict[Id, list[Id]]:
        """Give the others at a known distance of at most so much, per municipality."""
        near: dict[Id, list[Id]] = {m: [] for m in self.municipalities}
        if kilometres is not None:
            furthest = exact(kilometres)
            for (start, end), km in self.km.items():
                if km <= furthest:
                    near[start].append(end)
        return near

    def tiers(self) -> list[int]:
        """Give the tiers in order of priority."""
        return sorted({group.tier for group in self.groups.values()})


def facts_of(problem: Problem) -> Facts:
    """Read a problem into plain dicts."""
    need = {(n.municipality, n.group, n.period): n.households for n in problem.needs}
    total: dict[tuple[Id, Id], int] = defaultdict(int)
    region: dict[Id, int] = defaultdict(int)
    for (municipality, group, _), households in need.items():
        total[municipality, group] += households
        region[group] += households
    km = _both_ways(problem)
    return Facts(
        problem=problem,
        municipalities=tuple(m.id for m in problem.municipalities),
        periods=tuple(p.id for p in problem.periods),
        groups={g.id: g for g in problem.groups},
        lots={lot.id: lot for lot in problem.supply},
        need=need,
        total_need=dict(total),
        region_need=dict(region),
        share={(s.municipality, s.group): exact(s.share) for s in problem.shares},
        rate={(a.municipality, a.group): exact(a.rate) for a in problem.access if a.rate < 1},
        km=km,
        furthest=max(km.values(), default=Fraction(0)),
        rule_ids={
            "C1": frozenset(lot.id for lot in problem.supply),
            "C4": frozenset(row.id for row in problem.support),
            "C5": frozenset(row.id for row in problem.ceilings),
            "C6": frozenset(row.id for row in problem.pins),
            "C7": frozenset(row.id for row in problem.commitments),
        },
    )


def _both_ways(problem: Problem) -> dict[tuple[Id, Id], Exact]:
    km: dict[tuple[Id, Id], Exact] = {}
    for row in problem.distances:
        km[row.from_, row.to] = km[row.to, row.from_] = exact(row.km)
    return km
