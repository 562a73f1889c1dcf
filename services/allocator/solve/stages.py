"""The stages in the planner's order, each on the optimal face of the ones before."""

from collections.abc import Iterator

from services.allocator.model.linear_model import LinearModel
from services.allocator.model.objectives import fairness, housing, preferences, shopping
from services.allocator.model.variables import Variables
from services.allocator.problem.instance import Instance
from services.allocator.problem.outcome import Solved
from services.allocator.solve.clock import Clock
from services.allocator.solve.errors import NoPlanExists, OutOfTime, SolverFailed
from services.allocator.solve.face import Face
from services.allocator.solve.leximin import raise_levels
from services.allocator.solve.objective import Objective
from shared.contract.problem import Stage

SIMPLE = {
    "commitments": housing.shortfall,
    "suitability": preferences.unsuitability,
    "extraCapacity": preferences.extra_capacity,
    "distance": preferences.distance,
    "stability": preferences.changes,
}
LEXIMIN = {
    "municipalFairness": fairness.municipal_levels,
    "groupFairness": fairness.group_levels,
}


def solve_stages(
    model: LinearModel, x: Variables, instance: Instance, clock: Clock
) -> tuple[list[Solved], Face]:
    """Solve every stage that time allows.

    Returns
    -------
    The stages that were solved, in order, and the face that is left.

    Raises
    ------
    NoPlanExists
        When the first stage finds that the hard rules contradict each other.
    """
    face = Face(model, clock)
    solved: list[Solved] = []
    try:
        for stage in instance.stages:
            solved.extend(stage_parts(stage, face, x, instance))
    except (NoPlanExists, SolverFailed, OutOfTime) as end:
        # A later stage cannot be impossible, since the one before it had a plan: then the
        # numbers were too much for the simplex method, and what is solved so far is the yardstick.
        if isinstance(end, NoPlanExists) and not solved:
            raise
    return solved, face


def stage_parts(stage: Stage, face: Face, x: Variables, instance: Instance) -> Iterator[Solved]:
    """Solve one stage in its parts: waiting per tier, shopping first at most and then in sum."""
    name, model = stage.objective, face.model
    if name == "waiting":
        for tier in instance.tiers:
            objective = housing.waiting(model, x, instance, tier)
            yield _minimise(face, name, objective, stage.slack, tier)
    elif name == "shopping":
        if instance.reach_km is not None:
            objective = shopping.largest_pull(model, x, instance)
            yield _minimise(face, "shopping.max", objective, stage.slack)
            objective = shopping.weighted_pull(model, x, instance)
            yield _minimise(face, "shopping.sum", objective, stage.slack)
    elif name in LEXIMIN:
        yield _raise(face, name, x, instance, stage.slack)
    else:
        yield _minimise(face, name, SIMPLE[name](model, x, instance), stage.slack)


def _minimise(
    face: Face, name: str, objective: Objective, slack: float, tier: int | None = None
) -> Solved:
    begin = face.clock.elapsed()
    face.clock.tell(name, tier)
    vertex = face.minimise(objective)
    if slack > 0:
        face.hold(f"{name}.slack[{tier}]", objective, vertex.objective + slack)
    else:
        face.keep(vertex)
    return Solved(
        name,
        tier,
        face.clock.elapsed() - begin,
        reference=vertex.objective,
        steps=face.steps_since_asked(),
        slack=slack,
    )


def _raise(face: Face, name: str, x: Variables, instance: Instance, slack: float) -> Solved:
    begin = face.clock.elapsed()
    model = face.model
    cells = LEXIMIN[name](model, x, instance)
    if not cells.level:
        face.minimise({})  # nobody is compared; any plan is as fair as any other
    before = model.bounds()
    levels, distinct = raise_levels(face, cells, name)
    if slack > 0:
        model.restore(before)
        for cell, level in levels.items():
            model.column_lower[cells.level[cell]] = max(0.0, level - slack)
    return Solved(
        name,
        None,
        face.clock.elapsed() - begin,
        levels=levels,
        distinct=distinct,
        steps=face.steps_since_asked(),
        slack=slack,
    )
