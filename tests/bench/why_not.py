"""Ask "why not two fewer?" of a proposed plan, as a council does: over HTTP, after the proposal.

`python -m tests.bench.why_not PROBLEM.json` has the allocator solve the problem once, and then
tells for some numbers of the plan how long the answer takes in which they are forced.
"""

import json
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import httpx

from tests.bench.telling import tell
from tests.processes import Allocator, running_allocator, wait_until

QUESTIONS = 6
FEWER = 2
LONGEST = 600.0


def main(path: Path) -> None:
    """Ask for the plan, and then why not otherwise."""
    problem = json.loads(path.read_bytes())
    with TemporaryDirectory() as folder, running_allocator(Path(folder)) as allocator:
        plan, _ = _answer(allocator, problem)
        for municipality, group, households in _questions(problem, plan):
            forced = {
                "id": "why-not",
                "municipality": municipality,
                "group": group,
                "households": households,
                "reason": "Why not?",
            }
            asked = {**problem, "pins": [*problem["pins"], forced]}
            answer, seconds = _answer(allocator, asked)
            solving = answer["provenance"]["wallSeconds"]
            tell(forced=forced, seconds=seconds, solveSeconds=solving, status=answer["status"])


def _questions(problem: dict[str, Any], plan: dict[str, Any]) -> Iterator[tuple[str, str, int]]:
    """Numbers from all over the plan, each with some households fewer."""
    municipality = {lot["id"]: lot["municipality"] for lot in problem["supply"]}
    hosted: Counter[tuple[str, str]] = Counter()
    for row in plan["placements"]:
        hosted[municipality[row["lot"]], row["group"]] += row["households"]
    large = [(cell, n) for cell, n in sorted(hosted.items()) if n >= FEWER]
    for (i, g), households in large[:: len(large) // QUESTIONS][:QUESTIONS]:
        yield i, g, households - FEWER


def _answer(allocator: Allocator, problem: dict[str, Any]) -> tuple[dict[str, Any], float]:
    # People read an answer before they ask on; by then the next process is there.
    wait_until(lambda: len(allocator.spares()) == 1, "a process waits for a problem")
    document, start = json.dumps(problem).encode(), time.perf_counter()
    answer = httpx.post(f"{allocator.url}/v1/allocations", content=document, timeout=LONGEST)
    seconds = time.perf_counter() - start
    answer.raise_for_status()
    found: dict[str, Any] = answer.json()
    return found, seconds


if __name__ == "__main__":
    main(Path(sys.argv[1]))
