"""What earlier solves left behind, as files that the processes that solve share.

The folder belongs to one running allocator and goes when it stops. A file is of no more than
help: one that is missing, old or damaged costs time, never a wrong answer.
"""

import json
import logging
from collections.abc import Callable, Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from services.allocator.solve.memory import Memory
from services.allocator.solve.memory_json import from_json, to_json
from shared.contract.problem import Problem
from shared.contract.result import Result

log = logging.getLogger(__name__)

MOST_FILES = 8
MOST_BYTES = 64_000_000
"""Larger ones take longer to read than they save."""
ALIKE = 2
"""Rows by which problems differ that need no memory each: one number more, or another."""

Solve = Callable[..., tuple[Result, Memory | None]]
"""A solve that takes a memory last, and gives one as well."""
Rows = NDArray[np.uint32]
"""A checksum per row of a problem, sorted."""


class Memories:
    """Files with what solves remember: `region-rows.json`, and beside it `.rows` of the problem.

    Parameters
    ----------
    folder
        Where they are; nobody else writes there.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def used_by(self, solve: Solve) -> Callable[..., Result]:
        """Let a solve begin where that of the most similar problem ended.

        What-ifs on one plan all begin with that plan: they leave nothing themselves.
        """

        def remembering(problem: Problem, *rest: Any) -> Result:
            region, rows = _region(problem), _rows(problem)
            apart, file = min(self._of(region, rows), default=(len(rows), None))
            result, memory = solve(problem, *rest, _read(file))
            if memory is not None and apart > ALIKE:
                self._keep(region, rows, memory)
            return result

        return remembering

    def _of(self, region: str, rows: Rows) -> Iterator[tuple[int, Path]]:
        """Yield the memories of a region, with the number of rows that differ."""
        for file in self._folder.glob(f"{region}-*.rows"):
            with suppress(OSError):
                yield len(np.setxor1d(np.fromfile(file, np.uint32), rows)), file

    def _keep(self, region: str, rows: Rows, memory: Memory) -> None:
        text = to_json(memory)
        if len(text) > MOST_BYTES:
            return
        name = f"{region}-{crc32(rows.tobytes()):08x}"
        try:
            self._write(f"{name}.json", text.encode())
            self._write(f"{name}.rows", rows.tobytes())
            files = sorted(self._folder.glob("*.rows"), key=lambda file: file.stat().st_mtime)
            for file in files[:-MOST_FILES]:
                file.unlink(missing_ok=True)
                file.with_suffix(".json").unlink(missing_ok=True)
        except OSError:
            log.exception("memory.unwritable")

    def _write(self, name: str, content: bytes) -> None:
        with NamedTemporaryFile(dir=self._folder, delete=False) as file:
            file.write(content)
        Path(file.name).replace(self._folder / name)


def _read(file: Path | None) -> Memory | None:
    if file is None:
        return None
    try:
        return from_json(file.with_suffix(".json").read_text("utf-8"))
    except (OSError, ValueError, KeyError, TypeError):
        log.exception("memory.unreadable")
        return None


def _region(problem: Problem) -> str:
    """Name what is asked of whom, whatever the figures."""
    parts = (problem.municipalities, problem.groups, problem.periods)
    ids = [sorted(row.id for row in rows) for rows in parts]
    stages = [stage.objective for stage in problem.stages]
    return sha256(json.dumps([*ids, stages]).encode()).hexdigest()


def _rows(problem: Problem) -> Rows:
    lists = {name: getattr(problem, name) for name in type(problem).model_fields}
    found = [
        crc32(f"{name}{row.model_dump_json()}".encode())
        for name, rows in lists.items()
        if isinstance(rows, tuple)
        for row in rows
    ]
    return np.unique(np.array(found, dtype=np.uint32))
