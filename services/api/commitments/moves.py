"""The life of a commitment as one table, and who may sign it. Pure.

draft -> offered -> agreed -> (amended) -> fulfilled | withdrawn | expired

A text is signed in rounds. Round 0 is the commitment itself; every amendment opens a round of its
own, and the numbers that were agreed stay in force until all parties have signed that round.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from services.api.commitments.errors import (
    AlreadySigned,
    FourEyes,
    MoveNotPossible,
    NotAParty,
    NotFulfilled,
    PartyMissing,
)


class State(StrEnum):
    """How far a commitment is."""

    DRAFT = "draft"
    OFFERED = "offered"
    AGREED = "agreed"
    AMENDED = "amended"
    FULFILLED = "fulfilled"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


IN_FORCE = frozenset({State.AGREED, State.AMENDED})
RUNNING = frozenset({State.DRAFT, State.OFFERED}) | IN_FORCE


class Move(StrEnum):
    """What can be done to a commitment, named by what it is afterwards."""

    OFFER = "offered"
    RETRACT = "retracted"
    SIGN = "signed"
    AMEND = "amended"
    FULFIL = "fulfilled"
    WITHDRAW = "withdrawn"
    EXPIRE = "expired"


@dataclass(frozen=True)
class Facts:
    """What a move depends on beside the state.

    Parameters
    ----------
    host_is_party
        The municipality that houses is one of the parties.
    round_is_open
        An amendment waits for signatures.
    all_have_signed
        With this signature every party has signed the round.
    households, realised
        Agreed and reported [households]; realised is None when it is not known.
    reasoned
        A reason is given.
    is_over
        The last period has ended.
    """

    host_is_party: bool = False
    round_is_open: bool = False
    all_have_signed: bool = False
    households: int = 0
    realised: int | None = None
    reasoned: bool = False
    is_over: bool = False


def _offered(_state: State, facts: Facts) -> State:
    if not facts.host_is_party:
        raise PartyMissing
    return State.OFFERED


def _retracted(state: State, facts: Facts) -> State:
    if state == State.OFFERED:
        return State.DRAFT
    _need_open_round(state, Move.RETRACT, facts)
    return state


def _signed(state: State, facts: Facts) -> State:
    if state == State.OFFERED:
        return State.AGREED if facts.all_have_signed else State.OFFERED
    _need_open_round(state, Move.SIGN, facts)
    return State.AMENDED if facts.all_have_signed else state


def _amended(state: State, facts: Facts) -> State:
    if facts.round_is_open:
        raise MoveNotPossible(
            state,
            Move.AMEND,
            "Another amendment waits for signatures.",
            "Een andere wijziging wacht op handtekeningen.",
        )
    return state


def _fulfilled(_state: State, facts: Facts) -> State:
    enough = facts.realised is not None and facts.realised >= facts.households
    if not enough and not facts.reasoned:
        raise NotFulfilled(facts.realised, facts.households)
    return State.FULFILLED


def _withdrawn(_state: State, _facts: Facts) -> State:
    return State.WITHDRAWN


def _expired(state: State, facts: Facts) -> State:
    if not facts.is_over:
        raise MoveNotPossible(
            state,
            Move.EXPIRE,
            "Its last period has not ended.",
            "De laatste periode is nog niet voorbij.",
        )
    return State.EXPIRED


def _need_open_round(state: State, move: Move, facts: Facts) -> None:
    if not facts.round_is_open:
        raise MoveNotPossible(
            state,
            move,
            "There is no amendment that waits for signatures.",
            "Er is geen wijziging die op handtekeningen wacht.",
        )


MOVES: Mapping[Move, tuple[frozenset[State], Callable[[State, Facts], State]]] = {
    # move          from which states                to which, and on what condition
    Move.OFFER: (frozenset({State.DRAFT}), _offered),
    Move.RETRACT: (IN_FORCE | {State.OFFERED}, _retracted),
    Move.SIGN: (IN_FORCE | {State.OFFERED}, _signed),
    Move.AMEND: (IN_FORCE, _amended),
    Move.FULFIL: (IN_FORCE, _fulfilled),
    Move.WITHDRAW: (RUNNING, _withdrawn),
    Move.EXPIRE: (RUNNING, _expired),
}


def after(state: State, move: Move, facts: Facts) -> State:
    """Tell the state that a move leads to.

    Raises
    ------
    MoveNotPossible
        When the state does not allow the move.
    PartyMissing, NotFulfilled
        When it does, but its condition is not met.
    """
    begins, decide = MOVES[move]
    if state not in begins:
        raise MoveNotPossible(state, move)
    return decide(state, facts)


def check_signer(
    organisation: str,
    member: str,
    parties: Collection[str],
    authors: Collection[str],
    signed: Collection[str],
) -> None:
    """Refuse a signature that would not bind, or not be a second pair of eyes.

    Parameters
    ----------
    organisation, member
        Who signs, and for which organisation.
    parties
        Organisations that have to sign.
    authors
        Members who wrote or proposed the text, for whichever organisation.
    signed
        Organisations that have signed this round.

    Raises
    ------
    NotAParty, FourEyes, AlreadySigned
        In this order.
    """
    if organisation not in parties:
        raise NotAParty
    if member in authors:
        raise FourEyes
    if organisation in signed:
        raise AlreadySigned
