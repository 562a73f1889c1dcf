"""Why a file is not read: one word between the process that reads and the API, in two languages."""

from enum import StrEnum


class Why(StrEnum):
    """What is wrong with a file."""

    TOO_LARGE = "too_large"
    TOO_SLOW = "too_slow"
    NOT_TEXT = "not_text"
    QUOTES = "quotes"
    NOT_A_WORKBOOK = "not_a_workbook"
    LOCKED = "locked"
    ARCHIVE_WITHIN = "archive_within"
    ERROR_IN_CELL = "error_in_cell"
    EMPTY = "empty"
    TOO_MANY_ROWS = "too_many_rows"
    TOO_MANY_COLUMNS = "too_many_columns"
    ROW_TOO_LONG = "row_too_long"
    CELL_TOO_LONG = "cell_too_long"
    HEADINGS_MISSING = "headings_missing"


class Refused(Exception):
    """A file is not read, or not to its end.

    Parameters
    ----------
    why
        What is wrong.
    where
        A line, a cell or a name, for people.
    """

    def __init__(self, why: Why, where: str = "") -> None:
        self.why, self.where = why, where
        super().__init__(f"{why} {where}")


TOLD: dict[Why, tuple[str, str]] = {
    Why.TOO_SLOW: ("reading it takes too long", "het lezen duurt te lang"),
    Why.NOT_TEXT: (
        "it is not text in {where}; save it as UTF-8, or send it with charset=windows-1252",
        "het is geen tekst in {where}; bewaar het als UTF-8, of stuur charset=windows-1252 mee",
    ),
    Why.QUOTES: (
        "quotation marks are not closed or stand in the wrong place, near row {where}",
        "aanhalingstekens zijn niet gesloten of staan verkeerd, bij regel {where}",
    ),
    Why.NOT_A_WORKBOOK: (
        "it is not a workbook (XLSX), or it is damaged",
        "het is geen werkmap (XLSX), of het is beschadigd",
    ),
    Why.LOCKED: ("it has a password", "er zit een wachtwoord op"),
    Why.ARCHIVE_WITHIN: (
        "another file is packed inside it",
        "er zit een ander ingepakt bestand in",
    ),
    Why.ERROR_IN_CELL: (
        "cell {where} shows an error instead of a value",
        "cel {where} toont een fout in plaats van een waarde",
    ),
    Why.EMPTY: ("it has no rows below its headings", "het heeft geen regels onder de koppen"),
    Why.TOO_MANY_ROWS: ("it has more than {where} rows", "het heeft meer dan {where} regels"),
    Why.TOO_MANY_COLUMNS: (
        "a row has more than {where} columns",
        "een regel heeft meer dan {where} kolommen",
    ),
    Why.ROW_TOO_LONG: (
        "a row has more than {where} characters",
        "een regel heeft meer dan {where} tekens",
    ),
    Why.CELL_TOO_LONG: (
        "a cell has more than {where} characters",
        "een cel heeft meer dan {where} tekens",
    ),
    Why.HEADINGS_MISSING: (
        "these headings are missing: {where}",
        "deze koppen ontbreken: {where}",
    ),
}
"""English and Dutch, to follow "The file cannot be read:". What is too large has its own answer."""


def in_words(why: Why, where: str) -> tuple[str, str]:
    """Say in English and in Dutch why a file is not read."""
    english, dutch = TOLD[why]
    return english.format(where=where), dutch.format(where=where)
