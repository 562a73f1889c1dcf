"""O4, O5: inequalities between levels that nobody can improve on without taking from a lower one.

A proof is a sum of rules that says: weight * households, summed over some cells, is at most a
number in every plan. Where the claimed levels reach that number, a cell of the sum can rise only
when another falls; and where it has the highest level in the sum, that other is no higher. When
that holds of every cell, the levels are the leximin: FORMULATION.md, section 5.2.
"""

from collections.abc import Mapping, Sequence

from services.allocator.certificate.bound import Bound, Unproven
from services.allocator.certificate.replay import Duals, Replay
from services.allocator.model.objectives.fairness import Cells
from services.allocator.problem.outcome import Cell, Levels
from shared.contract.certificate import Proof

AS_STATED = 1e-7
"""Part of a fair share that a level may be off."""


def prove_levels(
    replay: Replay, cells: Cells, proofs: Sequence[Proof], claimed: Mapping[Cell, float]
) -> list[tuple[Duals, Bound]]:
    """Check that levels are the leximin on this face.

    Returns
    -------
    The inequalities that every plan with these levels reaches.

    Raises
    ------
    Unproven
        When some level is not proven.
    """
    if claimed.keys() != cells.fair.keys():
        raise Unproven("The levels are of other municipalities and groups than are compared.")
    for cell, row in cells.floor.items():
        replay.model.row_lower[row] = cells.fair[cell] * claimed[cell]
    reached, kept = [], set()
    for proof in proofs:
        duals = replay.duals(proof.duals)
        reached.append((duals, _reached(replay, cells, duals)))
        kept |= _kept(replay, cells, proof, duals, claimed)
    if missing := sorted(cells.floor[cell] for cell in cells.floor.keys() - kept):
        raise Unproven(f"Nothing keeps {replay.model.row_names[missing[0]]} from rising.")
    return reached


def loosen_levels(replay: Replay, cells: Cells, levels: Levels, slack: float) -> None:
    """Let every level fall by a slack."""
    for cell, row in cells.floor.items():
        replay.model.row_lower[row] = cells.fair[cell] * max(0.0, levels[cell] - slack)


def _reached(replay: Replay, cells: Cells, duals: Duals) -> Bound:
    """With the levels as floors, the inequality says 0 >= bound; it is reached where that is 0."""
    weight = sum(duals.get(row, 0.0) * cells.fair[cell] for cell, row in cells.floor.items())
    bound = replay.prove({}, duals)
    if abs(bound.value) > AS_STATED * weight:
        raise Unproven(f"Levels miss their inequality by {-bound.value:.3g} households.")
    return bound


def _kept(
    replay: Replay, cells: Cells, proof: Proof, duals: Duals, claimed: Mapping[Cell, float]
) -> set[Cell]:
    """Name the cells that a proof keeps; none in it with a weight that matters is higher."""
    weights = {c: duals[row] * cells.fair[c] for c, row in cells.floor.items() if row in duals}
    named = {replay.model.row_names[cells.floor[cell]]: cell for cell in weights}
    for name in proof.keeps:
        if name not in named:
            raise Unproven(f"{name} is not in the inequality that is to keep it.")
        own, level = weights[named[name]], claimed[named[name]]
        # All that higher cells in the sum could give before they are as low as this one.
        given = sum(weight * max(0.0, claimed[cell] - level) for cell, weight in weights.items())
        if given > AS_STATED * own:
            raise Unproven(f"{name} is kept by an inequality with a higher level.")
    return {named[name] for name in proof.keeps}
