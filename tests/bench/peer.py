"""Let `cvxpy_leximin`, the peer, find the levels of O4 on a set of plans in a file.

`python -m tests.bench.peer POLYTOPE.npz METHOD`, where the method is the peer's own name for it.
"""

import sys
import time
from pathlib import Path

import cvxpy
import numpy as np
from cvxpy_leximin import Leximin, Problem
from numpy.typing import NDArray
from scipy.sparse import csr_array

from tests.bench.telling import tell


def main(path: Path, method: str) -> None:
    """Find the levels, and tell them with the seconds that the peer took."""
    given = np.load(path)
    (low, high), (row_low, row_high) = given["columns"].T, given["rows"].T
    rows = _matrix(given["row_entries"], (len(row_low), len(low)))
    levels = _matrix(given["level_entries"], (len(given["municipalities"]), len(low)))
    start = time.perf_counter()
    plan = cvxpy.Variable(len(low), bounds=[low, high])
    equal, below, above = row_low == row_high, np.isfinite(row_high), np.isfinite(row_low)
    problem = Problem(
        Leximin(list(levels @ plan)),
        [
            rows[equal] @ plan == row_low[equal],
            rows[below & ~equal] @ plan <= row_high[below & ~equal],
            rows[above & ~equal] @ plan >= row_low[above & ~equal],
        ],
    )
    problem.solve(method=method, solver=cvxpy.HIGHS)
    seconds = time.perf_counter() - start
    found = levels @ plan.value
    tell(
        objective="municipalFairness",
        tier=None,
        reference=None,
        levels=[
            {"municipality": str(i), "group": None, "level": float(level)}
            for i, level in zip(given["municipalities"], found, strict=True)
        ],
        seconds=seconds,
    )


def _matrix(entries: NDArray[np.float64], shape: tuple[int, int]) -> csr_array:
    rows, columns, values = entries.T
    return csr_array((values, (rows.astype(int), columns.astype(int))), shape=shape)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
