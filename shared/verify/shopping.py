"""The chance of a home, and the pull of a better chance elsewhere: O3."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from shared.verify.facts import Facts, Id
from shared.verify.numbers import Exact


@dataclass(frozen=True)
class Shopping:
    """Chances and pulls per municipality and group, where the need is at least `minNeed`.

    Parameters
    ----------
    chance
        `q[m,g]`: part of the need that is housed, anywhere.
    pull
        `pull[m,g]`: how much better the best chance within reach is, else 0.
    best
        The best chance within reach, where there is one to compare with.
    neighbours
        The municipalities within `reachKm`, per municipality.
    """

    chance: dict[tuple[Id, Id], Fraction]
    pull: dict[tuple[Id, Id], Fraction]
    best: dict[tuple[Id, Id], Fraction]
    neighbours: dict[Id, list[Id]]


def shopping_of(facts: Facts, helped: Mapping[tuple[Id, Id, Id], int]) -> Shopping:
    """Compute every chance and pull from the households helped in each period."""
    housed: dict[tuple[Id, Id], int] = {}
    for (o, g, _), households in helped.items():
        housed[o, g] = housed.get((o, g), 0) + households
    chance = {
        (m, g): Fraction(housed.get((m, g), 0), need)
        for (m, g), need in facts.total_need.items()
        if need >= max(1, facts.problem.min_need)
    }
    near = facts.within(facts.problem.reach_km)
    best: dict[tuple[Id, Id], Fraction] = {}
    for m, g in chance:
        others = [chance[n, g] for n in near[m] if (n, g) in chance]
        if others:
            best[m, g] = max(others)
    none = Fraction(0)
    pull = {key: max(none, best.get(key, none) - q) for key, q in chance.items()}
    return Shopping(chance=chance, pull=pull, best=best, neighbours=near)


def largest_pull(shopping: Shopping) -> Exact:
    """O3, first part: the largest pull of all."""
    return max(shopping.pull.values(), default=0)


def weighted_pull(facts: Facts, shopping: Shopping) -> Exact:
    """O3, second part: `sum_m,g N[m,g]/N[g] pull[m,g]`."""
    return sum(
        (
            pull * Fraction(facts.total_need[m, g], facts.region_need[g])
            for (m, g), pull in shopping.pull.items()
            if pull
        ),
        Fraction(0),
    )
