"""What a measurement says, in figures that people compare."""

from dataclasses import dataclass
from math import ceil

from rich.table import Table

from tests.load.client import Tally

LEAST_PER_SECOND = 300
MOST_P99_MS = 150


@dataclass(frozen=True)
class Figures:
    """Requests per second, and how long half and 99 % of them took at most [ms]."""

    what: str
    per_second: float
    median_ms: float
    p99_ms: float
    kilobytes: float
    failures: int

    @property
    def is_enough(self) -> bool:
        """Whether it is as fast as this project promises."""
        fast = self.per_second >= LEAST_PER_SECOND and self.p99_ms <= MOST_P99_MS
        return fast and not self.failures


def figures(what: str, tally: Tally, during: float) -> Figures:
    """Sum up what came back in so many seconds."""
    ordered = sorted(tally.seconds)
    return Figures(
        what=what,
        per_second=len(ordered) / during,
        median_ms=1_000 * _within(ordered, 0.5),
        p99_ms=1_000 * _within(ordered, 0.99),
        kilobytes=tally.body_bytes / 1_000,
        failures=tally.failures,
    )


def _within(ordered: list[float], part: float) -> float:
    """Give the least time within which this part of the answers came; infinite without any."""
    return ordered[ceil(part * len(ordered)) - 1] if ordered else float("inf")


def table(measured: list[Figures]) -> Table:
    """Show the figures, one line per address."""
    shown = Table(title="50 clients at once, each as fast as it is answered")
    shown.add_column("address")
    for heading in ("requests/s", "p50 [ms]", "p99 [ms]", "body [kB]", "not 200"):
        shown.add_column(heading, justify="right")
    for one in measured:
        shown.add_row(
            one.what,
            f"{one.per_second:.0f}",
            f"{one.median_ms:.0f}",
            f"{one.p99_ms:.0f}",
            f"{one.kilobytes:.1f}",
            str(one.failures),
        )
    return shown
