"""A hundred thousand rows: in time, and without the API growing with the file."""

import json
import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from hashlib import sha256
from itertools import product
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

import httpx
import pytest
from sqlalchemy import func, select, text

from services.api.database import reading, writing
from services.api.imports import limits
from services.api.needs.tables import needs
from tests.api.conftest import RunningApi
from tests.api.imports.sending import TEXT, apply, choose
from tests.api.rows import add, body
from tests.keys import administrator_key, bearer
from tests.processes import ROOT, answers, free_tcp_port, running

# Of the processor: the API's own work, however busy the machine is with other tests. The time on
# the clock is told beside it.
MOST_SECONDS = 20.0
MOST_TIMES_PLAIN = 14
"""On a machine so slow that this is more: as many times as long as plain work of the same kind."""
MOST_MB = 300
CODES = [f"GM{number:04}" for number in range(1, 51)]
GROUPS = [f"group_{number}" for number in range(40)]
PERIODS = [f"p{number}" for number in range(50)]
LINES = range(200_000)
HEADINGS = "municipality;group;period;low;likely;high;source;referenceDate;quality"


class Installation(NamedTuple):
    """An API process of its own, and a client of it."""

    client: httpx.Client
    process_id: int
    running: RunningApi


@pytest.fixture
def own_api(api: httpx.Client, running_api: RunningApi, tmp_path: Path) -> Iterator[Installation]:
    """A fresh API process on a database that is empty but for what rows refer to."""
    _import(api, "municipalities", [body("municipalities", code=code, name=code) for code in CODES])
    _import(api, "housing-forms", [body("housing-forms")])
    _import(api, "target-groups", [body("target-groups", id=group) for group in GROUPS])
    years = range(2001, 2051)
    _import(
        api,
        "periods",
        [
            body("periods", id=name, start=f"{year}-01-01", end=f"{year}-12-31")
            for name, year in zip(PERIODS, years, strict=True)
        ],
    )
    _look_empty(api, running_api)
    port = free_tcp_port()
    url = f"http://127.0.0.1:{port}"
    env = {"DATABASE_URL": running_api.database_url, "EVENWICHT_PORT": str(port)}
    command = (sys.executable, "-m", "services.api.main")
    log = tmp_path / "api.log"
    with running(command, log, lambda: answers(f"{url}/v1/health"), env) as process:
        headers = bearer(administrator_key(running_api.engine))
        with httpx.Client(base_url=url, headers=headers, timeout=600.0) as client:
            yield Installation(client, process.pid, running_api)


def _look_empty(api: httpx.Client, running_api: RunningApi) -> None:
    """Let PostgreSQL take the table for one that is always empty, as after many tests."""
    if running_api.engine.dialect.name == "postgresql":
        first = {"municipality": CODES[0], "group": GROUPS[0], "period": PERIODS[0]}
        row = add(api, "needs", **first)
        gone = api.delete(f"/v1/needs/{row['id']}", headers={"If-Match": "*"})
        assert gone.status_code == 204, gone.text
        with writing(running_api.engine) as session:
            session.execute(text("ANALYZE needs"))


def _import(api: httpx.Client, noun: str, rows: list[Any]) -> None:
    answer = api.post(f"/v1/{noun}/_import", json=rows)
    assert answer.status_code == 200, answer.text


def _file(likely: int) -> str:
    rest = f"90;{likely};120;CBS StatLine 85980NED;2026-01-01;published"
    cells = product(CODES, GROUPS, PERIODS)
    lines = [f"{code};{group};{period};{rest}" for code, group, period in cells]
    return "\n".join([HEADINGS, *lines])


def _peak_mb(process_id: int) -> int:
    """The most memory that a process ever held [MB]."""
    told = Path(f"/proc/{process_id}/status").read_text(encoding="utf-8")
    (line,) = (line for line in told.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) // 1000


def _peak_of_reader_mb(content: str) -> int:
    """The most memory that reading this file takes in its own process [MB]."""
    # What a process ever held is gone once it has ended, so it tells by itself.
    program = (
        "import sys; from services.api.imports.reader import main; "
        f"main(['--kind', 'csv', '--memory-mb', '{MOST_MB}', '--seconds', '30']); "
        "sys.stderr.write(open('/proc/self/status').read())"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], input=content.encode(), capture_output=True, cwd=ROOT,
        check=True,
    )  # fmt: skip
    (line,) = (line for line in done.stderr.decode().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) // 1000


def _rows(api: RunningApi) -> int:
    with reading(api.engine) as session:
        return session.scalars(select(func.count()).select_from(needs)).one()


class Took(NamedTuple):
    """Seconds of each step, and what applying did."""

    send: float
    preview: float
    apply: float
    apply_work: float
    done: Any


def _imported(api: Installation, content: str) -> Took:
    client = api.client
    began = time.monotonic()
    answer = client.post(
        "/v1/imports?noun=needs", content=content.encode(), headers={"Content-Type": TEXT}
    )
    assert answer.status_code == 201, answer.text
    columns = {name: name for name in HEADINGS.split(";")}
    address = choose(client, answer.json(), columns=columns, constants={})
    sent = time.monotonic()
    tag = client.get(f"{address}/preview", params={"limit": 1}).headers["ETag"]
    previewed, worked = time.monotonic(), _worked(api.process_id)
    done = apply(client, address, tag)
    assert done.status_code == 200, done.text
    applied = time.monotonic() - previewed
    work = _worked(api.process_id) - worked
    return Took(sent - began, previewed - sent, applied, work, done.json())


def _worked(process_id: int) -> float:
    """How long a process has had a processor [s]."""
    told = Path(f"/proc/{process_id}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")


def _plain_work() -> float:
    """How long this machine works on hashing and inserting rows, twice as many of them [s]."""
    began = time.process_time()
    rows = ((n, sha256(json.dumps({"row": n, "likely": 100.0}).encode()).digest()) for n in LINES)
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute("CREATE TABLE plain (id INTEGER PRIMARY KEY, hash BLOB UNIQUE)")
        database.executemany("INSERT INTO plain VALUES (?, ?)", rows)
    return time.process_time() - began


def test_a_hundred_thousand_rows_are_applied_in_time_and_in_little_memory(
    own_api: Installation, capsys: pytest.CaptureFixture[str]
) -> None:
    added = _imported(own_api, _file(100))
    changed = _imported(own_api, _file(101))
    plain = median(_plain_work() for _ in range(3))
    api_mb, reader_mb = _peak_mb(own_api.process_id), _peak_of_reader_mb(_file(100))

    told = (
        "send {0.send:.1f} s, preview {0.preview:.1f} s, apply {0.apply:.1f} s "
        "({0.apply_work:.1f} s of work)"
    )
    name = own_api.running.engine.dialect.name
    with capsys.disabled():
        sys.stdout.write(
            f"\n{name}, added: {told.format(added)}"
            f"\n{name}, changed: {told.format(changed)}"
            f"\n{name}: API {api_mb} MB and reader {reader_mb} MB at most"
            f"\n{name}: plain work takes {plain:.1f} s\n"
        )
    assert added.done["added"] == changed.done["changed"] == limits.MOST_ROWS
    assert _rows(own_api.running) == limits.MOST_ROWS
    most = max(MOST_SECONDS, MOST_TIMES_PLAIN * plain)
    assert max(added.apply_work, changed.apply_work) <= most
    assert api_mb + reader_mb <= MOST_MB
