"""Change the homes of one lot and solve again, as a planner does in a meeting.

`python -m tests.bench.what_if PROBLEM.json` solves the problem once, and then tells for each of
some lots how long the changed document takes, reading included.
"""

import json
import sys
import time
from pathlib import Path
from typing import Any

from services.allocator.own_process import become_quick
from services.allocator.service import SolveLimits, allocate_again
from services.allocator.solve.memory import Memory
from shared.contract.reading import read_problem
from tests.bench.telling import tell

LOTS = 6
LARGE_ENOUGH = 10
MORE = 1.2
LESS = 0.8


def main(path: Path) -> None:
    """Solve once, then once per change from where that ended."""
    become_quick()
    problem = json.loads(path.read_bytes())
    _, memory = _solved(problem, None)
    for lot, factor in _changes(problem["supply"]):
        before = lot["reported"], lot["potential"]
        lot["reported"], lot["potential"] = (round(factor * units) for units in before)
        told, _ = _solved(problem, memory)
        tell(lot=lot["id"], reported=lot["reported"], **told)
        lot["reported"], lot["potential"] = before


def _changes(supply: list[dict[str, Any]]) -> list[tuple[dict[str, Any], float]]:
    """Lots from all over the region, one with more homes, the next with fewer."""
    large = [lot for lot in supply if lot["reported"] >= LARGE_ENOUGH]
    chosen = large[:: len(large) // LOTS][:LOTS]
    return [(lot, LESS if n % 2 else MORE) for n, lot in enumerate(chosen)]


def _solved(problem: dict[str, Any], before: Memory | None) -> tuple[dict[str, Any], Memory | None]:
    document = json.dumps(problem).encode()
    start, worked = time.perf_counter(), time.process_time()
    limits = SolveLimits(time_limit=None, threads=1, seed=0)
    result, memory = allocate_again(read_problem(document), limits, lambda progress: None, before)
    told = {
        "seconds": time.perf_counter() - start,
        "processorSeconds": time.process_time() - worked,
        "solveSeconds": result.provenance.wall_seconds,
        "status": result.status,
    }
    return told, memory


if __name__ == "__main__":
    main(Path(sys.argv[1]))
