"""The quota ledger on the wire; every number of persons is `null` while a part of it is unknown."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Literal

from pydantic import Field

from services.api.crud.fields import HalfYearName, MunicipalityCode, Quantity, Slug
from services.api.quota_ledger.rules import Account, Facts, Standing, together
from shared.contract.fields import Strict


class LedgerNumbers(Strict):
    """Where a municipality, or a region as a whole, stands in a half-year [persons]."""

    task: int | None = Field(
        description="`multiplier` times inhabitants, rounded up per municipality.", examples=[784]
    )
    task_by_text: int | None = Field(
        description="The same with the national number divided by the inhabitants of the "
        "country, as the law has it, where another multiplier was published.",
        examples=[785],
    )
    traded_in: int = Field(
        description="Taken over from other municipalities, in trades that both have signed.",
        examples=[0],
    )
    traded_out: int = Field(
        description="Given to other municipalities, in trades that both have signed.",
        examples=[20],
    )
    corrected_task: int | None = Field(
        description="`task` + `tradedIn` - `tradedOut`.", examples=[764]
    )
    opening_balance: int | None = Field(
        description="Balance with earlier half-years when this one began: the given one, or else "
        "`balanceWithEarlier` of the half-year before; below zero is behind.",
        examples=[-276],
    )
    realised: int | None = Field(
        description="Housed in reports up to `on`, and credited to the municipality, wherever "
        "they live; unknown while nothing is reported.",
        examples=[400],
    )
    balance: int | None = Field(
        description="`realised` - `correctedTask`, without earlier half-years.", examples=[-364]
    )
    balance_with_earlier: int | None = Field(
        description="`balance` + `openingBalance`.", examples=[-640]
    )
    backlog: int | None = Field(
        description="How far `balance` is below zero, or 0.", examples=[364]
    )
    surplus: int | None = Field(description="How far `balance` is above zero, or 0.", examples=[0])
    backlog_with_earlier: int | None = Field(
        description="How far `balanceWithEarlier` is below zero, or 0.", examples=[640]
    )
    surplus_with_earlier: int | None = Field(
        description="How far `balanceWithEarlier` is above zero, or 0.", examples=[0]
    )
    expected_pace: int | None = Field(
        description="What should have been realised by now: a sixth of `correctedTask` for every "
        "month that has passed, rounded down.",
        examples=[382],
    )
    behind_pace: int | None = Field(
        description="How far `realised` is below `expectedPace`, or 0.", examples=[0]
    )
    expected_pace_with_earlier: int | None = Field(
        description="The same with the backlog of earlier half-years added to the task; an "
        "earlier surplus does not lower it.",
        examples=[520],
    )
    behind_pace_with_earlier: int | None = Field(
        description="How far `realised` is below `expectedPaceWithEarlier`, or 0.", examples=[120]
    )
    reports: int = Field(description="Realisations that were counted.", examples=[3])
    reports_without_persons: int = Field(
        description="Realisations that do not tell the persons: one is enough to make `realised` "
        "unknown.",
        examples=[0],
    )


class LedgerLine(LedgerNumbers):
    """Where one municipality stands in a half-year [persons]."""

    municipality: MunicipalityCode = Field(
        description="Code of the municipality.", examples=["GM0363"]
    )
    inhabitants: Quantity | None = Field(
        description="Inhabitants on `referenceDate` [persons].", examples=[931298]
    )

    @classmethod
    def of(cls, account: Account) -> "LedgerLine":
        """Translate an account."""
        return cls(
            municipality=account.municipality,
            inhabitants=account.inhabitants,
            **_numbers([account]),
        )


class LedgerTotals(LedgerNumbers):
    """A region as a whole [persons]: sums, each unknown when it is unknown of one municipality."""

    region: Slug = Field(description="Region.", examples=["mra"])
    municipalities: int = Field(description="Municipalities in the sums.", examples=[30])
    reporting: int = Field(
        description="Municipalities of which it is known what was realised.", examples=[28]
    )

    @classmethod
    def of(cls, region: str, accounts: Sequence[Account]) -> "LedgerTotals":
        """Add up the accounts of a region."""
        return cls(
            region=region,
            municipalities=len(accounts),
            reporting=sum(account.facts.realised is not None for account in accounts),
            **_numbers(accounts),
        )


class QuotaLedger(Strict):
    """The ledger of a half-year: what was asked, and who stands where on a day."""

    half_year: HalfYearName = Field(description="Half-year.", examples=["2025-I"])
    on: date = Field(description="Reports up to this day are counted.", examples=["2025-03-31"])
    months_passed: int = Field(
        description="Whole months that are over at the end of `on`.", examples=[3]
    )
    group: Slug = Field(description="Target group of the quota.", examples=["status_holders"])
    indicator: Slug = Field(
        description="Indicator that counts inhabitants.", examples=["population"]
    )
    national_total: int | None = Field(
        description="National number [persons]; null while it is not known.", examples=[15000]
    )
    national_inhabitants: int = Field(
        description="Inhabitants of the whole country on `referenceDate` [persons].",
        examples=[17942942],
    )
    reference_date: date = Field(
        description="Day on which inhabitants are counted.", examples=["2024-01-01"]
    )
    multiplier: float | None = Field(
        description="Persons per inhabitant, to the nearest double; tasks are computed with the "
        "exact number.",
        examples=[0.000836],
    )
    multiplier_by_text: float | None = Field(
        description="National number divided by national inhabitants, to the nearest double.",
        examples=[0.0008359833],
    )
    formula: Literal["ceil(multiplier * inhabitants)"] = Field(
        default="ceil(multiplier * inhabitants)",
        description="How a task is computed (Huisvestingswet 2014, art. 29).",
        examples=["ceil(multiplier * inhabitants)"],
    )
    rounding: Literal["upPerMunicipality"] = Field(
        default="upPerMunicipality",
        description="Every task is rounded up by itself, so the sum may be more than the "
        "national number.",
        examples=["upPerMunicipality"],
    )
    lines: tuple[LedgerLine, ...] = Field(
        description="Municipalities whose figures you may see, ordered by code."
    )
    totals: LedgerTotals | None = Field(
        description="The region as a whole; null when no region was asked for."
    )


def _numbers(accounts: Sequence[Account]) -> dict[str, Any]:
    facts, standings = [row.facts for row in accounts], [row.standing for row in accounts]
    return {
        "task_by_text": together(row.task_by_text for row in accounts),
        "opening_balance": together(row.opening for row in facts),
        **{name: _sum_of(facts, name) for name in _OF_FACTS},
        **{name: _sum_of(standings, name) for name in Standing.__dataclass_fields__},
        "reports": sum(row.reports for row in accounts),
        "reports_without_persons": sum(row.without_persons for row in accounts),
    }


_OF_FACTS = ("task", "traded_in", "traded_out", "realised")


def _sum_of(rows: Sequence[Facts] | Sequence[Standing], name: str) -> int | None:
    return together(getattr(row, name) for row in rows)
