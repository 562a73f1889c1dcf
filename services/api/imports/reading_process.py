"""Start the process that reads a file, and wait for what it finds, or for its end."""

import json
import logging
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from tempfile import TemporaryFile
from typing import IO

from services.api.imports.errors import FileTooLarge, UnreadableFile
from services.api.imports.reader import TEXT, WORKBOOK
from services.api.imports.refusals import Why, in_words

log = logging.getLogger(__name__)
_LAST_WORDS = 1_000


@dataclass(frozen=True)
class FileKind:
    """What a file is said to be; `charset` is told for a text that is not Unicode."""

    kind: str
    charset: str | None = None


A_WORKBOOK = FileKind(WORKBOOK)
A_TEXT = FileKind(TEXT)


@contextmanager
def rows_read(data: bytes, kind: FileKind, seconds: float, memory_mb: int) -> Iterator[IO[bytes]]:
    """Read a file; gives a temporary file with a line of JSON per row, see `reader`.

    Parameters
    ----------
    data
        The whole file.
    kind
        What it is said to be.
    seconds, memory_mb
        How long it may take, and how much address space [MB].

    Raises
    ------
    UnreadableFile, FileTooLarge
        When the process refuses the file, is stopped, or breaks down.
    """
    command = [sys.executable, "-m", "services.api.imports.reader", "--kind", kind.kind]
    command += ["--memory-mb", str(memory_mb), "--seconds", str(max(1, round(seconds)))]
    if kind.charset:
        command += ["--charset", kind.charset]
    # Files and no pipes: then neither side ever waits for the other.
    with TemporaryFile() as source, TemporaryFile() as rows, TemporaryFile() as words:
        source.write(data)
        source.seek(0)
        code = _run(command, source, rows, words, seconds)
        if code:
            words.seek(0)
            raise _refusal(code, words.read(_LAST_WORDS))
        rows.seek(0)
        yield rows


def _run(
    command: list[str], source: IO[bytes], rows: IO[bytes], words: IO[bytes], seconds: float
) -> int:
    process = subprocess.Popen(command, stdin=source, stdout=rows, stderr=words)  # noqa: S603 - our own program; nothing from outside is in its arguments but a charset that is checked
    try:
        return process.wait(seconds)
    except subprocess.TimeoutExpired as error:
        raise UnreadableFile(*in_words(Why.TOO_SLOW, "")) from error
    finally:
        process.kill()
        process.wait()


def _refusal(code: int, words: bytes) -> Exception:
    try:
        word, where = json.loads(words)
        why = Why(word)
    except ValueError:
        # It had no memory or time left to say so itself: killed by a limit, or by its library.
        log.warning("import.reader_ended", extra={"exit_code": code})
        return FileTooLarge()
    return FileTooLarge() if why is Why.TOO_LARGE else UnreadableFile(*in_words(why, where))
