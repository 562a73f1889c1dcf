"""Half-years: the stretches of time that the quota of status holders is set for."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

MONTHS = 6
PATTERN = r"^[12][0-9]{3}-(I|II)$"
_WRITTEN = re.compile(PATTERN)


@dataclass(frozen=True, order=True)
class HalfYear:
    """One half-year: `half` is 1 from January to June, 2 from July to December."""

    year: int
    half: int

    def __str__(self) -> str:
        """Write it as the government does: `2025-I`."""
        return f"{self.year}-{'I' * self.half}"

    @property
    def first_day(self) -> date:
        """1 January or 1 July."""
        return date(self.year, 1 if self.half == 1 else 7, 1)

    @property
    def last_day(self) -> date:
        """30 June or 31 December."""
        return date(self.year, 6, 30) if self.half == 1 else date(self.year, 12, 31)

    @property
    def before(self) -> "HalfYear":
        """The half-year before this one."""
        return HalfYear(self.year, 1) if self.half == 2 else HalfYear(self.year - 1, 2)

    def months_passed(self, day: date) -> int:
        """Count the whole months that are over at the end of a day [months], 0 to 6."""
        # The last day of a month is over at its own end, so the day after it decides.
        tomorrow = day + timedelta(days=1)
        months = 12 * (tomorrow.year - self.year) + tomorrow.month - self.first_day.month
        return min(MONTHS, max(0, months))


def half_year(text: str) -> HalfYear:
    """Read a half-year such as `2025-I`.

    Raises
    ------
    ValueError
        When the text is no half-year.
    """
    if not _WRITTEN.fullmatch(text):
        raise ValueError(f"{text!r} is no half-year, such as 2025-I")
    year, half = text.split("-")
    return HalfYear(int(year), len(half))


def half_year_of(day: date) -> HalfYear:
    """Find the half-year that a day belongs to."""
    return HalfYear(day.year, 1 if day.month <= MONTHS else 2)
