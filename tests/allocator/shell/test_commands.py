"""What somebody at a terminal sees of `evenwicht solve` and `evenwicht verify`."""

import json
from pathlib import Path

from tests.allocator.shell.documents import (
    FOUR_PROBLEM,
    FOUR_RESULT,
    MINI,
    changed,
    contradiction,
)
from tests.processes import run_evenwicht


def test_a_right_result_is_accepted() -> None:
    run = run_evenwicht("verify", str(FOUR_PROBLEM), str(FOUR_RESULT))

    assert run.stdout.endswith("accepted\n")
    assert "waiting" in run.stdout
    assert run.returncode == 0


def test_a_result_that_loses_its_placements_is_refused_by_rule(tmp_path: Path) -> None:
    wrong = changed(FOUR_RESULT, tmp_path / "wrong.json", placements=[])

    run = run_evenwicht("verify", str(FOUR_PROBLEM), str(wrong))

    assert "C2" in run.stdout
    assert run.stdout.endswith("refused\n")
    assert run.returncode == 1


def test_verifying_does_not_load_the_solver() -> None:
    run = run_evenwicht(
        "verify", str(FOUR_PROBLEM), str(FOUR_RESULT), env={"PYTHONPROFILEIMPORTTIME": "1"}
    )

    assert "shared.verify" in run.stderr
    assert "ortools" not in run.stderr


def test_a_file_that_is_not_there_is_not_called_a_refusal(tmp_path: Path) -> None:
    run = run_evenwicht("verify", str(FOUR_PROBLEM), str(tmp_path / "nowhere.json"))

    assert "nowhere.json cannot be read: No such file or directory." in run.stderr
    assert run.returncode == 2


def test_verify_takes_one_document_from_stdin() -> None:
    run = run_evenwicht("verify", "-", str(FOUR_RESULT), stdin=FOUR_PROBLEM.read_text())

    assert run.returncode == 0


def test_verify_cannot_take_both_documents_from_stdin() -> None:
    run = run_evenwicht("verify", "-", "-")

    assert "Only one of the two documents" in run.stderr
    assert run.returncode == 2


def test_solve_lists_every_fault_of_a_problem(tmp_path: Path) -> None:
    problem = changed(MINI, tmp_path / "problem.json", minNeed=-1, colour="red", schemaVersion="2")

    run = run_evenwicht("solve", str(problem), "-o", str(tmp_path / "result.json"))

    assert "has 3 faults" in run.stderr
    assert "/minNeed:" in run.stderr
    assert "/colour:" in run.stderr
    assert "/schemaVersion:" in run.stderr
    assert run.returncode == 1
    assert not (tmp_path / "result.json").exists()


def test_solve_refuses_a_key_that_is_given_twice() -> None:
    run = run_evenwicht("solve", "-", "-o", "-", stdin='{"periods": [], "periods": []}')

    assert "/periods: The key 'periods' is given more than once." in run.stderr
    assert run.stdout == ""
    assert run.returncode == 1


def test_solve_complains_of_a_missing_folder_before_the_work(tmp_path: Path) -> None:
    run = run_evenwicht("solve", str(MINI), "-o", str(tmp_path / "no" / "result.json"))

    assert "cannot be written" in run.stderr
    assert run.returncode == 2


def test_what_solve_writes_is_what_verify_accepts(tmp_path: Path) -> None:
    result = tmp_path / "result.json"

    solved = run_evenwicht("solve", str(MINI), "-o", str(result), "--threads", "1")
    verified = run_evenwicht("verify", str(MINI), str(result))

    assert solved.returncode == 0, solved.stderr
    assert "optimal: " in solved.stderr
    assert verified.stdout.endswith("accepted\n")


def test_solve_reads_stdin_and_writes_stdout() -> None:
    run = run_evenwicht("solve", "-", "-o", "-", stdin=MINI.read_text())

    assert json.loads(run.stdout)["status"] == "optimal"
    assert run.returncode == 0


def test_a_contradiction_is_named_and_still_written(tmp_path: Path) -> None:
    problem = contradiction(tmp_path / "problem.json")
    result = tmp_path / "result.json"

    run = run_evenwicht("solve", str(problem), "-o", str(result))

    assert "C5 ceiling" in run.stderr
    assert "C6 pin" in run.stderr
    assert json.loads(result.read_bytes())["status"] == "infeasible"
    assert run.returncode == 3


def test_a_contradiction_comes_with_what_would_help(tmp_path: Path) -> None:
    problem = contradiction(tmp_path / "problem.json")

    run = run_evenwicht("repairs", str(problem), "-o", "-")

    answer = json.loads(run.stdout)
    assert [rule["id"] for rule in answer["conflict"]] == ["ceiling", "pin"]
    assert "Smallest change of pins: 1 households\n  C6 pin: 3 -> 2\n" in run.stderr
    assert "Smallest change of ceilings: 1 households\n  C5 ceiling: 2 -> 3\n" in run.stderr
    assert run.returncode == 3


def test_commitments_that_can_be_kept_need_no_repairs() -> None:
    run = run_evenwicht("repairs", str(MINI), "-o", "-", "--time-limit", "60")

    assert run.stderr == "Every commitment can be kept.\n"
    assert json.loads(run.stdout)["repairs"] == []
    assert run.returncode == 0
