"""What proves the references of a result, so that anyone can check them without a solver.

A row is named as in `services/allocator/model/FORMULATION.md`: its tag, what it says, and ids.
"""

from typing import Annotated

from pydantic import Field

from shared.contract.fields import Finite, Id, Rows, Strict, Text
from shared.contract.stages import StageName

Positive = Annotated[float, Field(gt=0, allow_inf_nan=False)]


class FoundRow(Strict):
    """A demand row of a group that was found while solving.

    The placements of each host up to its period in `until` are no more than the households that
    may reach them by then; once it is decided who is `served`, no more of each municipality than
    are served in all.
    The n-th of a certificate is the row `C8.reach[group,n]`.
    """

    group: Id
    until: dict[Id, Id]
    served: bool = False


class Proof(Strict):
    """Dual values by the name of the row, where they are not zero.

    In a leximin stage they add up to an inequality between levels, and `keeps` names the floors
    that it keeps from rising.
    """

    duals: dict[Text, Finite]
    keeps: Rows[Text] = ()


class SplitPlacement(Strict):
    """Households of a group in a lot, in parts of households."""

    lot: Id
    group: Id
    households: Positive


class SplitTrade(Strict):
    """Households of a responsible municipality at a host, in parts of households."""

    responsible: Id
    host: Id
    group: Id
    period: Id
    households: Positive


class SplitPlan(Strict):
    """A plan in parts of households that reaches what is proven."""

    placements: Rows[SplitPlacement]
    trades: Rows[SplitTrade]


class StageProof(Strict):
    """What proves one stage: one proof, or in a leximin stage one per inequality.

    `reached_by` is a plan that is as good as the stages up to this one allow. The last stage
    has one, which reaches all stages, and so has each stage with a slack.
    """

    objective: StageName
    tier: int | None = None
    proofs: Rows[Proof]
    reached_by: SplitPlan | None = None


class Certificate(Strict):
    """Proofs of all stages that were solved, in their order."""

    found: Rows[FoundRow] = ()
    stages: Rows[StageProof]
