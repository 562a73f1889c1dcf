"""Whatever people do, and in whatever order: what holds for every commitment all its life."""

from dataclasses import dataclass, field
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

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
    RUNNING,
    Facts,
    Move,
    State,
    after,
    check_signer,
)

REFUSALS = (AlreadySigned, FourEyes, MoveNotPossible, NotAParty, NotFulfilled, PartyMissing)
ORGANISATIONS = st.sampled_from(["host", "corporation", "stranger"])
MEMBERS = st.sampled_from(["writer", "first", "second"])
HOUSEHOLDS = st.integers(0, 30)
# Seldom, for what ends a life: else few of them get as far as an amendment.
RARELY = st.sampled_from([False, False, False, False, True])


@dataclass
class Round:
    """One text, and who signed it for whom."""

    households: int
    authors: set[str]
    signatures: dict[str, str] = field(default_factory=dict)


class Life(RuleBasedStateMachine):
    """One commitment as the services keep it, without a database."""

    def __init__(self) -> None:
        super().__init__()
        self.state = State.DRAFT
        self.parties: set[str] = set()
        self.text = Round(10, {"writer"})
        self.amendment: Round | None = None

    def goes(self, move: Move, **facts: Any) -> bool:
        try:
            self.state = after(
                self.state, move, Facts(round_is_open=self.amendment is not None, **facts)
            )
        except REFUSALS:
            return False
        return True

    @precondition(lambda self: self.state == State.DRAFT)
    @rule(organisation=st.sampled_from(["host", "corporation"]))
    def takes_part(self, organisation: str) -> None:
        self.parties.add(organisation)

    @rule(member=MEMBERS)
    def is_offered(self, member: str) -> None:
        if self.goes(Move.OFFER, host_is_party="host" in self.parties):
            self.text.authors.add(member)

    @rule()
    def is_taken_back(self) -> None:
        if self.goes(Move.RETRACT):
            self.amendment = None
            self.text.signatures = self.text.signatures if self.state in IN_FORCE else {}

    @rule(organisation=ORGANISATIONS, member=MEMBERS)
    def is_signed(self, organisation: str, member: str) -> None:
        text = self.amendment or self.text
        try:
            check_signer(organisation, member, self.parties, text.authors, text.signatures)
        except REFUSALS:
            return
        complete = text.signatures.keys() | {organisation} == self.parties
        if self.goes(Move.SIGN, all_have_signed=complete):
            text.signatures[organisation] = member
            self.text = text if complete else self.text
            self.amendment = None if complete else self.amendment

    @rule(member=MEMBERS, households=HOUSEHOLDS)
    def is_amended(self, member: str, households: int) -> None:
        if self.goes(Move.AMEND):
            self.amendment = Round(households, {*self.text.authors, member})

    @rule(realised=st.none() | HOUSEHOLDS, reasoned=RARELY)
    def is_fulfilled(self, realised: int | None, reasoned: bool) -> None:
        households = self.text.households
        if self.goes(Move.FULFIL, households=households, realised=realised, reasoned=reasoned):
            self.amendment = None
            assert reasoned or (realised is not None and realised >= households)

    @precondition(lambda self: self.amendment is not None)
    @rule()
    def is_withdrawn(self) -> None:
        assert self.goes(Move.WITHDRAW, reasoned=True)
        self.amendment = None

    @rule(is_over=RARELY)
    def a_day_passes(self, is_over: bool) -> None:
        was = self.state
        assert self.goes(Move.EXPIRE, is_over=is_over) == (is_over and was in RUNNING)
        self.amendment = None if self.state == State.EXPIRED else self.amendment

    @invariant()
    def what_is_in_force_was_signed_by_all_parties_and_by_none_who_wrote_it(self) -> None:
        if self.state in IN_FORCE:
            assert self.text.signatures.keys() == self.parties
            assert self.text.authors.isdisjoint(self.text.signatures.values())

    @invariant()
    def nothing_is_in_force_without_the_host(self) -> None:
        assert self.state not in IN_FORCE or "host" in self.parties

    @invariant()
    def only_an_agreement_can_wait_for_an_amendment(self) -> None:
        assert self.amendment is None or self.state in IN_FORCE

    @invariant()
    def an_amendment_that_waits_lacks_a_signature(self) -> None:
        assert self.amendment is None or self.amendment.signatures.keys() < self.parties


TestLife = Life.TestCase
TestLife.settings = settings(max_examples=200, stateful_step_count=40, deadline=None)
