"""Write down, for the peer, the plans that keep O1 to O3, and the levels of O4 in each of them.

`python -m tests.bench.peer_polytope PROBLEM.json OUT.npz`

Plain arrays in a file, because HiGHS, which the peer uses, cannot be in one process with
OR-Tools. The program is the straightforward one: the peer gets nothing that the engine thought
of, and nothing that its user would not write.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from services.allocator.translate import instance_of
from shared.contract.reading import read_problem
from tests.bench.plain_model import PlainModel
from tests.bench.plain_program import Terms
from tests.bench.plain_stages import STAGES, municipal_levels

FIRST = ("commitments", "waiting", "shopping")


def main(problem: Path, out: Path) -> None:
    """Solve O1 to O3 and write what is left."""
    model = PlainModel(instance_of(read_problem(problem.read_bytes())))
    for name in FIRST:
        list(STAGES[name](model))
    program, levels = model.program, municipal_levels(model)
    np.savez(
        out,
        columns=np.array(program.columns),
        rows=np.array([(lower, upper) for lower, upper, _ in program.rows]),
        row_entries=_entries([terms for _, _, terms in program.rows]),
        level_entries=_entries(list(levels.values())),
        municipalities=np.array([i for i, _ in levels]),
    )


def _entries(sums: Sequence[Terms]) -> NDArray[np.float64]:
    """Row, column and value of everything in a matrix that is not zero."""
    return np.array([(n, column, f) for n, terms in enumerate(sums) for column, f in terms.items()])


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
