"""The commands that show everything: one that ends by itself, and one that keeps serving."""

import os
import re
import signal
from contextlib import suppress
from pathlib import Path

import httpx

from tests.processes import EVENWICHT, answers, free_tcp_port, run_evenwicht, running


def working_in(folder: Path, command: str = "") -> list[int]:
    """List the processes whose settings mention this folder, and that run this command."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            ours = str(folder).encode() in (process / "environ").read_bytes()
            if ours and command.encode() in (process / "cmdline").read_bytes():
                found.append(int(process.name))
    return found


def test_the_demo_prints_a_plan_for_every_municipality_and_leaves_nothing_running(
    tmp_path: Path,
) -> None:
    env = {"TMPDIR": str(tmp_path)}
    done = run_evenwicht("demo", "--lang", "en", "--time-limit", "20", env=env)
    assert done.returncode == 0, done.stderr
    assert "Proposal per municipality, 2027–2031 (households)" in done.stdout
    assert "3167 rows added" in done.stderr
    assert "Amsterdam" in done.stdout
    assert "Zaanstad" in done.stdout
    assert "sha256:" in done.stdout
    assert working_in(tmp_path) == []
    assert list(tmp_path.iterdir()) == []


def test_the_system_serves_until_it_is_interrupted(tmp_path: Path) -> None:
    port = free_tcp_port()
    url = f"http://127.0.0.1:{port}/v1"
    command = [*EVENWICHT, "run", "--lang", "en", "--port", str(port), "--folder", str(tmp_path)]
    log = tmp_path / "run.log"
    with running(command, log, lambda: "Stop with Ctrl-C" in log.read_text()) as process:
        assert httpx.get(f"{url}/municipalities").status_code == 401
        (key,) = re.findall(r"Authorization: (Bearer evw_\S+)", log.read_text())
        answer = httpx.get(f"{url}/municipalities", headers={"Authorization": key})
        assert answer.json()["total"] == 30
        assert answers(f"{url}/docs")
        assert len(working_in(tmp_path)) >= 3
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 130
    assert working_in(tmp_path) == []


def test_the_sample_region_needs_an_api() -> None:
    done = run_evenwicht("load-sample", "--api-url", f"http://127.0.0.1:{free_tcp_port()}")
    assert done.returncode == 1
    assert "The API cannot be reached" in done.stderr


def test_when_one_part_dies_all_of_it_stops_and_says_which(tmp_path: Path) -> None:
    command = [*EVENWICHT, "run", "--lang", "en", "--folder", str(tmp_path)]
    log = tmp_path / "run.log"
    with running(command, log, lambda: "Stop with Ctrl-C" in log.read_text()) as process:
        (worker,) = working_in(tmp_path, "services.commands\0worker")
        os.kill(worker, signal.SIGKILL)
        assert process.wait(30) == 1
    assert "worker ended with exit code -9" in log.read_text()
    assert working_in(tmp_path) == []
