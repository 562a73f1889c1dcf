"""Draws up the quota ledger: every half-year from the first one that a balance is known of."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from sqlalchemy.orm import Session

from services.api.access.actor import Reach
from services.api.half_years import HalfYear, half_year
from services.api.quota_ledger import store
from services.api.quota_ledger.errors import QuotaNotKnown
from services.api.quota_ledger.rules import (
    Account,
    Facts,
    multiplier_by_text,
    standing,
    task,
    traded,
)
from services.api.quota_totals.schemas import QuotaTotal
from services.api.quota_totals.service import quota_totals
from services.api.realisations.rules import Reported
from services.api.realisations.service import credited_persons
from services.api.regions.service import taking_part
from services.api.trades.service import agreed

_SILENCE = Reported()


@dataclass(frozen=True)
class Counting:
    """What is counted.

    Parameters
    ----------
    group
        Target group that the quota is about.
    indicator
        Indicator that counts inhabitants.
    """

    group: str = "status_holders"
    indicator: str = "population"


@dataclass(frozen=True)
class Wish:
    """Which ledger is wanted: None leaves it open."""

    half_year: HalfYear
    day: date
    region: str | None
    municipality: str | None
    counting: Counting


@dataclass(frozen=True)
class Ledger:
    """The ledger of one half-year.

    Parameters
    ----------
    total
        The national number and what it is shared out by.
    multiplier, by_text
        The multiplier that tasks are computed with, and the one that follows from the text of the
        law [persons per inhabitant].
    accounts
        Of the municipalities within reach that were asked for, by code.
    region
        Of all municipalities in the region that was asked for; None without a region.
    """

    total: QuotaTotal
    multiplier: Fraction | None
    by_text: Fraction | None
    months: int
    accounts: Sequence[Account]
    region: Sequence[Account] | None


def ledger(session: Session, reach: Reach, wish: Wish) -> Ledger:
    """Draw up the ledger of a half-year.

    Raises
    ------
    QuotaNotKnown
        When there is no national number of this half-year.
    InvalidDocument
        When the caller takes no part in the region, or there is none.
    """
    books = _Books.of(session, wish.counting)
    total = books.totals.get(wish.half_year)
    if total is None:
        raise QuotaNotKnown(str(wish.half_year))
    members = None if wish.region is None else taking_part(session, reach, wish.region)
    existing = store.existing(session, wish.half_year)
    listed = [code for code in existing if members is None or code in members]
    own = {code for code in listed if reach.holds((code,)) and wish.municipality in (None, code)}
    accounts = books.accounts(wish.half_year, wish.day, own if members is None else listed)
    return Ledger(
        total=total,
        multiplier=_multiplier(total),
        by_text=multiplier_by_text(total.persons, total.national_inhabitants),
        months=wish.half_year.months_passed(wish.day),
        accounts=[account for account in accounts if account.municipality in own],
        region=None if members is None else accounts,
    )


def task_of(session: Session, municipality: str, half_year_name: str) -> int | None:
    """Tell what a half-year asks of a municipality, before any trade [persons]; None is unknown."""
    books = _Books.of(session, Counting())
    during = half_year(half_year_name)
    if during not in books.totals:
        return None
    (account,) = books.drawn_up(during, during.last_day, [municipality], {})
    return account.facts.task


@dataclass(frozen=True)
class _Books:
    session: Session
    counting: Counting
    totals: Mapping[HalfYear, QuotaTotal]
    balances: Mapping[tuple[str, str], int]

    @classmethod
    def of(cls, session: Session, counting: Counting) -> "_Books":
        totals = {half_year(total.half_year): total for total in quota_totals.every(session)}
        return cls(session, counting, totals, store.balances(session))

    def accounts(self, during: HalfYear, day: date, codes: Collection[str]) -> list[Account]:
        """Draw up a half-year; earlier ones first, for as long as a balance is not given."""
        closings: Mapping[str, int | None] = {}
        for earlier in self._earlier(during, codes):
            drawn_up = self.drawn_up(earlier, earlier.last_day, codes, closings)
            closings = {row.municipality: row.standing.balance_with_earlier for row in drawn_up}
        return self.drawn_up(during, day, codes, closings)

    def drawn_up(
        self,
        during: HalfYear,
        day: date,
        codes: Collection[str],
        closings: Mapping[str, int | None],
    ) -> list[Account]:
        """Draw up one half-year; `closings` are the balances of the one before it."""
        total = self.totals[during]
        people = store.inhabitants(self.session, self.counting.indicator, total.inhabitants_date)
        trades = traded(
            (trade.from_municipality, trade.to_municipality, trade.persons)
            for trade in agreed(self.session, str(during))
        )
        reports = credited_persons(self.session, self.counting.group, during, day)
        by_text = multiplier_by_text(total.persons, total.national_inhabitants)
        months = during.months_passed(day)

        def account(code: str) -> Account:
            inhabitants, reported = people.get(code), reports.get(code, _SILENCE)
            taken, given = trades.get(code, (0, 0))
            facts = Facts(
                task=task(_multiplier(total), inhabitants),
                traded_in=taken,
                traded_out=given,
                opening=self.balances.get((str(during), code), closings.get(code)),
                realised=reported.realised,
            )
            return Account(
                municipality=code,
                inhabitants=inhabitants,
                task_by_text=task(by_text, inhabitants),
                reports=reported.reports,
                without_persons=reported.without_persons,
                facts=facts,
                standing=standing(facts, months),
            )

        return [account(code) for code in sorted(codes)]

    def _earlier(self, during: HalfYear, codes: Collection[str]) -> list[HalfYear]:
        """List the half-years before this one that its opening balances follow from."""
        found: list[HalfYear] = []
        unknown = self._without_balance(during, codes)
        while unknown and during.before in self.totals:
            during = during.before
            found.insert(0, during)
            unknown = self._without_balance(during, unknown)
        return found

    def _without_balance(self, during: HalfYear, codes: Collection[str]) -> set[str]:
        return {code for code in codes if (str(during), code) not in self.balances}


def _multiplier(total: QuotaTotal) -> Fraction | None:
    if total.multiplier is not None:
        return Fraction(total.multiplier)
    return multiplier_by_text(total.persons, total.national_inhabitants)
