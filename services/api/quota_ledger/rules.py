"""The arithmetic of the quota ledger: exact, in persons, and unknown wherever a part is unknown.

Definitions, all per municipality and half-year [persons]:

- `task` = multiplier * inhabitants, rounded up; the multiplier is the published one, or else
  national number / national inhabitants;
- `corrected_task` = task - traded out + traded in;
- `balance` = realised - corrected task; below zero the municipality is behind;
- `balance_with_earlier` = balance + opening balance, which is the balance with earlier half-years
  when this one began;
- backlog and surplus are the two sides of a balance: one of them is zero;
- the expected pace is a sixth of the corrected task, with or without the backlog of earlier
  half-years, for every whole month that has passed, rounded down.

Source: Huisvestingswet 2014, art. 28 and 29 (consolidated text before May 2017; later amendments
were not checked). The text that was read has no words for backlog, surplus and pace: the
definitions above are this project's. An earlier backlog raises the expected pace; that an earlier
surplus does not lower it is a choice.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

from services.api.half_years import MONTHS


@dataclass(frozen=True)
class Facts:
    """What is known of one municipality in one half-year [persons]; None is unknown.

    Parameters
    ----------
    task
        What the half-year asks, before trades, >= 0.
    traded_in, traded_out
        Taken over from others, and given to others, >= 0.
    opening
        Balance with earlier half-years when this one began; below zero is behind.
    realised
        Housed, and credited to this municipality, >= 0.
    """

    task: int | None
    traded_in: int
    traded_out: int
    opening: int | None
    realised: int | None


@dataclass(frozen=True)
class Standing:
    """Where a municipality stands [persons]; None is unknown."""

    corrected_task: int | None
    balance: int | None
    balance_with_earlier: int | None
    backlog: int | None
    surplus: int | None
    backlog_with_earlier: int | None
    surplus_with_earlier: int | None
    expected_pace: int | None
    behind_pace: int | None
    expected_pace_with_earlier: int | None
    behind_pace_with_earlier: int | None


def multiplier_by_text(persons: int | None, inhabitants: int) -> Fraction | None:
    """Divide the national number by the inhabitants of the country [persons per inhabitant].

    Parameters
    ----------
    persons
        National number of the half-year [persons], >= 0; None while it is not known.
    inhabitants
        Inhabitants of the country [persons], > 0.
    """
    return None if persons is None else Fraction(persons, inhabitants)


def task(multiplier: Fraction | None, inhabitants: Decimal | None) -> int | None:
    """Round the share of a municipality up to whole persons.

    Source: Huisvestingswet 2014, art. 29: the result is rounded up per municipality, so the tasks
    of all municipalities add up to more than the national number unless a lower multiplier was
    published.
    """
    if multiplier is None or inhabitants is None:
        return None
    return ceil(multiplier * Fraction(inhabitants))


def standing(facts: Facts, months: int) -> Standing:
    """Compute where a municipality stands.

    Parameters
    ----------
    facts
        What is known of it.
    months
        Whole months of the half-year that have passed, 0 to 6.
    """
    corrected = _sum(facts.task, facts.traded_in, -facts.traded_out)
    balance = _difference(facts.realised, corrected)
    with_earlier = _sum(balance, facts.opening)
    pace = _pace(corrected, months)
    pace_with_earlier = _pace(_sum(corrected, _below_zero(facts.opening)), months)
    return Standing(
        corrected_task=corrected,
        balance=balance,
        balance_with_earlier=with_earlier,
        backlog=_below_zero(balance),
        surplus=_above_zero(balance),
        backlog_with_earlier=_below_zero(with_earlier),
        surplus_with_earlier=_above_zero(with_earlier),
        expected_pace=pace,
        behind_pace=_above_zero(_difference(pace, facts.realised)),
        expected_pace_with_earlier=pace_with_earlier,
        behind_pace_with_earlier=_above_zero(_difference(pace_with_earlier, facts.realised)),
    )


@dataclass(frozen=True)
class Account:
    """One municipality in one half-year: what is known of it, and where it stands.

    Parameters
    ----------
    municipality
        Its code.
    inhabitants
        Inhabitants on the reference date [persons]; None is unknown.
    task_by_text
        Task by the national number and the national inhabitants, whatever multiplier was
        published [persons].
    reports, without_persons
        Realisations that are credited to it, and how many of them do not tell the persons.
    facts, standing
        What follows from them.
    """

    municipality: str
    inhabitants: Decimal | None
    task_by_text: int | None
    reports: int
    without_persons: int
    facts: Facts
    standing: Standing


def traded(trades: Iterable[tuple[str, str, int]]) -> Mapping[str, tuple[int, int]]:
    """Add up trades per municipality: what it takes over, and what it gives.

    Parameters
    ----------
    trades
        Giver, taker and number [persons], > 0, of trades that are agreed.

    Returns
    -------
    In and out per municipality that trades [persons]; both sum to the same, so trades change the
    tasks and keep their sum (Huisvestingswet 2014, art. 29 section 2).
    """
    sums: dict[str, tuple[int, int]] = {}
    for giver, taker, persons in trades:
        taken, given = sums.get(giver, (0, 0))
        sums[giver] = (taken, given + persons)
        taken, given = sums.get(taker, (0, 0))
        sums[taker] = (taken + persons, given)
    return sums


def together(values: Iterable[int | None]) -> int | None:
    """Sum numbers of municipalities; one that is unknown makes the sum unknown."""
    return _sum(*values)


def _sum(*values: int | None) -> int | None:
    known = [value for value in values if value is not None]
    return sum(known) if len(known) == len(values) else None


def _difference(value: int | None, other: int | None) -> int | None:
    return None if value is None or other is None else value - other


def _above_zero(value: int | None) -> int | None:
    return None if value is None else max(0, value)


def _below_zero(value: int | None) -> int | None:
    return None if value is None else max(0, -value)


def _pace(persons: int | None, months: int) -> int | None:
    return None if persons is None else floor(Fraction(persons * months, MONTHS))
