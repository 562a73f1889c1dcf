"""How far a commitment is, from the realisations that name it. Pure."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from services.api.commitments.schemas import PeriodProgress, Progress


class Report(NamedTuple):
    """Who were housed up to a day; None is unknown."""

    end: date
    households: int | None
    persons: int | None


class Stretch(NamedTuple):
    """A period of the commitment, both days inclusive."""

    start: date
    end: date
    id: str


def progress(committed: int, periods: Sequence[Stretch], reports: Sequence[Report]) -> Progress:
    """Add up what was realised, in all and per period.

    A report counts in the period in which it ends; one that ends in none of them counts in the
    whole only. A sum is unknown without any report, and while one of them does not tell its
    number, as in the quota ledger.
    """
    realised = _sum([report.households for report in reports])
    return Progress(
        committed=committed,
        realised=realised,
        persons=_sum([report.persons for report in reports]),
        reports=len(reports),
        without_households=sum(report.households is None for report in reports),
        per_period=tuple(_in_period(period, reports) for period in periods),
        share=None if realised is None or committed == 0 else realised / committed,
    )


def _in_period(period: Stretch, reports: Iterable[Report]) -> PeriodProgress:
    own = [report for report in reports if period.start <= report.end <= period.end]
    return PeriodProgress(
        period=period.id,
        households=_sum([report.households for report in own]),
        persons=_sum([report.persons for report in own]),
    )


def _sum(numbers: Sequence[int | None]) -> int | None:
    known = [number for number in numbers if number is not None]
    return sum(known) if known and len(known) == len(numbers) else None
