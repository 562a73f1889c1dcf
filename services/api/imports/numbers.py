"""Numbers as people write them: 1.234,5 in Dutch and 1,234.5 in English, and never a guess."""

import re
from collections.abc import Iterable
from enum import StrEnum

# Spaces between thousands: ordinary, hard, narrow and thin.
_SPACES = re.compile("(?<=[0-9])[ \u00a0\u202f\u2009](?=[0-9]{3}([^0-9]|$))")
_COULD_BE = re.compile("[-+\u2212]?[0-9]")
_MINUS = "\u2212"
_UNKNOWN = frozenset({".", "x", "X"})


class NumberFormat(StrEnum):
    """In which language numbers are written."""

    NL = "nl"
    EN = "en"


_SHAPES = {
    NumberFormat.NL: re.compile(r"[+-]?([0-9]+|[1-9][0-9]{0,2}(\.[0-9]{3})+)(,[0-9]+)?"),
    NumberFormat.EN: re.compile(r"[+-]?([0-9]+|[1-9][0-9]{0,2}(,[0-9]{3})+)(\.[0-9]+)?"),
}
_BETWEEN_THOUSANDS = {NumberFormat.NL: ".", NumberFormat.EN: ","}
EITHER = frozenset(NumberFormat)


def is_suppressed(text: str) -> bool:
    """Whether this is how CBS writes a number that it does not tell: `.` or `x`."""
    return text in _UNKNOWN


def plain(text: str, written_in: NumberFormat) -> str | None:
    """Write a number in digits with a point.

    Parameters
    ----------
    text
        The number as it stands in the file.
    written_in
        The language that it is written in.

    Returns
    -------
    Such as `1234.5`; `None` when this is no number in that language.
    """
    tidy = _SPACES.sub("", text.replace(_MINUS, "-"))
    if not _SHAPES[written_in].fullmatch(tidy):
        return None
    digits = tidy.replace(_BETWEEN_THOUSANDS[written_in], "").replace(",", ".")
    return digits.removeprefix("+")


def readings(text: str) -> dict[NumberFormat, str]:
    """Give what a number is in each language in which it is one."""
    read = {language: plain(text, language) for language in NumberFormat}
    return {language: digits for language, digits in read.items() if digits is not None}


class Evidence:
    """What the cells of one column say about the language of its numbers.

    `1.234` alone says nothing: it is 1234 in Dutch and 1.234 in English. Another cell of the
    column may tell: `12,5` is Dutch, `1.5` is English. When none does, a person must choose.
    """

    def __init__(self) -> None:
        self.possible: frozenset[NumberFormat] = EITHER
        self.unclear = False

    def add(self, text: str) -> None:
        """Look at one more cell; what is no number in any language says nothing."""
        # Nearly every cell of a file is plain digits or no number at all.
        if (text.isascii() and text.isdecimal()) or not _COULD_BE.match(text):
            return
        read = readings(text)
        if not read:
            return
        if len(read) < len(EITHER):
            self.possible &= read.keys()
        elif len(set(read.values())) > 1:
            self.unclear = True

    @property
    def language(self) -> NumberFormat | None:
        """The language of the column; `None` while it is not clear, or makes no difference."""
        return next(iter(self.possible)) if len(self.possible) == 1 else None

    @property
    def must_be_chosen(self) -> bool:
        """Whether cells differ in the two languages, or contradict each other."""
        return not self.possible or (self.unclear and self.language is None)


def language_of(columns: Iterable[Evidence]) -> NumberFormat | None:
    """Give the language of a whole file, where its columns agree on one."""
    told = {column.language for column in columns} - {None}
    return told.pop() if len(told) == 1 else None
