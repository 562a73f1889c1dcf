"""Tables that people like to read: 80 columns wide, numbers to the right, unknown as a dash."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from rich.box import SIMPLE_HEAD
from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from services.api.command_line.wording import NOT_KNOWN, Said
from services.api.language import Language, written

WIDTH = 80
_CENTS = 100
_UNITS = ("B", "kB", "MB", "GB")
_STEP = 1000


@dataclass(frozen=True)
class Heading:
    """A column: what stands above it, and whether it holds numbers.

    Parameters
    ----------
    said
        What stands above it.
    numeric
        Numbers stand to the right and are never broken off.
    whole
        Whether a text is kept on one line.
    """

    said: Said
    numeric: bool = False
    whole: bool = False


def table(
    lang: Language,
    title: str,
    headings: Sequence[Heading],
    rows: Iterable[Sequence[str]],
    total: Sequence[str] | None = None,
) -> Table:
    """Make a table.

    Parameters
    ----------
    lang
        Language of the headings.
    title
        What stands above the table.
    headings, rows
        The columns, and the cells of each row as text.
    total
        A last row that sums up.
    """
    made = Table(
        title=title,
        title_justify="left",
        title_style="bold",
        box=SIMPLE_HEAD,
        padding=(0, 1, 0, 0),
    )
    for heading in headings:
        _add(made, heading, lang)
    for row in rows:
        made.add_row(*map(Text, row))
    if total is not None:
        made.add_section()
        made.add_row(*map(Text, total), style="bold")
    return made


def _add(made: Table, heading: Heading, lang: Language) -> None:
    words = heading.said.to(lang).split()
    made.add_column(
        # One word per line leaves the room to names and reasons.
        ("\n" if heading.numeric else " ").join(words),
        justify="right" if heading.numeric else "left",
        no_wrap=heading.numeric or heading.whole,
        min_width=max(map(len, words)),
        overflow="fold",
    )


def with_legend(table_: Table, *lines: str) -> RenderableType:
    """Put remarks under a table."""
    return Group(table_, *(Text(line, style="dim") for line in lines))


def number(lang: Language, value: float | None, decimals: int = 0) -> str:
    """Write a number for people; what is not known is a dash, and never 0."""
    return NOT_KNOWN if value is None else written(lang, value, decimals)


def euros(lang: Language, cents: int | None) -> str:
    """Write an amount in whole euros, half a euro upwards in size."""
    if cents is None:
        return NOT_KNOWN
    return written(lang, int((Decimal(cents) / _CENTS).quantize(Decimal(1), "ROUND_HALF_UP")))


def size(lang: Language, octets: int) -> str:
    """Write the size of a file."""
    value = float(octets)
    for unit in _UNITS[:-1]:
        if value < _STEP:
            return f"{written(lang, value)} {unit}"
        value /= _STEP
    return f"{written(lang, value, 1)} {_UNITS[-1]}"


def text(value: object) -> str:
    """Write a value of a row for people."""
    if value is None:
        return NOT_KNOWN
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return str(value)


def console_for(people: Console) -> Console:
    """Keep tables readable on a screen that is narrower than they can be."""
    if people.width < WIDTH:
        people.width = WIDTH
    return people
