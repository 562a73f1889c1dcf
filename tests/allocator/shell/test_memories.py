"""What a solve leaves behind reaches the next one, in a process of its own."""

import json
from pathlib import Path
from typing import Any

import httpx
import pytest

from services.allocator.memories import MOST_FILES, Memories
from services.allocator.service import SolveLimits, allocate, allocate_again
from services.allocator.solve.memory import Memory
from shared.contract.problem import Problem
from shared.contract.reading import read_problem
from shared.contract.result import Result
from tests.allocator.shell.documents import MINI
from tests.processes import running_allocator

LIMITS = SolveLimits(time_limit=None, threads=1, seed=0)


class Solver:
    """The engine, that writes down what it was given to begin with."""

    def __init__(self, folder: Path) -> None:
        self.begun_with: list[Memory | None] = []
        self._solve = Memories(folder).used_by(self._again)

    def _again(self, *question: Any) -> tuple[Result, Memory | None]:
        self.begun_with.append(question[-1])
        return allocate_again(*question)

    def solve(self, problem: Problem) -> Result:
        return self._solve(problem, LIMITS, lambda progress: None)


def document() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(MINI.read_bytes())
    return found


def problem(**changes: Any) -> Problem:
    return read_problem(json.dumps(document() | changes).encode())


def needs(*more: int) -> list[dict[str, Any]]:
    """The first needs, each with so many households more."""
    rows = document()["needs"]
    for row, households in zip(rows, more, strict=False):
        row["households"] += households
    return list(rows)


def names(folder: Path) -> list[str]:
    return sorted(file.suffix for file in folder.iterdir())


def test_the_first_solve_of_a_region_begins_with_nothing_and_leaves_something(
    tmp_path: Path,
) -> None:
    solver = Solver(tmp_path)
    solver.solve(problem())
    assert solver.begun_with == [None]
    assert names(tmp_path) == [".json", ".rows"]


def test_a_what_if_begins_where_the_plan_ended_and_leaves_nothing_itself(tmp_path: Path) -> None:
    solver = Solver(tmp_path)
    solver.solve(problem())
    before = {file.name for file in tmp_path.iterdir()}
    found = solver.solve(problem(needs=needs(1)))
    assert solver.begun_with[1] is not None
    assert {file.name for file in tmp_path.iterdir()} == before
    alone = allocate(problem(needs=needs(1)), LIMITS, lambda progress: None)
    assert found.provenance.plan_hash == alone.provenance.plan_hash


def test_of_several_the_most_similar_is_used(tmp_path: Path) -> None:
    solver = Solver(tmp_path)
    solver.solve(problem())
    solver.solve(problem(needs=needs(1, 1, 1)))
    solver.solve(problem(needs=needs(1, 1, 1, 1)))
    _, first, second = solver.begun_with
    assert first is not None
    assert second is not None
    assert first != second


def test_another_region_has_no_use_for_it(tmp_path: Path) -> None:
    solver = Solver(tmp_path)
    solver.solve(problem())
    solver.solve(problem(stages=[{"objective": "waiting"}]))
    assert solver.begun_with == [None, None]


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b'{"columns": 1}', b"\xff"])
def test_a_damaged_file_costs_time_and_nothing_else(tmp_path: Path, damage: bytes) -> None:
    solver = Solver(tmp_path)
    first = solver.solve(problem())
    (file,) = tmp_path.glob("*.json")
    file.write_bytes(damage)
    again = solver.solve(problem())
    assert solver.begun_with == [None, None]
    assert again.provenance.plan_hash == first.provenance.plan_hash


def test_the_newest_are_kept(tmp_path: Path) -> None:
    solver = Solver(tmp_path)
    for households in range(MOST_FILES + 3):
        solver.solve(problem(needs=needs(*[10 * households] * 3)))
    assert names(tmp_path) == [".json"] * MOST_FILES + [".rows"] * MOST_FILES


def test_a_folder_that_is_gone_stops_nobody(tmp_path: Path) -> None:
    found = Solver(tmp_path / "gone").solve(problem())
    assert found.status == "optimal"


def test_the_next_process_begins_where_the_last_one_ended_and_both_leave_no_trace(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = tmp_path / "left"
    left.mkdir()
    monkeypatch.setenv("TMPDIR", str(left))
    with running_allocator(tmp_path) as allocator:
        url = f"{allocator.url}/v1/allocations"
        bodies = [problem(), problem(needs=needs(1))]
        answers = [
            httpx.post(url, content=body.model_dump_json(by_alias=True), timeout=60.0).json()
            for body in bodies
        ]
        assert [names(folder) for folder in left.iterdir()] == [[".json", ".rows"]]
    for body, answer in zip(bodies, answers, strict=True):
        alone = allocate(body, LIMITS, lambda progress: None)
        assert answer["provenance"]["planHash"] == alone.provenance.plan_hash
    assert list(left.iterdir()) == []
