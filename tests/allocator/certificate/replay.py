"""Replay a solve from its certificate: sums of products instead of a solver.

The stages run as they do in a solve, but each optimum comes from the dual values in the result.
A bound is their product with the sides of the rows, plus that of the reduced costs with the
bounds of the columns (weak duality); what is tight there is fixed for the stages after it.
"""

from collections import deque
from collections.abc import Mapping

from services.allocator.model.build import build
from services.allocator.model.linear_model import INFINITY, LinearModel
from services.allocator.problem.instance import Instance
from services.allocator.solve.clock import Clock
from services.allocator.solve.face import Face
from services.allocator.solve.linear_program import Basis, Vertex
from services.allocator.solve.objective import Objective
from services.allocator.solve.stages import stage_parts
from shared.contract.result import StageCertificate

NOISE = 1e-9


class Replay:
    """A linear program whose answers are read from a certificate."""

    def __init__(
        self, model: LinearModel, objective: Objective, steps: deque[StageCertificate]
    ) -> None:
        self.model, self.objective, self.steps = model, objective, steps
        self.columns = range(len(model.column_names))

    def change_bounds(self, columns: Mapping[int, object], rows: Mapping[int, object]) -> None:
        """The model itself is narrowed too, and is read anew at each step."""

    def minimise(self) -> tuple[Vertex, Basis]:
        duals = {dual.row: dual.value for dual in self.steps.popleft().duals}
        model = self.model
        reduced = [self.objective.get(column, 0.0) for column in self.columns]
        bound, prices = 0.0, {}
        for row, name in enumerate(model.row_names):
            price = duals.get(name, 0.0)
            if price:
                prices[row] = price
                bound += _side(price, model.row_lower[row], model.row_upper[row])
                pairs = zip(model.row_columns[row], model.row_values[row], strict=True)
                for column, value in pairs:
                    reduced[column] -= price * value
        costs = {column: cost for column, cost in enumerate(reduced) if abs(cost) > NOISE}
        for column, cost in costs.items():
            bound += _side(cost, model.column_lower[column], model.column_upper[column])
        movable = {c: d for c, d in costs.items() if model.column_lower[c] < model.column_upper[c]}
        return Vertex(bound, {}, prices, movable), Basis()


def _side(price: float, lower: float, upper: float) -> float:
    side = lower if price > 0 else upper
    return price * side if abs(side) < INFINITY or abs(price) > NOISE else 0.0


class ReplayedFace(Face):
    """A face that narrows by what a certificate says."""

    def __init__(self, model: LinearModel, steps: deque[StageCertificate]) -> None:
        super().__init__(model, Clock())
        self.steps = steps

    def open(self, objective: Objective) -> Replay:  # type: ignore[override]
        return Replay(self.model, objective, self.steps)


def replayed_bounds(
    instance: Instance, certificate: tuple[StageCertificate, ...]
) -> list[tuple[str, float]]:
    """Compute the bound of every step from the certificate alone."""
    model, x = build(instance)
    face = ReplayedFace(model, deque(certificate))
    return [
        (part.name, step.bound)
        for stage in instance.stages
        for part in stage_parts(stage, face, x, instance)
        for step in part.steps
    ]
