"""What proves the references, written so that others can check it without a solver."""

from collections import defaultdict
from collections.abc import Iterator

from services.allocator.problem.demand import Demand
from services.allocator.problem.instance import Instance
from services.allocator.problem.outcome import Cell, Reference, Solved, SplitPlan
from shared.contract.certificate import (
    Certificate,
    FoundRow,
    Proof,
    SplitPlacement,
    SplitTrade,
    StageProof,
)
from shared.contract.certificate import SplitPlan as SplitPlanDocument


def certificate(instance: Instance, reference: Reference) -> Certificate:
    """Write down the proof of every stage that was solved.

    Source: FORMULATION.md, section 6.
    """
    stages = tuple(
        StageProof.model_validate(
            {
                "objective": stage.name,
                "tier": stage.tier,
                "proofs": tuple(_proofs(stage)),
                "reached_by": _reached_by(reference.split_plans.get((stage.name, stage.tier))),
            }
        )
        for stage in reference.stages
    )
    found = tuple(_found(demand, instance) for demand in reference.demands)
    return Certificate(found=found, stages=stages)


def _proofs(stage: Solved) -> Iterator[Proof]:
    if stage.distinct is None:
        # Only the last optimum counts: the ones before it lacked columns.
        yield from (Proof(duals=step.prices) for step in stage.steps[-1:])
        return
    kept: dict[int, list[Cell]] = defaultdict(list)
    for cell, number in stage.stopped_at.items():
        kept[number].append(cell)
    for number, cells in kept.items():
        yield Proof(duals=stage.steps[number].prices, keeps=tuple(map(_floor, cells)))


def _floor(cell: Cell) -> str:
    i, g = cell
    return f"O4.floor[{i}]" if g is None else f"O5.floor[{i},{g}]"


def _found(demand: Demand, instance: Instance) -> FoundRow:
    until = {i: instance.periods[last] for i, last in demand.until.items()}
    return FoundRow(group=demand.group, until=until, served=demand.decided)


def _reached_by(plan: SplitPlan | None) -> SplitPlanDocument | None:
    if plan is None:
        return None
    return SplitPlanDocument(
        placements=tuple(
            SplitPlacement(lot=lot, group=g, households=n)
            for (lot, g), n in sorted(plan.placed.items())
        ),
        trades=tuple(
            SplitTrade(responsible=o, host=i, group=g, period=t, households=n)
            for (o, i, g, t), n in sorted(plan.routed.items())
        ),
    )
