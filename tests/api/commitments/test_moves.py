"""The table of moves: what each state allows, and on what condition."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.api.commitments.errors import (
    AlreadySigned,
    FourEyes,
    MoveNotPossible,
    NotAParty,
    NotFulfilled,
    PartyMissing,
)
from services.api.commitments.moves import (
    IN_FORCE,
    MOVES,
    RUNNING,
    Facts,
    Move,
    State,
    after,
    check_signer,
)

# Everything that can be asked for is there, so that only the state decides.
WILLING = Facts(
    host_is_party=True,
    all_have_signed=True,
    round_is_open=False,
    households=10,
    realised=10,
    reasoned=True,
    is_over=True,
)
WILLING_WITH_AMENDMENT = Facts(
    host_is_party=True,
    all_have_signed=True,
    round_is_open=True,
    households=10,
    realised=10,
    reasoned=True,
    is_over=True,
)
LEADS = {
    (State.DRAFT, Move.OFFER): State.OFFERED,
    (State.DRAFT, Move.WITHDRAW): State.WITHDRAWN,
    (State.DRAFT, Move.EXPIRE): State.EXPIRED,
    (State.OFFERED, Move.RETRACT): State.DRAFT,
    (State.OFFERED, Move.SIGN): State.AGREED,
    (State.OFFERED, Move.WITHDRAW): State.WITHDRAWN,
    (State.OFFERED, Move.EXPIRE): State.EXPIRED,
    (State.AGREED, Move.AMEND): State.AGREED,
    (State.AGREED, Move.FULFIL): State.FULFILLED,
    (State.AGREED, Move.WITHDRAW): State.WITHDRAWN,
    (State.AGREED, Move.EXPIRE): State.EXPIRED,
    (State.AMENDED, Move.AMEND): State.AMENDED,
    (State.AMENDED, Move.FULFIL): State.FULFILLED,
    (State.AMENDED, Move.WITHDRAW): State.WITHDRAWN,
    (State.AMENDED, Move.EXPIRE): State.EXPIRED,
}
REFUSED = sorted(set(product(State, Move)) - LEADS.keys())


@pytest.mark.parametrize(("begin", "end"), LEADS.items())
def test_a_move_in_the_table_leads_where_the_table_says(
    begin: tuple[State, Move], end: State
) -> None:
    assert after(*begin, WILLING) == end


@pytest.mark.parametrize(("state", "move"), REFUSED)
def test_every_other_move_is_refused_and_names_the_state(state: State, move: Move) -> None:
    with pytest.raises(MoveNotPossible) as refused:
        after(state, move, WILLING)
    assert (refused.value.facts["state"], refused.value.facts["move"]) == (state, move)


@pytest.mark.parametrize("state", sorted(set(State) - RUNNING))
@pytest.mark.parametrize("move", Move)
def test_what_has_ended_stays_as_it_is(state: State, move: Move) -> None:
    with pytest.raises(MoveNotPossible):
        after(state, move, WILLING_WITH_AMENDMENT)


def test_the_table_has_every_move() -> None:
    assert set(MOVES) == set(Move)


def test_only_with_the_host_it_can_be_offered() -> None:
    with pytest.raises(PartyMissing):
        after(State.DRAFT, Move.OFFER, Facts(host_is_party=False))


def test_it_stays_offered_until_all_have_signed() -> None:
    assert after(State.OFFERED, Move.SIGN, Facts(all_have_signed=False)) == State.OFFERED


@pytest.mark.parametrize("state", sorted(IN_FORCE))
def test_an_amendment_changes_the_state_only_when_all_have_signed(state: State) -> None:
    waits = Facts(round_is_open=True, all_have_signed=False)
    signed = Facts(round_is_open=True, all_have_signed=True)
    assert after(state, Move.SIGN, waits) == state
    assert after(state, Move.SIGN, signed) == State.AMENDED


@pytest.mark.parametrize("state", sorted(IN_FORCE))
def test_an_amendment_can_be_taken_back_and_the_agreement_stays(state: State) -> None:
    assert after(state, Move.RETRACT, Facts(round_is_open=True)) == state


@pytest.mark.parametrize("state", sorted(IN_FORCE))
def test_a_second_amendment_waits_for_the_first(state: State) -> None:
    with pytest.raises(MoveNotPossible, match="Another amendment waits"):
        after(state, Move.AMEND, Facts(round_is_open=True))


@given(st.integers(0, 1000), st.none() | st.integers(0, 1000))
def test_without_a_reason_it_is_fulfilled_only_by_enough_households(
    households: int, realised: int | None
) -> None:
    facts = Facts(households=households, realised=realised)
    enough = realised is not None and realised >= households
    assert _is_fulfilled(facts) == enough


def _is_fulfilled(facts: Facts) -> bool:
    try:
        return after(State.AGREED, Move.FULFIL, facts) == State.FULFILLED
    except NotFulfilled:
        return False


def test_a_reason_makes_up_for_households_that_are_not_reported() -> None:
    facts = Facts(households=10, realised=None, reasoned=True)
    assert after(State.AGREED, Move.FULFIL, facts) == State.FULFILLED


def test_it_does_not_expire_while_its_last_period_lasts() -> None:
    with pytest.raises(MoveNotPossible, match="has not ended"):
        after(State.AGREED, Move.EXPIRE, Facts(is_over=False))


def test_who_is_no_party_does_not_sign() -> None:
    with pytest.raises(NotAParty):
        check_signer("other", "m1", parties={"host"}, authors=(), signed=())


def test_who_proposed_does_not_sign_for_any_party() -> None:
    with pytest.raises(FourEyes):
        check_signer("host", "m1", parties={"host", "home"}, authors={"m1"}, signed=())


def test_an_organisation_signs_a_text_once() -> None:
    with pytest.raises(AlreadySigned):
        check_signer("host", "m2", parties={"host"}, authors={"m1"}, signed={"host"})


def test_a_second_pair_of_eyes_signs() -> None:
    check_signer("host", "m2", parties={"host", "home"}, authors={"m1"}, signed={"home"})
