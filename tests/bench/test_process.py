"""A process is measured for itself: its own time, its own memory, and its own end."""

import sys

import pytest

from tests.bench.process import run

MEASURE_TWO = """
import json, sys
from tests.bench.process import run
small, large = (run([sys.executable, "-c", f"b'x' * {n}"], 60) for n in (1, 100_000_000))
print(json.dumps({"difference": large.megabytes - small.megabytes}))
"""


def python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def test_the_memory_is_that_of_the_process_itself() -> None:
    # This test itself is too large to measure memory.
    measured = run(python(MEASURE_TWO), most_seconds=60)

    assert measured.lines[0]["difference"] == pytest.approx(100, abs=10)


def test_what_it_tells_is_kept_and_what_a_solver_says_is_not() -> None:
    told = run(python("print('HiGHS 1.16'); print('{\"seconds\": 2}')"), most_seconds=60)

    assert told.lines == [{"seconds": 2}]


def test_who_takes_too_long_is_stopped_and_what_was_told_is_kept() -> None:
    endless = "import sys, threading\nprint('{}', flush=True)\nthreading.Event().wait()"

    stopped = run(python(endless), most_seconds=2.0)

    assert stopped.stopped
    assert stopped.lines == [{}]


def test_who_fails_is_told_with_its_complaint() -> None:
    with pytest.raises(RuntimeError, match="no such case"):
        run(python("raise SystemExit('no such case')"), most_seconds=60)


def test_who_measures_loads_no_solver() -> None:
    loaded = "import json, sys, tests.bench.__main__; print(json.dumps({'all': [*sys.modules]}))"

    modules = run(python(loaded), most_seconds=60).lines[0]["all"]
    assert {"numpy", "ortools", "pydantic"}.isdisjoint(modules)
