"""Solve a problem the straightforward way, and tell each stage when it is done.

`python -m tests.bench.straightforward PROBLEM.json`
"""

import sys
import time
from pathlib import Path

from services.allocator.translate import instance_of
from shared.contract.reading import read_problem
from tests.bench.plain_model import PlainModel
from tests.bench.plain_stages import solve_plainly
from tests.bench.telling import tell


def main(path: Path) -> None:
    """Solve all stages; the first stage's seconds include writing down the rules."""
    problem = read_problem(path.read_bytes())
    start = time.perf_counter()
    for stage in solve_plainly(PlainModel(instance_of(problem))):
        now = time.perf_counter()
        tell(
            objective=stage.objective,
            tier=stage.tier,
            reference=stage.reference,
            levels=[
                {"municipality": i, "group": g, "level": level}
                for (i, g), level in stage.levels.items()
            ],
            seconds=now - start,
        )
        start = now


if __name__ == "__main__":
    main(Path(sys.argv[1]))
