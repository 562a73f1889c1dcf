"""Changes after a cursor, for whoever may read the rows that they are about."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy.orm import Session

from services.api.events import store
from services.api.events.cloud_event import Change, Sender
from services.api.events.sight import NOUNS, Sight
from services.api.settings import Settings
from shared.faults import Fault, InvalidDocument

MOST_SCANNED = 5_000
_PIECE = 500


@dataclass(frozen=True)
class Stretch:
    """Some changes in order, and the id up to which all were looked at."""

    changes: list[Change]
    next: int


def known_nouns(named: Iterable[str]) -> frozenset[str]:
    """Read which collections are wanted.

    Raises
    ------
    InvalidDocument
        With every name that no collection has.
    """
    wanted = frozenset(named)
    faults = [
        Fault("?nouns", "unknown_noun", f"There are no events of {name!r}.")
        for name in sorted(wanted - NOUNS)
    ]
    if faults:
        raise InvalidDocument(faults)
    return wanted


def sender_of(settings: Settings) -> Sender:
    """Say who tells the events of this installation."""
    return Sender(settings.organisation_oin, settings.public_url)


def newest(session: Session) -> int:
    """Give the id of the last change, 0 when there is none."""
    return store.newest(session)


def after(
    session: Session,
    sight: Sight,
    cursor: int,
    most: int,
    nouns: frozenset[str] = NOUNS,
    *,
    besides: tuple[str, str] | None = None,
) -> Stretch:
    """Give what changed after a cursor, as far as somebody may know.

    Ids are given out in the order in which changes are stored, so nothing can still come
    before an id that was looked at.

    Parameters
    ----------
    sight
        Who asks.
    cursor
        Id of the last change that was looked at, 0 at the beginning.
    most
        Most changes to give; fewer may come, because at most `MOST_SCANNED` are looked at.
    nouns
        Only changes of these.
    besides
        Noun and id of one row of which every change is given too.
    """
    until = min(store.newest(session), cursor + MOST_SCANNED)
    found: list[Change] = []
    for change in _seen(session, sight, cursor, until, nouns, besides):
        found.append(change)
        if len(found) == most:
            return Stretch(found, change.id)
    return Stretch(found, max(cursor, until))


def _seen(
    session: Session,
    sight: Sight,
    cursor: int,
    until: int,
    nouns: frozenset[str],
    besides: tuple[str, str] | None,
) -> Iterator[Change]:
    cells = sight.narrowed(nouns)
    wanted = {*cells, besides[0]} if besides else set(cells)
    for start in range(cursor, until, _PIECE):
        for change, owners in store.between(session, start, min(start + _PIECE, until), wanted):
            cell = cells.get(change.noun)
            if (cell is not None and sight.sees(cell, owners)) or (
                (change.noun, change.row_id) == besides
            ):
                yield change
