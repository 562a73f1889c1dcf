"""Whether a certificate proves what a result says of its stages, and what that says of its plan.

What is proven: no plan is better than the references, stage by stage in the planner's order, and
a plan in parts of households reaches them. So the references are the optimum, and the plan of
the result is at most as far from it as its values are from them.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from services.allocator.certificate.bound import Unproven
from services.allocator.certificate.stages import Stages
from services.allocator.explain.stages import keys_of
from services.allocator.model.stages import LEXIMIN
from services.allocator.problem.instance import Instance
from services.allocator.translate import instance_of
from shared.contract.problem import Problem
from shared.contract.result import Result, StageOutcome
from shared.verify.objectives import TAGS, named
from shared.verify.violations import Violation


@dataclass(frozen=True)
class Proven:
    """The best that a stage can be, and how far the plan is from that.

    `bound` is in the unit of the stage; of a leximin stage it is the lowest level. Both are None
    where nothing is compared. `off` is below 0 where the plan gave up some of an earlier stage.
    """

    stage: StageOutcome
    bound: float | None
    off: float | None


@dataclass(frozen=True)
class Checked:
    """What is wrong with a certificate, and what it proves as far as it is right."""

    violations: tuple[Violation, ...]
    proven: tuple[Proven, ...]


def check(problem: Problem, result: Result) -> Checked:
    """Add up the certificate of a result that the verifier accepts, from the problem alone.

    Source: FORMULATION.md, section 6. Sums are of floats; what is compared agrees to a millionth.
    """
    if result.certificate is None:
        return _refused("The result has no certificate.")
    instance = instance_of(problem)
    asked = list(_asked(instance, result))
    solved = asked[: next((k for k, (s, _) in enumerate(asked) if not _is_claimed(s)), len(asked))]
    if any(_is_claimed(stage) for stage, _ in asked[len(solved) :]):
        return _refused("A stage has a reference, and one before it has none.")
    stages, proven = Stages(instance, result.certificate, result.levels), list[Proven]()
    for stage, slack in solved:
        try:
            proven.append(_compared(stage, stages.settle(stage, slack)))
        except Unproven as fault:
            where = TAGS[stage.objective], named(stage.objective, stage.tier)
            return Checked((Violation(*where, str(fault)),), tuple(proven))
    try:
        stages.check_end()
    except Unproven as fault:
        return _refused(str(fault))
    return Checked((), tuple(proven))


def _refused(message: str) -> Checked:
    return Checked((Violation("R10", "certificate", message),), ())


def _asked(instance: Instance, result: Result) -> Iterator[tuple[StageOutcome, float]]:
    told = {(stage.objective, stage.tier): stage for stage in result.stages}
    for stage in instance.stages:
        for name, tier in keys_of(stage, instance):
            yield told[name, tier], stage.slack  # type: ignore[index]


def _is_claimed(stage: StageOutcome) -> bool:
    return stage.reference is not None or stage.levels is not None


def _compared(stage: StageOutcome, bound: float | None) -> Proven:
    if bound is None or stage.value is None:
        return Proven(stage, bound, None)
    more_is_better = stage.objective == "suitability" or stage.objective in LEXIMIN
    off = bound - stage.value if more_is_better else stage.value - bound
    return Proven(stage, bound, off)
