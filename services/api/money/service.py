"""Draws up the table of money of a region."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from services.api.access.actor import Reach
from services.api.allocation_keys.service import allocation_keys, shares
from services.api.crud.errors import NotFound
from services.api.money.rules import Account, Settlement, settlements
from services.api.money_lines.service import sums
from services.api.regions.service import taking_part
from shared.faults import Fault, InvalidDocument

_FEWEST_OTHERS = 3


@dataclass(frozen=True)
class Wish:
    """Which table is wanted.

    Parameters
    ----------
    region
        Its municipalities.
    allocation_key
        Key of an equal burden; None when that is not asked.
    first, last
        Lines that begin between these days; None leaves it open.
    leave_out
        Whether municipalities of which something is unknown are left out of the sums and of the
        equal burden, so that the others can be compared.
    """

    region: str
    allocation_key: str | None
    first: date | None
    last: date | None
    leave_out: bool


@dataclass(frozen=True)
class MoneyTable:
    """The money of a region.

    Parameters
    ----------
    own
        Accounts within reach, by code.
    counted
        Accounts that the sums are made of.
    municipalities
        How many the region has.
    settlements
        Per counted municipality; empty when there is no key or something is unknown.
    """

    own: Sequence[Account]
    counted: Sequence[Account]
    municipalities: int
    settlements: Mapping[str, Settlement]


def money_table(session: Session, reach: Reach, wish: Wish) -> MoneyTable:
    """Draw up cost, received and settlement per municipality.

    Raises
    ------
    InvalidDocument
        When the caller takes no part in the region, or there is none; when there is no such key;
        when the last day is before the first.
    FiguresMissing, NothingToShareBy
        When the shares of the key cannot be computed.
    """
    if wish.first is not None and wish.last is not None and wish.last < wish.first:
        message = f"to ({wish.last}) is before from ({wish.first})."
        raise InvalidDocument([Fault("?to", "not_in_order", message)])
    codes = taking_part(session, reach, wish.region)
    found = sums(session, codes, wish.first, wish.last)
    accounts = [
        Account(code, found.get((code, "cost")), found.get((code, "funding"))) for code in codes
    ]
    own = [row for row in accounts if reach.holds((row.municipality,))]
    counted = accounts
    if wish.leave_out:
        counted = [row for row in accounts if row.net is not None]
        # A sum over one or two others, and one's own, tells what those have.
        if 0 < sum(row not in own for row in counted) < _FEWEST_OTHERS:
            counted = [row for row in counted if row in own]
    return MoneyTable(
        own=own,
        counted=counted,
        municipalities=len(codes),
        settlements=_settlements(session, wish, counted),
    )


def _settlements(
    session: Session, wish: Wish, counted: Sequence[Account]
) -> Mapping[str, Settlement]:
    if wish.allocation_key is None:
        return {}
    try:
        key = allocation_keys.find(session, wish.allocation_key)
    except NotFound as error:
        raise InvalidDocument([Fault("?allocationKey", "unknown_id", str(error))]) from error
    burdens = {row.municipality: row.net for row in counted if row.net is not None}
    if not burdens or len(burdens) < len(counted):
        return {}
    return settlements(burdens, shares(session, key, sorted(burdens), wish.last))
