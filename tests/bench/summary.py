"""Tell what a result of `evenwicht solve` says about its stages, and how long each took.

`python -m tests.bench.summary RESULT.json`, in a process of its own: a national result is large.
"""

import json
import sys
from pathlib import Path
from typing import Any

from tests.bench.telling import tell


def main(path: Path) -> None:
    """One line per stage, as the other programs tell theirs, and one for the whole solve."""
    result = json.loads(path.read_bytes())
    for stage in result["stages"]:
        tell(
            objective=stage["objective"],
            tier=stage["tier"],
            reference=stage["reference"],
            levels=[level for level in result["levels"] if _is_of(level, stage["objective"])],
            seconds=stage["seconds"],
        )
    tell(solveSeconds=result["provenance"]["wallSeconds"], status=result["status"])


def _is_of(level: dict[str, Any], objective: str) -> bool:
    return objective == ("municipalFairness" if level.get("group") is None else "groupFairness")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
