"""The stages in the planner's order, each on the optimal face of the ones before."""

from collections.abc import Iterator
from dataclasses import dataclass

from services.allocator.model.linear_model import LinearModel
from services.allocator.model.objectives import housing, shopping
from services.allocator.model.objectives.order import order_of_ids
from services.allocator.model.stages import LEXIMIN, SIMPLE
from services.allocator.model.variables import Variables
from services.allocator.model.whole import hosted_cells
from services.allocator.problem.instance import Instance
from services.allocator.problem.outcome import Reference, Solved, StageKey, Targets, in_one_word
from services.allocator.solve.clock import Clock
from services.allocator.solve.errors import NoPlanExists, OutOfTime, SolverFailed
from services.allocator.solve.face import Face
from services.allocator.solve.leximin import raise_levels
from services.allocator.solve.memory import Memory, Recall
from services.allocator.solve.objective import Objective
from services.allocator.solve.remembered import proof_again
from services.allocator.solve.routes import shortest_routes
from services.allocator.solve.witness import Proof
from shared.contract.problem import Stage


def solve_stages(
    model: LinearModel, x: Variables, instance: Instance, clock: Clock, before: Memory | None = None
) -> tuple[Reference, Face]:
    """Solve every stage that time allows.

    Returns
    -------
    The stages that were solved, in order, with what they aim at, and the face that is left.

    Raises
    ------
    NoPlanExists
        When the first stage finds that the hard rules contradict each other.
    """
    face = Face(model, x, instance, clock, Recall(before) if before else None)
    solved: list[Solved] = []
    try:
        for stage in instance.stages:
            solved.extend(stage_parts(stage, face))
        face.begin("order")
        face.minimise(order_of_ids(model, x))
        face.end()
    except (NoPlanExists, SolverFailed, OutOfTime) as end:
        # A later stage cannot be impossible, since the one before it had a plan: then the
        # numbers were too much for the simplex method, and what is solved so far is the yardstick.
        if isinstance(end, NoPlanExists) and not solved:
            raise
    targets = _targets(face) if face.known else Targets()
    face.remember(solved)
    reference = Reference(
        solved,
        targets,
        demands=face.separation.demands,
        rules=x.rules,
        corner=tuple(face.values) if face.known else (),
    )
    return reference, face


def _targets(face: Face) -> Targets:
    """Sum the last corner per municipality and group [households]."""
    cells, values = (hosted_cells(face.x, face.instance), face.x.served), face.values
    hosted, served = (
        {cell: sum(v * values[c] for c, v in terms) for cell, terms in those.items()}
        for those in cells
    )
    return Targets(hosted, served)


def stage_parts(stage: Stage, face: Face) -> Iterator[Solved]:
    """Solve one stage in its parts: waiting per tier, shopping first at most and then in sum."""
    name, slack = stage.objective, stage.slack
    model, x, instance = face.model, face.x, face.instance
    if name == "waiting":
        for tier in instance.tiers:
            yield _minimise(face, name, housing.waiting(model, x, instance, tier), slack, tier)
    elif name == "shopping":
        if instance.reach_km is not None:
            largest = shopping.largest_pull(model, x, instance)
            yield _minimise(face, "shopping.max", largest, slack)
            yield _minimise(face, "shopping.sum", shopping.weighted_pull(model, x, instance), slack)
    elif name in LEXIMIN:
        yield _raise(face, name, slack)
    elif name == "distance":
        yield _shorten(face, slack)
    else:
        yield _minimise(face, name, SIMPLE[name](model, x, instance), slack)


def _minimise(
    face: Face, name: str, objective: Objective, slack: float, tier: int | None = None
) -> Solved:
    begin = face.clock.elapsed()
    face.clock.tell(name, tier)
    program = in_one_word(name, tier)
    face.begin(program)
    if not objective and face.known:
        return Solved(name, tier, 0.0, reference=0.0, corner=tuple(face.values))
    vertex = face.minimise(objective)
    again = proof_again(face, program, objective, vertex.objective, slack)
    optimum = Optimum(objective, vertex.objective, again or vertex)
    return _keep(face, (name, tier), optimum, slack, begin)


def _shorten(face: Face, slack: float) -> Solved:
    begin = face.clock.elapsed()
    face.clock.tell("distance")
    face.begin("distance")
    objective, vertex = shortest_routes(face, slack)
    return _keep(
        face, ("distance", None), Optimum(objective, vertex.objective, vertex), slack, begin
    )


@dataclass(frozen=True)
class Optimum:
    """The least value of an objective, and what proves that there is none lower."""

    objective: Objective
    value: float
    proof: Proof


def _keep(face: Face, stage: StageKey, optimum: Optimum, slack: float, begin: float) -> Solved:
    name, tier = stage
    face.end()
    face.record(optimum.value, optimum.proof)
    if slack > 0:
        face.hold(f"{name}.slack[{tier}]", optimum.objective, optimum.value + slack)
    else:
        face.keep(optimum.proof)
        face.admit_corner()
    return Solved(
        name,
        tier,
        face.clock.elapsed() - begin,
        reference=optimum.value,
        steps=face.steps_since_asked(),
        slack=slack,
        corner=tuple(face.values),
    )


def _raise(face: Face, name: str, slack: float) -> Solved:
    begin = face.clock.elapsed()
    face.clock.tell(name)
    face.begin(name)
    cells = LEXIMIN[name](face.model, face.x, face.instance)
    if not face.known:
        face.minimise({})  # the first stage of all says whether there is a plan
    try:
        raised = raise_levels(face, cells, name, slack)
    except SolverFailed:
        face.basis = None  # from another corner the same levels are reached in another way
        raised = raise_levels(face, cells, name, slack)
    face.end()
    return Solved(
        name,
        None,
        face.clock.elapsed() - begin,
        levels=raised.levels,
        distinct=raised.distinct,
        stopped_at=raised.stopped_at,
        steps=face.steps_since_asked(),
        slack=slack,
        corner=tuple(face.values),
    )
