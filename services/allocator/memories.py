"""What earlier solves left behind, one file per region, shared by the processes that solve.

The folder belongs to one running allocator and goes when it stops. A file is of no more than
help: one that is missing, old or damaged costs time, never a wrong answer.
"""

import json
import logging
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from services.allocator.solve.memory import Memory
from services.allocator.solve.memory_json import from_json, to_json
from shared.contract.problem import Problem
from shared.contract.result import Result

log = logging.getLogger(__name__)

Solve = Callable[..., tuple[Result, Memory | None]]
"""A solve that takes a memory last, and gives one as well."""

MOST_FILES = 8
MOST_BYTES = 64_000_000
"""Larger ones take longer to read than they save."""


class Memories:
    """Files with what solves remember.

    Parameters
    ----------
    folder
        Where they are; nobody else writes there.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def recall(self, problem: Problem) -> Memory | None:
        """Give what the last solve of this region left, if there is anything."""
        try:
            return from_json(self._file(problem).read_text("utf-8"))
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, TypeError):
            log.exception("memory.unreadable")
            return None

    def keep(self, problem: Problem, memory: Memory) -> None:
        """Put a memory in the place of the last one of this region."""
        text = to_json(memory)
        if len(text) > MOST_BYTES:
            return
        try:
            with NamedTemporaryFile("w", encoding="utf-8", dir=self._folder, delete=False) as file:
                file.write(text)
            Path(file.name).replace(self._file(problem))
            self._leave_the_newest()
        except OSError:
            log.exception("memory.unwritable")

    def used_by(self, solve: Solve) -> Callable[..., Result]:
        """Let a solve begin with what there is, and leave something for the next."""

        def remembering(problem: Problem, *rest: Any) -> Result:
            result, memory = solve(problem, *rest, self.recall(problem))
            if memory is not None:
                self.keep(problem, memory)
            return result

        return remembering

    def _file(self, problem: Problem) -> Path:
        """Name the file of a region: what is asked of whom, whatever the figures."""
        parts = [
            [row.id for row in rows]
            for rows in (problem.municipalities, problem.groups, problem.periods)
        ]
        stages = [stage.objective for stage in problem.stages]
        name = sha256(json.dumps([*map(sorted, parts), stages]).encode()).hexdigest()
        return self._folder / f"{name}.json"

    def _leave_the_newest(self) -> None:
        files = sorted(self._folder.iterdir(), key=lambda file: file.stat().st_mtime)
        for file in files[:-MOST_FILES]:
            with suppress(FileNotFoundError):
                file.unlink()
