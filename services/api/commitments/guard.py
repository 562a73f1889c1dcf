"""Who may write a commitment down, and in which state: drafts by editors, moves for the rest."""

from collections.abc import Iterator

from sqlalchemy.orm import Session

from services.api.access.actor import Author
from services.api.access.errors import NotAllowed, OutsideReach
from services.api.access.rights import cell_for
from services.api.commitments.errors import MoveNotPossible
from services.api.commitments.moves import State
from services.api.commitments.parties import wrong_parties
from services.api.commitments.schemas import Commitment
from shared.faults import Fault

# An adoption writes the proposal down that its drafts come from; see `services.api.adoptions`.
ADOPTION = "adoption:"
_KEPT = ("state", "round", "proposal")


def guard(
    session: Session, author: Author, before: Commitment | None, after: Commitment | None
) -> Iterator[Fault]:
    """Report what a new or replaced commitment may not be.

    Raises
    ------
    MoveNotPossible
        When it is no draft any more, so that only moves change it.
    NotAllowed, OutsideReach
        When somebody who may only write drafts writes something else.
    """
    if before is not None and before.state != State.DRAFT:
        raise MoveNotPossible(before.state, "deleted" if after is None else "replaced")
    if after is None:
        return
    if not _is_adopted(author):
        # An adoption looks the hosts of all its drafts up itself, in one go.
        yield from wrong_parties(session, after)
    yield from _of_new(author, after) if before is None else _of_kept(before, after)


def _of_kept(before: Commitment, after: Commitment) -> Iterator[Fault]:
    for name in _KEPT:
        was = getattr(before, name)
        if getattr(after, name) != was:
            yield Fault(f"/{name}", "state_differs", f"It is {was!s} and changes by moves only.")


def _of_new(author: Author, row: Commitment) -> Iterator[Fault]:
    if row.state == State.OFFERED:
        message = "A commitment is offered by a move, so that all parties can sign it here."
        yield Fault("/state", "state_differs", message)
    if row.state == State.DRAFT and row.round > 0:
        yield Fault("/round", "state_differs", "A draft has no amendments: its round is 0.")
    if row.state != State.DRAFT or (row.proposal is not None and not _is_adopted(author)):
        _need_right_to_record(author, row)


def _is_adopted(author: Author) -> bool:
    return author.origin.startswith(ADOPTION)


def _need_right_to_record(author: Author, row: Commitment) -> None:
    actor = author.caller.actor
    cell = cell_for("commitments:record", actor.roles)
    if cell == "none":
        raise NotAllowed
    if cell == "own" and not actor.reach.holds([row.municipality]):
        raise OutsideReach(actor.reach.codes)
