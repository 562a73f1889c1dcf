"""What was measured of one subject, and what can be said about several runs of it."""

from dataclasses import dataclass, field
from statistics import median

from tests.bench.process import Line


@dataclass(frozen=True)
class Sample:
    """One run.

    Parameters
    ----------
    seconds
        What the subject is about: a whole process, or one what-if in a warm one [s].
    megabytes
        The most memory that its process held [MB].
    solving
        The part of it that is the solve itself, where that is known [s].
    processor
        Seconds that processors worked for it, where that is known [s].
    stages
        Seconds per stage, as the program itself counted them [s].
    stopped
        Whether it was stopped because it took too long: then all seconds are at least so many.
    remark
        What the answer says: equal to the known one, or by how much it differs.
    """

    seconds: float
    megabytes: float
    solving: float | None = None
    processor: float | None = None
    stages: dict[str, float] = field(default_factory=dict)
    stopped: bool = False
    remark: str = ""


@dataclass(frozen=True)
class Spread:
    """The least, the middle and the most of several figures."""

    least: float
    middle: float
    most: float


@dataclass(frozen=True)
class Goal:
    """What a subject should stay within."""

    seconds: float
    megabytes: float | None = None


@dataclass(frozen=True)
class Measured:
    """All runs of one subject."""

    name: str
    what: str
    samples: list[Sample]
    goal: Goal | None = None

    @property
    def stopped(self) -> bool:
        """Whether a run was stopped because it took too long."""
        return any(sample.stopped for sample in self.samples)

    @property
    def seconds(self) -> Spread:
        """The seconds of all runs."""
        return spread([sample.seconds for sample in self.samples])

    @property
    def solving(self) -> float | None:
        """The seconds of the solve itself, in the middle run, where they are known [s]."""
        known = [sample.solving for sample in self.samples if sample.solving is not None]
        return median(known) if known else None

    @property
    def processor(self) -> float | None:
        """The seconds that processors worked, in the middle run, where they are known [s]."""
        known = [sample.processor for sample in self.samples if sample.processor is not None]
        return median(known) if known else None

    @property
    def megabytes(self) -> float:
        """The most memory that any run held [MB]."""
        return max(sample.megabytes for sample in self.samples)

    @property
    def reached(self) -> bool | None:
        """Whether the middle run stays within the goal; None without one."""
        if self.goal is None:
            return None
        small = self.goal.megabytes is None or self.megabytes <= self.goal.megabytes
        return small and self.seconds.middle <= self.goal.seconds and not self.stopped

    def all_stages(self) -> float:
        """Seconds of all stages together, in the middle run [s]."""
        return median(sum(sample.stages.values()) for sample in self.samples)

    def one_stage(self, name: str) -> float:
        """Seconds of one stage, in the middle run [s]."""
        return median(sample.stages[name] for sample in self.samples)


def spread(figures: list[float]) -> Spread:
    """The least, the middle and the most."""
    return Spread(min(figures), median(figures), max(figures))


def seconds_per_stage(lines: list[Line]) -> dict[str, float]:
    """Seconds by the name of the stage, with its tier where it has one."""
    return {
        line["objective"] + ("" if line["tier"] is None else f" {line['tier']}"): line["seconds"]
        for line in lines
    }
