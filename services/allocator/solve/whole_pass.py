"""One model in whole households under way: what it holds near, and the plan that comes of it."""

from copy import deepcopy
from dataclasses import dataclass, field

from services.allocator.model.build import build
from services.allocator.model.constraints.demand import serve
from services.allocator.model.linear_model import Column, LinearModel, Term
from services.allocator.model.objectives.distance import (
    open_routes,
    possible_routes,
    prepare_routes,
)
from services.allocator.model.variables import Variables
from services.allocator.model.whole import hosted_cells, stay_near
from services.allocator.problem.instance import Code, Instance
from services.allocator.problem.outcome import StageKey, Targets
from services.allocator.problem.plan import Plan
from services.allocator.solve.network import Reach


@dataclass
class WholePass:
    """One model in whole numbers under way."""

    instance: Instance
    model: LinearModel
    x: Variables
    near: dict[Column, float] = field(default_factory=dict)
    beyond: dict[Column, float] = field(default_factory=dict)
    access_bounds: dict[StageKey, float] = field(default_factory=dict)

    def copy(self) -> "WholePass":
        """Give the same model for narrowing in another way; the instance is shared."""
        return deepcopy(self, {id(self.instance): self.instance})


def prepare(instance: Instance, targets: Targets) -> WholePass:
    """Build the model, with the price of leaving the targets of what is hosted."""
    model, x = build(instance, whole=True)
    run = WholePass(instance, model, x)
    for cell, terms in hosted_cells(x, instance).items():
        near, beyond = stay_near(model, "hosted," + ",".join(cell), terms, targets.hosted[cell])
        run.near |= near
        run.beyond |= beyond if cell in instance.group_shares else {}
    return run


def serve_near(run: WholePass, targets: Targets) -> None:
    """Decide who is helped as well, near to the reference."""
    serve(run.model, run.x, run.instance)
    if not targets.served:
        _house_as_many(run, targets)
    for cell, served in targets.served.items():
        name, terms = "served," + ",".join(cell), run.x.served[cell]
        near, _ = stay_near(run.model, name, terms, served)
        run.near |= near


def _house_as_many(run: WholePass, targets: Targets) -> None:
    """Where no stage asked who is helped, let at least as many of each group be."""
    sums: dict[Code, list[Term]] = {}
    wanted: dict[Code, float] = {}
    for (i, g), terms in hosted_cells(run.x, run.instance).items():
        sums.setdefault(g, []).extend(terms)
        wanted[g] = wanted.get(g, 0.0) + targets.hosted[i, g]
    for g, terms in sums.items():
        run.near |= stay_near(run.model, f"all,{g}", terms, wanted[g])[0]


def open_all_routes(run: WholePass) -> None:
    """Write every route down: a search has no use for rows that are found on the way."""
    if not run.x.routed:
        prepare_routes(run.model, run.x, run.instance)
        open_routes(run.model, run.x, run.instance, possible_routes(run.x, run.instance))


def plan_of(run: WholePass, values: list[float]) -> Plan:
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
            served = {
                o: sum(round(values[column]) for column, _ in terms)
                for (o, g), terms in x.served.items()
                if g == group.id
            }
            routed |= Reach(x, instance, group).routes(hosted, served)
    return Plan(
        instance,
        {key: households for key, households in placed.items() if households},
        {key: households for key, households in routed.items() if households},
    )
