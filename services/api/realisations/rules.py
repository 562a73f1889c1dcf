"""What must be true of one realisation, and what several of them tell together."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from services.api.crud.rules import not_before
from services.api.half_years import half_year_of
from shared.faults import Fault


@dataclass(frozen=True)
class Reported:
    """What was reported for one municipality.

    Parameters
    ----------
    persons
        Sum over the reports that tell the persons [persons], >= 0.
    reports, without_persons
        How many reports there are, and how many of them do not tell the persons.
    """

    persons: int = 0
    reports: int = 0
    without_persons: int = 0

    @property
    def realised(self) -> int | None:
        """Persons that were housed; without any report, or with a silent one, nobody knows."""
        return self.persons if self.reports and not self.without_persons else None


def check(values: Mapping[str, Any]) -> Iterator[Fault]:
    """Report a stretch of time that is out of order or lies in more than one half-year."""
    start, end = values.get("start"), values.get("end")
    yield from not_before(start, end, "end", "start")
    yield from _in_one_half_year(start, end)


def _in_one_half_year(start: date | None, end: date | None) -> Iterator[Fault]:
    # The quota is set per half-year: a report over two of them could not be counted in either.
    if start is None or end is None or end < start:
        return
    if half_year_of(start) != half_year_of(end):
        message = (
            f"{start} is in {half_year_of(start)} and {end} in {half_year_of(end)}. "
            "Report each half-year by itself."
        )
        yield Fault("/end", "not_one_half_year", message)
