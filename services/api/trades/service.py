"""What can be done with trades: offer, sign, withdraw."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from sqlalchemy import or_
from sqlalchemy.orm import Session

from services.api.access.actor import Author
from services.api.access.errors import OutsideReach
from services.api.commitments import signing
from services.api.commitments.errors import MoveNotPossible, NotAParty
from services.api.commitments.parties import organisations_of
from services.api.crud.conditions import Expected, meets
from services.api.crud.fields import HalfYearName, MunicipalityCode
from services.api.crud.lists import Stored
from services.api.crud.noun import Filter, Noun, Owners, equals
from services.api.crud.service import Registry
from services.api.history.acts import members_who
from services.api.trades.rules import check, check_task
from services.api.trades.schemas import State, Trade
from services.api.trades.tables import trades as table
from shared.faults import Fault

# The task of a municipality in a half-year, before any trade [persons]; None when not known.
TaskOf = Callable[[Session, str, str], int | None]
_ROUND = 0


def _guard(
    _session: Session, author: Author, before: Trade | None, after: Trade | None
) -> Iterator[Fault]:
    """Refuse a trade of others, and any change that is no move."""
    if before is not None or after is None:
        state = State.OFFERED if before is None else before.state
        done = "deleted" if after is None else "replaced"
        raise MoveNotPossible(state, done, what="trade")
    if not _takes_part(author, after):
        raise OutsideReach(author.caller.reach.codes)
    yield from ()


trades = Registry(
    Noun(
        one="trade",
        about="Trades: a municipality takes over a part of the quota of another, and both sign "
        "(Huisvestingswet 2014, art. 29, second paragraph).",
        schema=Trade,
        table=table,
        filters=(
            equals(table.c.half_year, HalfYearName, "Only trades in this half-year."),
            equals(table.c.state, State, "Only trades in this state."),
            Filter(
                "municipality",
                MunicipalityCode,
                lambda code: or_(
                    table.c.from_municipality == code, table.c.to_municipality == code
                ),
                "Only trades that this municipality gives or takes.",
                lambda code, row: code in (row["fromMunicipality"], row["toMunicipality"]),
            ),
        ),
        check=check,
        owners=Owners(("from_municipality", "to_municipality")),
        guard=_guard,
    )
)


def agreed(session: Session, half_year: str) -> list[Trade]:
    """Read the trades that change tasks in a half-year: signed by both municipalities."""
    return trades.every(
        session, [table.c.half_year == half_year, table.c.state == State.AGREED.value]
    )


def check_seen(session: Session, author: Author, id_: str, expected: Expected) -> Stored:
    """Give a trade in the version that the author has seen.

    Raises
    ------
    NotFound
        When no trade within reach has this id.
    PreconditionRequired, PreconditionFailed
        When the author does not say what it has seen, or has seen another version.
    """
    seen = trades.document(session, author.caller, id_)
    meets(expected, seen.version)
    return seen


def sign(session: Session, author: Author, id_: str, expected: Expected, task_of: TaskOf) -> Stored:
    """Sign for one of both municipalities; with the second signature the tasks change.

    Raises
    ------
    MoveNotPossible
        When it is not offered any more.
    NotAParty, FourEyes, AlreadySigned
        When the signature would not count.
    MoreThanTask
        When the giver would give away more than it has to do.
    NotFound, PreconditionRequired, PreconditionFailed
        As for every change of a row.
    """
    seen = check_seen(session, author, id_, expected)
    row = _offered(trades.find(session, id_), "signed")
    both = _organisations(session, row)
    complete = signing.sign(
        session,
        author.caller.actor,
        trades.noun.path,
        id_,
        _ROUND,
        seen.document,
        parties=both,
        authors=members_who(session, trades.noun.path, id_, ("created",)),
    )
    if not complete or len(both) < 2:
        return trades.move(session, author, seen, row, "signed")
    task = task_of(session, row.from_municipality, row.half_year)
    check_task(task, _given(session, row), row.persons)
    return trades.move(session, author, seen, _in_state(row, State.AGREED), "agreed")


def withdraw(session: Session, author: Author, id_: str, expected: Expected, reason: str) -> Stored:
    """Withdraw a trade that not both have signed, by either of them or their region.

    Raises
    ------
    MoveNotPossible
        When it is not offered any more.
    NotAParty
        When the author speaks for neither.
    NotFound, PreconditionRequired, PreconditionFailed
        As for every change of a row.
    """
    seen = check_seen(session, author, id_, expected)
    row = _offered(trades.find(session, id_), "withdrawn")
    if not _takes_part(author, row):
        raise NotAParty
    because = replace(author, reason=reason)
    return trades.move(session, because, seen, _in_state(row, State.WITHDRAWN), "withdrawn")


def _offered(row: Trade, done: str) -> Trade:
    if row.state != State.OFFERED:
        raise MoveNotPossible(row.state, done, what="trade")
    return row


def _takes_part(author: Author, row: Trade) -> bool:
    reach = author.caller.reach
    return reach.holds([row.from_municipality]) or reach.holds([row.to_municipality])


def _organisations(session: Session, row: Trade) -> Sequence[str]:
    codes = [row.from_municipality, row.to_municipality]
    return sorted(organisations_of(session, codes, datetime.now(UTC).date()).values())


def _given(session: Session, row: Trade) -> int:
    """Add up what the giver gave away before, in the same half-year [persons]."""
    before = agreed(session, row.half_year)
    return sum(
        trade.persons for trade in before if trade.from_municipality == row.from_municipality
    )


def _in_state(row: Trade, state: State) -> Trade:
    return row.model_copy(update={"state": state})
