"""The table of money on the wire, in whole euro cents; `null` is unknown, which is not 0."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from pydantic import Field

from services.api.crud.fields import MunicipalityCode, Slug
from services.api.money.rules import Account, Settlement
from shared.contract.fields import Strict


class MoneyNumbers(Strict):
    """Cost, received, and what an equal burden would settle [euro cents]."""

    cost: int | None = Field(
        description="What it spends; unknown without any line of cost.", examples=[1_250_000]
    )
    received: int | None = Field(
        description="What it receives; unknown without any line of funding, so add one of 0 when "
        "there is none.",
        examples=[780_000],
    )
    net: int | None = Field(description="`cost` - `received`.", examples=[470_000])
    equal_burden: int | None = Field(
        description="Its part by the key of the net cost of the region. Parts of a cent go to "
        "the largest remainders. Unknown without a key, and while anything is unknown.",
        examples=[500_000],
    )
    settle: int | None = Field(
        description="`equalBurden` - `net`: what it would pay to the others; below zero it would "
        "receive. It sums to 0 over the region.",
        examples=[30_000],
    )


class MoneyRow(MoneyNumbers):
    """The money of one municipality [euro cents]."""

    municipality: MunicipalityCode = Field(
        description="Code of the municipality.", examples=["GM0363"]
    )

    @classmethod
    def of(cls, account: Account, settlement: Settlement | None) -> "MoneyRow":
        """Translate an account with what it would settle."""
        return cls(
            municipality=account.municipality,
            cost=account.cost,
            received=account.received,
            net=account.net,
            equal_burden=None if settlement is None else settlement.equal_burden,
            settle=None if settlement is None else settlement.settle,
        )


class MoneyTotals(MoneyNumbers):
    """The region as a whole [euro cents]; a sum is unknown while one part of it is."""

    municipalities: int = Field(description="Municipalities in the region.", examples=[30])
    counted: int = Field(description="Municipalities in the sums.", examples=[30])
    known: int = Field(
        description="Municipalities of which both cost and received are known.", examples=[28]
    )

    @classmethod
    def of(
        cls,
        counted: Sequence[Account],
        municipalities: int,
        settlements: Mapping[str, Settlement],
    ) -> "MoneyTotals":
        """Add up the accounts that count."""
        settled = settlements.values()
        return cls(
            municipalities=municipalities,
            counted=len(counted),
            known=sum(row.net is not None for row in counted),
            cost=_together(row.cost for row in counted),
            received=_together(row.received for row in counted),
            net=_together(row.net for row in counted),
            equal_burden=sum(row.equal_burden for row in settled) if settled else None,
            settle=sum(row.settle for row in settled) if settled else None,
        )


class MoneyTable(Strict):
    """The money of a region between two days."""

    region: Slug = Field(description="Region.", examples=["mra"])
    allocation_key: Slug | None = Field(
        description="Key of the equal burden, if one was asked.", examples=["by_population"]
    )
    from_: date | None = Field(
        alias="from",
        description="Lines that begin on this day or later are counted, as a whole.",
        examples=["2027-01-01"],
    )
    to: date | None = Field(
        description="Lines that begin on this day or earlier are counted, as a whole; the key "
        "uses figures of this day or earlier.",
        examples=["2027-12-31"],
    )
    rows: tuple[MoneyRow, ...] = Field(
        description="Municipalities whose figures you may see, ordered by code."
    )
    totals: MoneyTotals = Field(description="The region as a whole.")


def _together(values: Iterable[int | None]) -> int | None:
    given = list(values)
    known = [value for value in given if value is not None]
    return sum(known) if known and len(known) == len(given) else None
