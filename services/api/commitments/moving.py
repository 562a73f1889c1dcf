"""Move commitments on: offer, take back, sign, amend, fulfil, withdraw."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session

from services.api.access.actor import Author
from services.api.commitments import amendments, signing
from services.api.commitments.errors import NotAParty
from services.api.commitments.moves import Facts, Move, State, after
from services.api.commitments.parties import has_host, is_party, speaks_for_host
from services.api.commitments.schemas import Amendment, AmendmentIn, Commitment
from services.api.commitments.service import close_round, commitments, progress_of
from services.api.crud.conditions import Expected, meets
from services.api.crud.lists import Stored
from services.api.crud.rules import in_order
from services.api.crud.service import document_of
from services.api.history.acts import last_organisation_that, members_who
from shared.faults import InvalidDocument

# What somebody did to a commitment who may not sign it afterwards, for whichever party.
_WROTE = ("created", "replaced", "offered", "amendment_offered")
_PROPOSED = ("offered", "amendment_offered")


def check_seen(session: Session, author: Author, id_: str, expected: Expected) -> None:
    """Refuse an unknown commitment and an old version, before anything is said about a body.

    Raises
    ------
    NotFound
        When no commitment within reach has this id.
    PreconditionRequired, PreconditionFailed
        When the author does not say what it has seen, or has seen another version.
    """
    meets(expected, commitments.document(session, author.caller, id_).version)


class _Held:
    """A commitment that somebody is about to move on, in the version that they have seen."""

    def __init__(
        self, session: Session, author: Author, id_: str, expected: Expected, reason: str | None
    ) -> None:
        self.session = session
        self.author = author if reason is None else replace(author, reason=reason)
        self.actor = author.caller.actor
        self.seen = commitments.document(session, author.caller, id_)
        meets(expected, self.seen.version)
        self.row = commitments.find(session, id_)
        self.waiting = amendments.open_of(session, id_)

    def goes(self, move: Move, facts: Mapping[str, Any]) -> State:
        return after(self.row.state, move, Facts(round_is_open=self.waiting is not None, **facts))

    def becomes(self, action: str, **changes: Any) -> Stored:
        row = self.row.model_copy(update=changes)
        return commitments.move(self.session, self.author, self.seen, row, action)


def offer(session: Session, author: Author, id_: str, expected: Expected) -> Stored:
    """Offer a draft to all parties, to be signed.

    Raises
    ------
    NotFound, PreconditionRequired, PreconditionFailed
        As for every change of a row.
    MoveNotPossible
        When its state does not allow this.
    NotAParty
        When the author has no part in it.
    PartyMissing
        When the municipality that houses has not.
    """
    held = _Held(session, author, id_, expected, None)
    state = held.goes(Move.OFFER, {"host_is_party": has_host(held.row)})
    _need(is_party(held.actor, held.row) or speaks_for_host(held.actor, held.row))
    return held.becomes("offered", state=state)


def retract(session: Session, author: Author, id_: str, expected: Expected, reason: str) -> Stored:
    """Take back what was offered: the commitment, or the amendment that waits for signatures.

    Raises
    ------
    NotAParty
        When another organisation offered it.
    NotFound, PreconditionRequired, PreconditionFailed, MoveNotPossible
        As for offering.
    """
    held = _Held(session, author, id_, expected, reason)
    state = held.goes(Move.RETRACT, {})
    offerer = last_organisation_that(session, commitments.noun.path, id_, _PROPOSED)
    _need(held.actor.organisation == offerer)
    round_ = held.row.round if held.waiting is None else held.waiting.round
    signing.take_back(session, commitments.noun.path, id_, round_)
    close_round(session, held.author, held.row, agreed=False)
    action = "retracted" if held.waiting is None else "amendment_retracted"
    return held.becomes(action, state=state)


def sign(session: Session, author: Author, id_: str, expected: Expected) -> Stored:
    """Sign the text that is open; with the last signature it is in force.

    Raises
    ------
    NotAParty, FourEyes, AlreadySigned
        When the signature would not count.
    NotFound, PreconditionRequired, PreconditionFailed, MoveNotPossible
        As for offering.
    """
    held = _Held(session, author, id_, expected, None)
    held.goes(Move.SIGN, {"all_have_signed": False})
    noun = commitments.noun.path
    waiting = held.waiting
    complete = signing.sign(
        session,
        held.actor,
        noun,
        id_,
        held.row.round if waiting is None else waiting.round,
        held.seen.document if waiting is None else document_of(waiting),
        parties=[party.organisation for party in held.row.parties],
        authors=members_who(session, noun, id_, _WROTE),
    )
    if not complete:
        return held.becomes("signed")
    state = held.goes(Move.SIGN, {"all_have_signed": True})
    if waiting is None:
        return held.becomes("agreed", state=state)
    close_round(session, held.author, held.row, agreed=True)
    numbers = {name: getattr(waiting, name) for name in ("low", "households", "high", "basis")}
    return held.becomes("amended", state=state, round=waiting.round, **numbers)


def amend(
    session: Session, author: Author, id_: str, expected: Expected, wanted: AmendmentIn
) -> Amendment:
    """Propose other numbers; the old ones stay in force until all parties have signed.

    Raises
    ------
    InvalidDocument
        When the numbers are not in order.
    NotFound, PreconditionRequired, PreconditionFailed, MoveNotPossible, NotAParty
        As for offering.
    """
    held = _Held(session, author, id_, expected, wanted.reason)
    held.goes(Move.AMEND, {})
    _need(is_party(held.actor, held.row))
    faults = list(in_order(wanted.low, wanted.households, wanted.high, "households"))
    if faults:
        raise InvalidDocument(faults)
    owners = commitments.noun.owners_of(held.row)
    amendment = amendments.add(session, held.author, id_, owners, wanted)
    held.becomes("amendment_offered")
    return amendment


def fulfil(
    session: Session, author: Author, id_: str, expected: Expected, reason: str | None
) -> Stored:
    """Say that it is fulfilled: enough is realised, or there is a reason why it counts as such.

    Raises
    ------
    NotFulfilled
        When too little is reported and no reason is given.
    NotFound, PreconditionRequired, PreconditionFailed, MoveNotPossible, NotAParty
        As for offering.
    """
    held = _Held(session, author, id_, expected, reason)
    realised = progress_of(session, held.row).realised
    facts = {
        "households": held.row.households,
        "realised": realised,
        "reasoned": reason is not None,
    }
    state = held.goes(Move.FULFIL, facts)
    # What was signed elsewhere may have no parties here.
    _need(
        is_party(held.actor, held.row)
        or (not held.row.parties and speaks_for_host(held.actor, held.row))
    )
    close_round(session, held.author, held.row, agreed=False)
    return held.becomes("fulfilled", state=state)


def withdraw(session: Session, author: Author, id_: str, expected: Expected, reason: str) -> Stored:
    """Withdraw it: what is in force by the host or its region, what is offered by any party.

    Raises
    ------
    NotFound, PreconditionRequired, PreconditionFailed, MoveNotPossible, NotAParty
        As for offering.
    """
    held = _Held(session, author, id_, expected, reason)
    state = held.goes(Move.WITHDRAW, {})
    offered_to = held.row.state == State.OFFERED and is_party(held.actor, held.row)
    _need(offered_to or speaks_for_host(held.actor, held.row))
    close_round(session, held.author, held.row, agreed=False)
    return held.becomes("withdrawn", state=state)


def missing_signatures(session: Session, row: Commitment) -> list[str]:
    """Name the organisations that the open text waits for; none when no text is open."""
    waiting = amendments.open_of(session, row.id)
    if row.state != State.OFFERED and waiting is None:
        return []
    round_ = row.round if waiting is None else waiting.round
    signed = signing.signed_by(session, commitments.noun.path, row.id, round_)
    return sorted({party.organisation for party in row.parties} - signed)


def _need(allowed: bool) -> None:
    if not allowed:
        raise NotAParty
