"""Read problem documents, one a line; write what they lead to, one a line."""

import json
import os
import sys
from typing import Any

from tests.differential.oracle.region import Region
from tests.differential.oracle.stages import references
from tests.differential.oracle.whole import best_in_whole


def main() -> None:
    """Answer until there are no more documents."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    # HiGHS says its name on standard output whenever it starts; only answers belong there.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    for line in sys.stdin:
        region = Region(line)
        answer: dict[str, Any]
        try:
            answer = {"stages": references(region), "whole": best_in_whole(region)}
        except ArithmeticError as fault:
            answer = {"failed": repr(fault)}
        answers.write(json.dumps(answer) + "\n")
        answers.flush()


if __name__ == "__main__":
    main()
