"""How a text file is written: its characters, and what stands between its columns."""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice

_LOOKED_AT = 100
# In a draw the first wins: it is what spreadsheet programs write in Dutch.
_SEPARATORS = (";", "\t", ",")
_BYTE_ORDER_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_TOLD = "sep="


class NotText(Exception):
    """The bytes are no text in the way of writing that is expected."""


def decoded(data: bytes, charset: str | None = None) -> str:
    """Read the characters of a file.

    Parameters
    ----------
    data
        The whole file.
    charset
        `windows-1252` when the sender says so. Without it the file is UTF-8, or UTF-16 with a
        byte order mark: nothing else can be told apart for certain.

    Raises
    ------
    NotText
        When the bytes are something else.
    """
    for mark, marked in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _read(data, marked)
    return _read(data, charset or "utf-8")


def _read(data: bytes, charset: str) -> str:
    try:
        text = data.decode(charset)
    except (UnicodeDecodeError, LookupError) as error:
        raise NotText(charset) from error
    if "\0" in text:
        raise NotText(charset)
    return text


def longest_line(text: str) -> int:
    """Count the characters of the longest line; a file without line ends is one line."""
    return max(map(len, _lines(text)), default=0)


def rows_of(text: str, separator: str) -> Iterator[list[str]]:
    """Split a text into rows of cells.

    Raises
    ------
    csv.Error
        When a quotation mark stands where none can, or is never closed.
    """
    return csv.reader(_lines(text), delimiter=separator, strict=True)


def _lines(text: str) -> io.StringIO:
    # newline="": an end of line within quotation marks belongs to the cell.
    return io.StringIO(text, newline="")


def separator_of(text: str) -> tuple[str, str]:
    """Find what stands between the columns, from the first hundred rows.

    It is the sign that cuts the most rows into equally many cells. Some programs write it in a
    first line of its own, such as `sep=;`; that line is left out.

    Returns
    -------
    The separator, and the text to read with it.
    """
    first, _, rest = text.partition("\n")
    told = first.strip().strip('"')
    if told.startswith(_TOLD) and told[len(_TOLD) :] in _SEPARATORS:
        return told[len(_TOLD) :], rest
    return max(_SEPARATORS, key=lambda sign: _fits(rows_of(text, sign))), text


def _fits(rows: Iterable[list[str]]) -> tuple[float, int]:
    widths: Counter[int] = Counter()
    try:
        widths.update(len(row) for row in islice(rows, _LOOKED_AT) if any(row))
    except csv.Error:
        return 0.0, 0
    several = [(number, width) for width, number in widths.items() if width > 1]
    if not several:
        return 0.0, 0
    number, width = max(several)
    return number / widths.total(), width
