"""What somebody at a terminal sees of `evenwicht verify --certificate`."""

from pathlib import Path

import pytest

from tests.allocator.certificate.proofs import certificate_of, proven_case, with_certificate
from tests.allocator.shell.documents import FOUR_PROBLEM, FOUR_RESULT, contradiction
from tests.allocator.solving import CASES
from tests.processes import run_evenwicht

PROBLEM = str(CASES / "mini-2.json")


@pytest.fixture
def result(tmp_path: Path) -> Path:
    """A result with its certificate, as it is written."""
    path = tmp_path / "result.json"
    path.write_text(proven_case("mini-2").model_dump_json(), encoding="utf-8")
    return path


def without_solver(folder: Path) -> dict[str, str]:
    """Surroundings in which the solver ends the process that imports it."""
    solver = folder / "path" / "ortools"
    solver.mkdir(parents=True)
    (solver / "__init__.py").write_text("raise SystemExit('the solver was imported')")
    return {"PYTHONPATH": str(solver.parent)}


def test_what_solve_proves_is_accepted_where_there_is_no_solver(tmp_path: Path) -> None:
    written = tmp_path / "result.json"

    solved = run_evenwicht("solve", PROBLEM, "-o", str(written), "--certificate")
    checked = run_evenwicht(
        "verify", PROBLEM, str(written), "--certificate", env=without_solver(tmp_path)
    )

    assert solved.returncode == 0, solved.stderr
    assert checked.stdout.endswith("accepted\n"), checked.stderr
    assert checked.returncode == 0


def test_solving_where_there_is_no_solver_ends_at_once(tmp_path: Path) -> None:
    run = run_evenwicht("solve", PROBLEM, "-o", "-", env=without_solver(tmp_path))

    assert "the solver was imported" in run.stderr


def test_every_stage_is_told_with_its_bound_and_how_far_the_plan_is(result: Path) -> None:
    run = run_evenwicht("verify", PROBLEM, str(result), "--certificate")

    lines = [" ".join(line.split()) for line in run.stdout.splitlines()]
    assert lines[0] == "stage proven bound plan at worst off by unit"
    assert "commitments 0 0 0 households" in lines
    assert "waiting, tier 1 548.22 549 0.78 household-periods" in lines
    assert lines[-2].startswith(
        "The plan is the best in the first 1 of its stages. At worst it is 0.78 household-periods"
        " from the best in waiting, tier 1;"
    )


def test_a_damaged_certificate_is_refused_by_stage(result: Path) -> None:
    stages = certificate_of(proven_case("mini-2")).stages[:1]
    damaged = with_certificate(proven_case("mini-2"), stages=stages)
    result.write_text(damaged.model_dump_json(), encoding="utf-8")

    run = run_evenwicht("verify", PROBLEM, str(result), "--certificate")

    assert "O1" in run.stdout
    assert run.stdout.endswith("refused\n")
    assert run.returncode == 1


def test_a_damaged_certificate_is_not_looked_at_when_nobody_asks(result: Path) -> None:
    damaged = with_certificate(proven_case("mini-2"), stages=())
    result.write_text(damaged.model_dump_json(), encoding="utf-8")

    assert run_evenwicht("verify", PROBLEM, str(result)).returncode == 0


def test_a_result_without_a_certificate_is_refused() -> None:
    run = run_evenwicht("verify", str(FOUR_PROBLEM), str(FOUR_RESULT), "--certificate")

    assert "The result has no certificate." in run.stdout
    assert run.returncode == 1


def test_where_no_plan_can_exist_there_is_nothing_to_prove(tmp_path: Path) -> None:
    problem, written = contradiction(tmp_path / "problem.json"), tmp_path / "result.json"
    run_evenwicht("solve", str(problem), "-o", str(written), "--certificate")

    run = run_evenwicht("verify", str(problem), str(written), "--certificate")

    assert "The result has no certificate." in run.stdout
    assert run.returncode == 1
