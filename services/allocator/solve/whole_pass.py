"""One model in whole households under way: what it holds near, and the plan that comes of it."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from math import ceil, floor

from services.allocator.model.build import build
from services.allocator.model.linear_model import Column, LinearModel, Term
from services.allocator.model.objectives import housing
from services.allocator.model.objectives.distance import (
    open_routes,
    possible_routes,
    prepare_routes,
)
from services.allocator.model.variables import Variables
from services.allocator.model.whole import hold_softly, hosted_cells, stay_near, stay_within_one
from services.allocator.problem.instance import Code, Instance
from services.allocator.problem.outcome import Solved, StageKey, Targets
from services.allocator.problem.plan import Plan
from services.allocator.solve.dive import WHOLE
from services.allocator.solve.helped import routes_near

STEPS = 20.0
"""A household of excess in one stage costs as much as so many in the stage after it."""
LAST = ("extraCapacity", "stability")
"""Preferences that choose between plans in which every municipality hosts the same."""
MOST = 1e6
"""The highest price; above it the simplex method loses the lowest ones in rounding."""


@dataclass
class WholePass:
    """One model in whole numbers under way.

    `near` prices the distance to the reference, `beyond` tells per cell of O5 what is more than
    one household above and below its target, and `excess` holds per stage the columns that say by
    how much its limit is passed.
    """

    instance: Instance
    model: LinearModel
    x: Variables
    near: dict[Column, float] = field(default_factory=dict)
    beyond: dict[tuple[Code, Code], tuple[Column, Column]] = field(default_factory=dict)
    excess: dict[StageKey, list[Column]] = field(default_factory=dict)

    @property
    def decisions(self) -> list[Column]:
        """Columns that are to be whole: what every lot holds."""
        return list(self.x.placed.values())


def prepare(instance: Instance, targets: Targets) -> WholePass:
    """Build the model, with the price of leaving the targets of what is hosted."""
    model, x = build(instance, whole=True)
    run = WholePass(instance, model, x)
    for cell, terms in hosted_cells(x, instance).items():
        name, target = "hosted," + ",".join(cell), targets.hosted[cell]
        if cell in instance.group_shares:
            near, run.beyond[cell] = stay_within_one(model, name, terms, target)
            run.near |= near
        else:
            run.near |= stay_near(model, name, terms, target)
    _house_as_many(run, targets)
    return run


def _house_as_many(run: WholePass, targets: Targets) -> None:
    """Let about as many of each group be housed in all: cells that are near may all be below."""
    sums: dict[Code, list[Term]] = {}
    wanted: dict[Code, float] = {}
    for (i, g), terms in hosted_cells(run.x, run.instance).items():
        sums.setdefault(g, []).extend(terms)
        wanted[g] = wanted.get(g, 0.0) + targets.hosted[i, g]
    for g, terms in sums.items():
        run.near |= stay_near(run.model, f"all,{g}", terms, wanted[g])


def limited(run: WholePass, stage: Solved) -> dict[Column, float]:
    """Give the objective of a stage whose reference is a limit of the plan; empty for others."""
    if stage.name == "commitments":
        return housing.shortfall(run.model, run.x, run.instance)
    if stage.name == "waiting" and stage.tier is not None:
        return housing.waiting(run.model, run.x, run.instance, stage.tier)
    if stage.name == "groupFairness":
        return dict.fromkeys((column for sides in run.beyond.values() for column in sides), 1.0)
    return {}


def hold(run: WholePass, solved: Iterable[Solved]) -> None:
    """Limit every stage to its reference rounded up, and say by how much that is passed."""
    for stage in solved:
        key = (stage.name, stage.tier)
        objective = limited(run, stage)
        if stage.name == "groupFairness":
            run.excess[key] = list(objective)
        elif objective:
            run.excess[key] = [hold_softly(run.model, stage, objective)]


def price_of_all(run: WholePass) -> dict[Column, float]:
    """Price the excess of each stage far above that of the next, and the distance last."""
    step = min(STEPS, MOST ** (1 / max(1, len(run.excess))))
    price = dict(run.near)
    for number, columns in enumerate(reversed(run.excess.values()), start=1):
        for column in columns:
            price[column] = price.get(column, 0.0) + step**number
    return price


def stay_around(
    run: WholePass, corner: tuple[float, ...], radius: int, only: Collection[Column] | None
) -> None:
    """Let placements move by so many households from a corner of the reference.

    Parameters
    ----------
    only
        Placements and moves that are open; all when None.
    """
    model = run.model
    for column in run.x.placed.values():
        value = corner[column]
        room = radius if only is None or column in only else 0
        model.column_lower[column] = max(0.0, floor(value + WHOLE) - room)
        model.column_upper[column] = ceil(value - WHOLE) + room
    if only is not None:
        model.fix(dict.fromkeys(set(run.x.moved.values()) - set(only), 0.0), {})


def used_by(run: WholePass, values: Sequence[float]) -> set[Column]:
    """List the placements and moves that are not zero."""
    columns = (*run.x.placed.values(), *run.x.moved.values())
    return {column for column in columns if values[column] > WHOLE}


def open_all_routes(run: WholePass) -> None:
    """Write every route down: a search has no use for rows that are found on the way."""
    if not run.x.routed:
        prepare_routes(run.model, run.x, run.instance)
        open_routes(run.model, run.x, run.instance, possible_routes(run.x, run.instance))


def plan_of(run: WholePass, values: list[float], targets: Targets) -> Plan:
    """Route a plan whose placements are whole and final."""
    x, instance = run.x, run.instance
    placed = {key: round(values[column]) for key, column in x.placed.items()}
    hosted = {
        key: sum(round(values[column]) for column, _ in terms) for key, terms in x.hosted.items()
    }
    routed: dict[tuple[Code, Code, Code, Code], int] = {}
    for group in instance.groups:
        if group.spread == "home":
            routed |= {(i, i, g, t): n for (i, g, t), n in hosted.items() if g == group.id}
        elif any(g == group.id for _, g, _ in hosted):
            routed |= routes_near(x, instance, group, hosted, targets.served)
    return Plan(
        instance,
        {key: households for key, households in placed.items() if households},
        {key: households for key, households in routed.items() if households},
    )
