"""The stages of FORMULATION.md, every stage and every leximin level a program of its own.

Each is built from nothing. An earlier stage is kept by making tight what carries a price, and
not by a row `objective <= optimum`: with such rows GLOP calls `mra-1` infeasible or gives levels
that are 0.002 off, depending on the room that they leave.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tests.bench.plain_model import Cell, PlainModel, times, total
from tests.bench.plain_program import INFINITY, PRICED, Terms


@dataclass(frozen=True)
class PlainStage:
    """One finished stage: its optimum, or the level of every cell."""

    objective: str
    tier: int | None
    reference: float | None
    levels: dict[Cell, float]


def solve_plainly(model: PlainModel) -> Iterator[PlainStage]:
    """Solve the planner's stages in order, giving each as soon as it is there."""
    for stage in model.instance.stages:
        yield from STAGES[stage.objective](model)


def _kept(model: PlainModel, objective: Terms, name: str, tier: int | None = None) -> PlainStage:
    if not objective:
        return PlainStage(name, tier, 0.0, {})
    best = model.program.minimise(objective)
    model.program.keep(best)
    return PlainStage(name, tier, best.value, {})


def _commitments(model: PlainModel) -> Iterator[PlainStage]:
    yield _kept(model, dict.fromkeys(model.short.values(), 1.0), "commitments")


def _waiting(model: PlainModel) -> Iterator[PlainStage]:
    for tier in model.instance.tiers:
        waits = {
            column: 1.0
            for (_, g, _), column in model.waits.items()
            if model.instance.group[g].tier == tier
        }
        yield _kept(model, waits, "waiting", tier)


def _shopping(model: PlainModel) -> Iterator[PlainStage]:
    instance, program = model.instance, model.program
    largest, weighed = program.number(), {}
    for group in (g.id for g in instance.groups):
        pull = {}
        for m, n in instance.comparable(group):
            if m not in pull:
                pull[m] = program.number()
                program.at_most({pull[m]: 1.0, largest: -1.0}, 0)
                weighed[pull[m]] = instance.total_need[m, group] / instance.group_need[group]
            better, own = model.chance(n, group), model.chance(m, group)
            program.at_most({better: 1.0, own: -1.0, pull[m]: -1.0}, 0)
    yield _kept(model, {largest: 1.0}, "shopping.max")
    yield _kept(model, weighed, "shopping.sum")


def municipal_levels(model: PlainModel) -> dict[Cell, Terms]:
    """The levels of O4 as sums of columns."""
    groups = model.instance.spread_groups
    return {
        (i, None): total(*(times(g.burden / share, model.hosted_in_all(i, g.id)) for g in groups))
        for i, share in model.instance.municipal_shares.items()
    }


def _municipal_fairness(model: PlainModel) -> Iterator[PlainStage]:
    levels = _leximin(model, municipal_levels(model))
    yield PlainStage("municipalFairness", None, None, levels)


def _group_fairness(model: PlainModel) -> Iterator[PlainStage]:
    cells: dict[Cell, Terms] = {
        (i, g): times(1 / share, model.hosted_in_all(i, g))
        for (i, g), share in model.instance.group_shares.items()
    }
    yield PlainStage("groupFairness", None, None, _leximin(model, cells))


def _leximin(model: PlainModel, cells: dict[Cell, Terms]) -> dict[Cell, float]:
    """Raise the floor, fix the cells whose price holds it down, and go on with the others."""
    levels: dict[Cell, float] = {}
    floor = model.program.number()
    rows = {
        cell: model.program.require(0, total(terms, {floor: -1.0}), INFINITY)
        for cell, terms in cells.items()
    }
    while rows:
        best = model.program.minimise({floor: -1.0})
        highest = max(abs(best.prices[row]) for row in rows.values())
        stuck = [c for c, row in rows.items() if abs(best.prices[row]) > PRICED * highest]
        model.program.keep(best)
        model.program.columns[floor] = (0.0, INFINITY)
        for cell in stuck:
            levels[cell] = -best.value
            model.program.rows[rows.pop(cell)] = (-best.value, -best.value, cells[cell])
    return levels


def _suitability(model: PlainModel) -> Iterator[PlainStage]:
    instance = model.instance
    unsuitable = [
        times(-value, model.hosted_in_all(i, g)) for (i, g), value in instance.suitability.items()
    ]
    yield _kept(model, total(*unsuitable), "suitability")


def _extra_capacity(model: PlainModel) -> Iterator[PlainStage]:
    yield _kept(model, dict.fromkeys(model.extra.values(), 1.0), "extraCapacity")


def _distance(model: PlainModel) -> Iterator[PlainStage]:
    instance = model.instance
    far = {
        column: instance.km.get((o, i), instance.largest_km)
        for (o, i, _, _), column in model.routed.items()
        if o != i
    }
    yield _kept(model, far, "distance")


def _stability(model: PlainModel) -> Iterator[PlainStage]:
    moved = {}
    for cell in model.cells if model.instance.previous else ():
        before = model.instance.previous.get(cell, 0)
        change = model.program.number()
        moved[change] = 1.0
        for sign in (1, -1):
            difference = total(times(sign, model.hosted[cell]), {change: -1.0})
            model.program.at_most(difference, sign * before)
    yield _kept(model, moved, "stability")


STAGES: dict[str, Callable[[PlainModel], Iterator[PlainStage]]] = {
    "commitments": _commitments,
    "waiting": _waiting,
    "shopping": _shopping,
    "municipalFairness": _municipal_fairness,
    "groupFairness": _group_fairness,
    "suitability": _suitability,
    "extraCapacity": _extra_capacity,
    "distance": _distance,
    "stability": _stability,
}
