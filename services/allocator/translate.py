"""From the wire format to the instance that the model reads."""

from fractions import Fraction
from operator import attrgetter

from services.allocator.problem.instance import Instance
from shared.contract.problem import Distance, Problem


def instance_of(problem: Problem) -> Instance:
    """Index a problem that has passed all checks of the contract.

    Rates become the exact decimal that was written, so 0.1 admits one household in ten.
    """
    by_id = attrgetter("id")
    return Instance(
        periods=tuple(p.id for p in sorted(problem.periods, key=attrgetter("start", "id"))),
        municipalities=tuple(sorted(m.id for m in problem.municipalities)),
        groups=tuple(sorted(problem.groups, key=by_id)),
        lots=tuple(sorted(problem.supply, key=by_id)),
        need={(n.municipality, n.group, n.period): n.households for n in problem.needs},
        support=tuple(sorted(problem.support, key=by_id)),
        commitments=tuple(sorted(problem.commitments, key=by_id)),
        ceilings=tuple(sorted(problem.ceilings, key=by_id)),
        pins=tuple(sorted(problem.pins, key=by_id)),
        share={(s.municipality, s.group): s.share for s in problem.shares},
        access={(a.municipality, a.group): Fraction(str(a.rate)) for a in problem.access},
        km=_both_ways(problem.distances),
        reach_km=problem.reach_km,
        min_need=problem.min_need,
        suitability={(s.municipality, s.group): s.value for s in problem.suitability},
        previous={(p.municipality, p.group, p.period): p.households for p in problem.previous},
        stages=problem.stages,
    )


def _both_ways(rows: tuple[Distance, ...]) -> dict[tuple[str, str], float]:
    km = {}
    for row in rows:
        km[row.from_, row.to] = km[row.to, row.from_] = row.km
    return km
