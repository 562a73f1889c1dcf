"""How much time a solve has, and how it tells what it is doing."""

from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic


@dataclass(frozen=True)
class Progress:
    """Where a solve is.

    Parameters
    ----------
    objective
        The stage that it works on.
    tier, level
        Which part of the stage, where it has parts.
    elapsed_seconds
        Time since the start [s].
    most_levels
        There are no more levels than this.
    best
        Best value of the stage so far, in the unit of its objective.
    """

    objective: str
    tier: int | None
    level: int | None
    elapsed_seconds: float
    most_levels: int | None = None
    best: float | None = None


@dataclass(frozen=True)
class Clock:
    """Counts from its creation; `limit` in seconds, None for no limit."""

    limit: float | None = None
    report: Callable[[Progress], None] = lambda progress: None
    start: float = field(default_factory=monotonic)

    def elapsed(self) -> float:
        """Seconds since the start."""
        return monotonic() - self.start

    def seconds_left(self) -> float | None:
        """Seconds until the limit, never negative; None without a limit."""
        return None if self.limit is None else max(0.0, self.limit - self.elapsed())

    def tell(
        self,
        objective: str,
        tier: int | None = None,
        level: int | None = None,
        *,
        most_levels: int | None = None,
        best: float | None = None,
    ) -> None:
        """Report that a stage, or a level of it, begins, and what was reached so far."""
        self.report(Progress(objective, tier, level, self.elapsed(), most_levels, best))
