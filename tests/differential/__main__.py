"""Compare the engine with the oracle: python -m tests.differential --problems 3000 --seed 5."""

import argparse
import json
import sys
import time
from pathlib import Path
from tempfile import gettempdir

from tests.differential.asking import Oracle, Row, running_oracle
from tests.differential.comparing import disagreement
from tests.differential.regions import region
from tests.differential.shrinking import smallest


def main() -> int:
    """Compare a range of problems; give 1 when there is a difference."""
    parser = argparse.ArgumentParser(prog="python -m tests.differential", description=__doc__)
    parser.add_argument("--problems", type=int, default=500, help="how many")
    parser.add_argument("--seed", type=int, default=3, help="another seed, other problems")
    parser.add_argument("--first", type=int, default=0, help="number of the first problem")
    parser.add_argument("--shrink", action="store_true", help="leave out what does not matter")
    parser.add_argument("--document", type=Path, help="compare this one problem document instead")
    asked = parser.parse_args()
    begin = time.monotonic()
    with running_oracle() as oracle:
        if asked.document is not None:
            document = json.loads(asked.document.read_bytes())
            return int(_compare(oracle, document, asked.document.stem, asked.shrink))
        numbers = range(asked.first, asked.first + asked.problems)
        wrong = sum(
            _compare(oracle, region(asked.seed, n), f"{asked.seed}-{n}", asked.shrink)
            for n in numbers
        )
    seconds = time.monotonic() - begin
    sys.stdout.write(f"{len(numbers)} problems, {wrong} differences, {seconds:.0f} s\n")
    return int(wrong > 0)


def _compare(oracle: Oracle, document: Row, name: str, shrink: bool) -> bool:
    found = disagreement(oracle, document)
    if not found:
        return False
    if shrink:
        document = smallest(document, lambda smaller: bool(disagreement(oracle, smaller)))
        found = disagreement(oracle, document)
    kept = Path(gettempdir()) / f"evenwicht-difference-{name}.json"
    kept.write_text(json.dumps(document), encoding="utf-8")
    sys.stdout.write("\n  ".join([f"{name} {kept}", *found]) + "\n")
    sys.stdout.flush()
    return True


if __name__ == "__main__":
    sys.exit(main())
