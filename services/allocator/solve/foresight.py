"""The levels that known inequalities allow, worked out without a program of the region."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from services.allocator.model.linear_model import INFINITY
from services.allocator.problem.outcome import Cell, Levels
from services.allocator.solve.witness import SAME_LEVEL, Inequalities, Witness


@dataclass(frozen=True)
class Standing:
    """Levels up to a height, with what proves each; above it, the most that each can be."""

    height: float
    most: Mapping[Cell, float]
    proof: Mapping[Cell, Witness]


Again = Callable[[set[Cell], Levels], tuple[Levels, dict[Cell, Witness]]]
"""Gives levels anew that depend on these cells, now that they have got theirs, and their proof."""


def nobody_else(stuck: set[Cell], levels: Levels) -> tuple[Levels, dict[Cell, Witness]]:
    """Where no level depends on another but by what is known."""
    return {}, {}


def foresee(
    now: Standing, known: Inequalities, again: Again, *, levels: int, height: float = -1.0
) -> Standing:
    """Go up the next levels, from the lowest.

    Parameters
    ----------
    levels
        How many to go up.
    height
        From where on to count them.
    """
    most, proof, reached = dict(now.most), dict(now.proof), now.height
    limits = known.kept_up_to(most)
    while levels > 0 or reached < height:
        ahead = min((level for level in most.values() if level > reached), default=None)
        if ahead is None:
            break
        limit = float(limits.min(initial=INFINITY))
        levels -= limit > reached >= height
        if limit >= ahead:
            reached = ahead
            continue
        stuck: set[Cell] = set()
        for k in np.flatnonzero(limits <= limit + SAME_LEVEL).tolist():
            witness = known.witnesses[k]
            cells = {c for c in witness.weights if most[c] >= limit - SAME_LEVEL}
            proof |= dict.fromkeys(cells, witness)
            stuck |= cells
        most |= dict.fromkeys(stuck, limit)
        found, why = again(stuck, most)
        most |= found
        proof |= why
        changed = known.about(stuck | found.keys())
        limits[changed] = known.kept_up_to(most, changed)
        reached = max(reached, limit)
    return Standing(reached, most, proof)
