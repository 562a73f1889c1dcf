"""A file may be made to harm: it is refused within moments, and the API does not grow."""

import io
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import xlsxwriter

from tests.api.conftest import RunningApi
from tests.api.imports.sending import TEXT, WORKBOOK, sent
from tests.keys import administrator_key, bearer
from tests.processes import answers, free_tcp_port, running

MOST_GROWTH_MB = 50
# In a second on a machine that does nothing else; tests share theirs.
MOST_SECONDS = 10.0
HEADINGS = "municipality;group;period;likely\n"


def workbook(*rows: tuple[object, ...]) -> bytes:
    """Make a workbook with these rows."""
    made = io.BytesIO()
    with xlsxwriter.Workbook(made) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return made.getvalue()


RIGHT = workbook(("municipality", "likely"), ("GM0363", 5))


def archive(parts: dict[str, bytes]) -> bytes:
    """Pack these parts, beside those of a workbook that is right."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(RIGHT)) as right:
        every = {name: right.read(name) for name in right.namelist()} | parts
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in every.items():
            packed.writestr(name, data)
    return made.getvalue()


def lying() -> bytes:
    """Make an archive of which a part says that it is smaller than it is."""
    bomb = archive({"xl/media/a.bin": b" " * 20_000_000})
    return bomb.replace((20_000_000).to_bytes(4, "little"), (1_000).to_bytes(4, "little"))


def far_away() -> bytes:
    """Make a workbook with a cell at the far end of its sheet."""
    made = io.BytesIO()
    with xlsxwriter.Workbook(made) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "a")
        sheet.write(1_048_575, 16_383, "b")
    return made.getvalue()


def with_an_error() -> bytes:
    """Make a workbook with a formula that divides by zero."""
    made = io.BytesIO()
    with xlsxwriter.Workbook(made) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["municipality", "likely"])
        sheet.write_formula(1, 1, "=1/0", None, "#DIV/0!")
    return made.getvalue()


HOSTILE = {
    "a zip bomb": (archive({"xl/media/a.bin": b" " * 90_000_000}), WORKBOOK, 413),
    "51 parts": (archive({f"xl/media/{n}.bin": b"x" for n in range(51)}), WORKBOOK, 413),
    "an archive within": (archive({"xl/embeddings/a.zip": RIGHT}), WORKBOOK, 400),
    "a part larger than it says": (lying(), WORKBOOK, 400),
    "more than 100 MB": (
        archive({f"xl/media/{n}.bin": bytes(range(256)) * 80_000 for n in range(6)}),
        WORKBOOK,
        413,
    ),
    "a cell far away": (far_away(), WORKBOOK, 413),
    "no workbook": (b"PK\x03\x04 and nothing more", WORKBOOK, 400),
    "text as a workbook": (HEADINGS.encode(), WORKBOOK, 400),
    "a workbook as text": (RIGHT, TEXT, 400),
    "an empty workbook": (workbook(), WORKBOOK, 400),
    "an error in a cell": (with_an_error(), WORKBOOK, 400),
    "an endless row": (b"x" * 5_000_000, TEXT, 400),
    "an endless row of cells": (b";" * 5_000_000, TEXT, 400),
    "a quote that is never closed": ((HEADINGS + '"' + "a\n" * 2_000_000).encode(), TEXT, 400),
    "too many columns": ((";".join("abc" * 67) + "\n1\n").encode(), TEXT, 400),
    "too many rows": (("a\n" * 100_022).encode(), TEXT, 400),
    "an old encoding": ("gemeente\ncafé\n".encode("windows-1252"), TEXT, 400),
    "headings only": (HEADINGS.encode(), TEXT, 400),
    "nothing": (b"", TEXT, 400),
    "spaces": (b" " * 9_000_000, TEXT, 400),
    "too many bytes": (b"a;b\n" * 2_600_000, TEXT, 413),
    "a picture": (b"\x89PNG", "image/png", 415),
    "another charset": (b"a\n", "text/csv; charset=ebcdic", 415),
}


class Watched:
    """An API process of its own, and how much memory it held at most."""

    def __init__(self, client: httpx.Client, process_id: int) -> None:
        self.client, self._process_id = client, process_id

    def peak_mb(self) -> int:
        """The most memory that it ever held [MB]."""
        told = Path(f"/proc/{self._process_id}/status").read_text(encoding="utf-8")
        (line,) = (line for line in told.splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) // 1000


@pytest.fixture(scope="module")
def watched(running_api: RunningApi, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watched]:
    """An API process that has read one file that is right."""
    port = free_tcp_port()
    url = f"http://127.0.0.1:{port}"
    env = {"DATABASE_URL": running_api.database_url, "EVENWICHT_PORT": str(port)}
    log = tmp_path_factory.mktemp("hostile") / "api.log"
    command = (sys.executable, "-m", "services.api.main")
    with running(command, log, lambda: answers(f"{url}/v1/health"), env) as process:
        headers = bearer(administrator_key(running_api.engine))
        with httpx.Client(base_url=url, headers=headers, timeout=60.0) as client:
            # The largest body that is allowed, so that only what a file unpacks to can add.
            sent(client, HEADINGS + "GM0363;students;2027;1\n" * 90_000)
            yield Watched(client, process.pid)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_at_once_and_costs_no_memory(watched: Watched, name: str) -> None:
    content, media_type, status = HOSTILE[name]
    before = watched.peak_mb()
    began = time.monotonic()
    answer = watched.client.post(
        "/v1/imports?noun=needs", content=content, headers={"Content-Type": media_type}
    )
    took = time.monotonic() - began

    assert answer.status_code == status, answer.text
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert took <= MOST_SECONDS
    assert watched.peak_mb() - before <= MOST_GROWTH_MB


def test_a_workbook_that_is_right_is_read(watched: Watched) -> None:
    made = sent(watched.client, RIGHT, WORKBOOK)

    assert [(one["heading"], one["samples"]) for one in made["columns"]] == [
        ("municipality", ["GM0363"]),
        ("likely", ["5"]),
    ]


def test_an_old_encoding_is_read_when_it_is_told(watched: Watched) -> None:
    content = "gemeente\ncafé\n".encode("windows-1252")
    made = sent(watched.client, content, "text/csv; charset=windows-1252")

    assert made["columns"][0]["samples"] == ["café"]
