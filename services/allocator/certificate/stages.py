"""One stage after the other: its proof, what it leaves free, and whether it can be reached."""

from collections import deque
from collections.abc import Mapping

from services.allocator.certificate.bound import Bound, Unproven
from services.allocator.certificate.levels import loosen_levels, prove_levels
from services.allocator.certificate.reached import check_reached
from services.allocator.certificate.replay import Duals, Objective, Replay
from services.allocator.certificate.routes import open_needed_routes
from services.allocator.model.objectives import housing, shopping
from services.allocator.model.stages import LEXIMIN, SIMPLE
from services.allocator.problem.instance import Instance
from services.allocator.problem.outcome import Levels, StageKey
from shared.contract.certificate import Certificate, StageProof
from shared.contract.result import Level, StageOutcome
from shared.verify.numbers import agrees


class Stages:
    """The stages of a certificate, on the optimal face of the ones before."""

    def __init__(
        self, instance: Instance, certificate: Certificate, levels: tuple[Level, ...]
    ) -> None:
        self._replay = Replay(instance, certificate.found)
        self._left = deque(certificate.stages)
        self._levels = levels

    def settle(self, outcome: StageOutcome, slack: float) -> float | None:
        """Check the proof of the next stage, and keep what it leaves free.

        Returns
        -------
        The bound in the unit of the stage; of levels the lowest; None where none are compared.

        Raises
        ------
        Unproven
            When the stage does not follow from what the certificate gives.
        """
        proof = self._next(outcome)
        if outcome.objective in LEXIMIN:
            return self._settle_levels(outcome, proof, slack)
        key = outcome.objective, outcome.tier
        objective = objective_of(self._replay, key, _prices(proof), slack)
        sign = -1.0 if outcome.objective == "suitability" else 1.0
        duals = self._replay.duals(_prices(proof))
        bound = self._prove(objective, duals, sign * (outcome.reference or 0.0))
        self._keep([(duals, bound)], proof, slack if objective else 0.0)
        if slack > 0:
            row = f"{outcome.objective}.slack[{outcome.tier}]"
            self._replay.model.add_row(row, objective.items(), upper=bound.value + slack)
        return sign * bound.value + 0.0

    def check_end(self) -> None:
        """Refuse proofs of stages that the result does not have."""
        if self._left:
            raise Unproven(f"There is a proof of {self._left[0].objective}, and no such stage.")

    def _next(self, outcome: StageOutcome) -> StageProof:
        if not self._left:
            raise Unproven("The stage has no proof.")
        proof = self._left.popleft()
        if (proof.objective, proof.tier) != (outcome.objective, outcome.tier):
            raise Unproven(f"The next proof is of {proof.objective}.")
        return proof

    def _prove(self, objective: Objective, duals: Duals, claimed: float) -> Bound:
        bound = self._replay.prove(objective, duals)
        if not agrees(claimed, bound.value):
            raise Unproven(f"The dual values prove {bound.value:.9g}, not {claimed:.9g}.")
        return bound

    def _settle_levels(
        self, outcome: StageOutcome, proof: StageProof, slack: float
    ) -> float | None:
        model, x, instance = self._replay.model, self._replay.x, self._replay.instance
        cells = LEXIMIN[outcome.objective](model, x, instance)
        of_groups = outcome.objective == "groupFairness"
        rows = (row for row in self._levels if (row.group is not None) == of_groups)
        levels: Levels = {(row.municipality, row.group): row.level for row in rows}
        proven = prove_levels(self._replay, cells, proof.proofs, levels)
        self._keep(proven, proof, slack if levels else 0.0)
        if slack > 0:
            loosen_levels(self._replay, cells, levels, slack)
        return min(levels.values(), default=None)

    def _keep(self, proven: list[tuple[Duals, Bound]], proof: StageProof, slack: float) -> None:
        """Narrow to what reaches the stage, see that this exists, and with a slack go back.

        Without slack the plan of a later stage shows that it exists.
        """
        before = self._replay.model.bounds()
        for duals, bound in proven:
            self._replay.narrow(duals, bound)
        if proof.reached_by is not None:
            check_reached(self._replay, proof.reached_by)
        elif slack > 0 or not self._left:
            raise Unproven("No plan shows that it can be reached.")
        if slack > 0:
            self._replay.model.restore(before)


def objective_of(
    replay: Replay, key: StageKey, prices: Mapping[str, float], slack: float
) -> Objective:
    """Add the columns and rows of a stage; of routes those that its prices do not rule out."""
    name, tier = key
    model, x, instance = replay.model, replay.x, replay.instance
    if tier is not None:
        return housing.waiting(model, x, instance, tier)
    if name == "shopping.max":
        return shopping.largest_pull(model, x, instance)
    if name == "shopping.sum":
        return shopping.weighted_pull(model, x, instance)
    if name == "distance":
        return open_needed_routes(replay, prices, everything=slack > 0)
    return SIMPLE[name](model, x, instance)


def _prices(proof: StageProof) -> Mapping[str, float]:
    if len(proof.proofs) > 1:
        raise Unproven("It has more than one proof.")
    return proof.proofs[0].duals if proof.proofs else {}
