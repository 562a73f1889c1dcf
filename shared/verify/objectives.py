"""The value of every objective for a plan, from problem and plan alone: O1 to O9."""

from collections.abc import Callable
from dataclasses import dataclass

from shared.contract.problem import Objective
from shared.contract.result import Result, StageOutcome
from shared.contract.stages import StageName
from shared.verify.agreement_rules import shortfalls
from shared.verify.capacity_rules import extra_units
from shared.verify.facts import Facts
from shared.verify.fairness import lowest_group_level, lowest_municipal_level
from shared.verify.numbers import Exact, exact
from shared.verify.plan import Plan
from shared.verify.shopping import largest_pull, weighted_pull

TAGS: dict[StageName, str] = {
    "commitments": "O1",
    "waiting": "O2",
    "shopping.max": "O3",
    "shopping.sum": "O3",
    "municipalFairness": "O4",
    "groupFairness": "O5",
    "suitability": "O6",
    "extraCapacity": "O7",
    "distance": "O8",
    "stability": "O9",
}


@dataclass(frozen=True)
class StageKey:
    """One entry in the list of stages: an objective, and a tier where it is about waiting."""

    name: StageName
    tier: int | None
    slack: float

    def __str__(self) -> str:
        """Name the stage for people."""
        return named(self.name, self.tier)


def named(stage: StageName, tier: int | None) -> str:
    """Name a stage for people."""
    return stage if tier is None else f"{stage}, tier {tier}"


def stages_asked(facts: Facts) -> list[StageKey]:
    """List the entries that the planner's stages lead to, in order.

    Waiting is one entry per tier, tier 1 first; shopping is two, and none without `reachKm`.
    """
    return [
        StageKey(name, tier, stage.slack)
        for stage in facts.problem.stages
        for name, tier in _entries(facts, stage.objective)
    ]


def _entries(facts: Facts, objective: Objective) -> list[tuple[StageName, int | None]]:
    if objective == "waiting":
        return [("waiting", tier) for tier in facts.tiers()]
    if objective == "shopping":
        without = facts.problem.reach_km is None
        return [] if without else [("shopping.max", None), ("shopping.sum", None)]
    return [(objective, None)]


def stages_told(facts: Facts, result: Result) -> list[tuple[StageKey, StageOutcome]]:
    """Pair the stages that were asked with the entries of a result, where it has them."""
    given = {(stage.objective, stage.tier): stage for stage in result.stages}
    asked = stages_asked(facts)
    return [(key, given[key.name, key.tier]) for key in asked if (key.name, key.tier) in given]


def stage_value(facts: Facts, plan: Plan, stage: StageKey) -> Exact | None:
    """Compute the value of one stage; None for fairness when there is nothing to compare."""
    if stage.tier is not None:
        return households_waiting(facts, plan, stage.tier)
    return _VALUES[stage.name](facts, plan)


def households_short(facts: Facts, plan: Plan) -> Exact:
    """O1: what commitments lack in all [households]."""
    return sum(shortfalls(facts, plan).values())


def households_waiting(facts: Facts, plan: Plan, tier: int) -> Exact:
    """O2: households of a tier that wait, added over the ends of periods [household-periods]."""
    waiting = plan.waiting.items()
    return sum(left for (_, g, _), left in waiting if facts.groups[g].tier == tier)


def worst_pull(facts: Facts, plan: Plan) -> Exact:
    """O3, first part: the largest pull."""
    return largest_pull(plan.shopping)


def pull_in_all(facts: Facts, plan: Plan) -> Exact:
    """O3, second part: pulls weighed by the part of the group that feels them."""
    return weighted_pull(facts, plan.shopping)


def suitability(facts: Facts, plan: Plan) -> Exact:
    """O6, maximised: `sum value[g,i] X[i,g]`."""
    rows = facts.problem.suitability
    return sum(exact(r.value) * plan.hosted_in_all.get((r.municipality, r.group), 0) for r in rows)


def extra_capacity(facts: Facts, plan: Plan) -> Exact:
    """O7: units in use beyond what lots report."""
    return sum(extra_units(facts, plan).values())


def household_kilometres(facts: Facts, plan: Plan) -> Exact:
    """O8: kilometres of households that are housed elsewhere; unknown counts as the furthest."""
    moved: dict[tuple[str, str], int] = {}
    for (o, i, _, _), households in plan.moved.items():
        if o != i:
            moved[o, i] = moved.get((o, i), 0) + households
    return sum(facts.km.get(pair, facts.furthest) * count for pair, count in moved.items())


def change_from_previous(facts: Facts, plan: Plan) -> Exact:
    """O9: `sum abs(X[i,g,t] - previous[i,g,t])`; without a previous plan nothing changes."""
    rows = facts.problem.previous
    before = {(p.municipality, p.group, p.period): p.households for p in rows}
    if not before:
        return 0
    keys = before.keys() | plan.hosted.keys()
    return sum(abs(plan.hosted.get(key, 0) - before.get(key, 0)) for key in keys)


_VALUES: dict[StageName, Callable[[Facts, Plan], Exact | None]] = {
    "commitments": households_short,
    "shopping.max": worst_pull,
    "shopping.sum": pull_in_all,
    "municipalFairness": lowest_municipal_level,
    "groupFairness": lowest_group_level,
    "suitability": suitability,
    "extraCapacity": extra_capacity,
    "distance": household_kilometres,
    "stability": change_from_previous,
}
