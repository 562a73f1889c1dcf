"""What a certificate says of the plan, in one sentence."""

from collections.abc import Sequence

from services.allocator.certificate.check import Proven
from shared.contract.stages import StageName
from shared.verify.objectives import named

UNITS: dict[StageName, str] = {
    "commitments": "households",
    "waiting": "household-periods",
    "shopping.max": "of a need",
    "shopping.sum": "of a need",
    "municipalFairness": "of a fair share",
    "groupFairness": "of a fair share",
    "suitability": "value",
    "extraCapacity": "units",
    "distance": "household-km",
    "stability": "households",
}
ROUNDING = 1e-6
"""What a result states is rounded; less than this is no difference."""


def how_far(proven: Sequence[Proven]) -> str:
    """Say how far the plan is from proven at worst.

    Up to the first stage in which the plan is off its bound, it is proven to be the best. A
    later bound holds for plans that reach all bounds before it, which this one does not.
    """
    first = next((row for row in proven if row.off is not None and row.off > ROUNDING), None)
    if not proven:
        return "Nothing is proven: no stage was solved."
    if first is None:
        return "The plan reaches every bound: it is proven that none is better."
    stage = first.stage
    before = proven.index(first)
    until = f"The plan is the best in the first {before} of its stages. " if before else ""
    return (
        f"{until}At worst it is {first.off:.6g} {UNITS[stage.objective]} from the best in"
        f" {named(stage.objective, stage.tier)}; later bounds are of plans that reach this one."
    )
