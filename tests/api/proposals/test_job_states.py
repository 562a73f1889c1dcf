"""A proposal ends once, whatever workers, queues and planners do to it, in any order."""

from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    MultipleResults,
    RuleBasedStateMachine,
    initialize,
    invariant,
    multiple,
    rule,
)
from sqlalchemy import Engine

from services.api.access.actor import by_system
from services.api.database import metadata, open_database, reading, writing
from services.api.history.tables import changes
from services.api.proposals import service, store
from services.api.proposals.errors import ProposalAlreadyEnded
from services.api.proposals.rules import ENDED, REACHED_FROM, Claim, State
from services.api.proposals.tables import proposals

MOST_ATTEMPTS = 4
NOW = datetime(2026, 11, 23, tzinfo=UTC)


def queued(engine: Engine, proposal_id: str = "p1") -> str:
    with writing(engine) as session:
        store.add(
            session,
            id=proposal_id,
            name=None,
            region="four",
            request="{}",
            problem="{}",
            problem_hash="sha256:0",
            time_limit_seconds=1.0,
            created_at=NOW,
        )
    return proposal_id


class JobHistory(RuleBasedStateMachine):
    """Deliveries may come twice, late or never; workers may die with a claim in hand."""

    claims: Bundle[Claim] = Bundle("claims")

    @initialize()
    def accept(self) -> None:
        self.folder = TemporaryDirectory()
        self.engine = open_database(f"sqlite:///{Path(self.folder.name) / 'jobs.sqlite'}")
        metadata.create_all(self.engine, tables=[proposals, changes])
        self.id = queued(self.engine)
        self.ended: tuple[str, str | None, str | None] | None = None
        self.newest = 0

    def teardown(self) -> None:
        self.engine.dispose()
        self.folder.cleanup()

    @rule(target=claims)
    def a_worker_takes_it_up(self) -> Claim | MultipleResults[Claim]:
        with writing(self.engine) as session:
            claim = service.take_up(session, self.id, MOST_ATTEMPTS)
        if claim is None:
            return multiple()
        assert claim.attempt == self.newest + 1
        self.newest = claim.attempt
        return claim

    @rule(claim=claims, stage=st.sampled_from(["waiting", "shopping"]))
    def a_worker_reports_progress(self, claim: Claim, stage: str) -> None:
        before = self.state()
        with writing(self.engine) as session:
            kept = service.report_progress(session, claim, {"stage": stage})
        assert kept == (before is State.RUNNING and claim.attempt == self.newest)

    @rule(claim=claims, status=st.sampled_from(["optimal", "feasible", "infeasible"]))
    def an_answer_arrives(self, claim: Claim, status: str) -> None:
        before = self.state()
        with writing(self.engine) as session:
            kept = service.answer(session, claim, f"answer {claim.attempt}", status)
        assert kept == (before is State.RUNNING and claim.attempt == self.newest)

    @rule(claim=claims)
    def a_worker_fails(self, claim: Claim) -> None:
        before = self.state()
        with writing(self.engine) as session:
            kept = service.fail(session, claim, f"failure {claim.attempt}")
        assert kept == (before is State.RUNNING and claim.attempt == self.newest)

    @rule()
    def the_planner_cancels(self) -> None:
        before = self.state()
        try:
            with writing(self.engine) as session:
                assert (
                    service.cancel(session, by_system("api"), self.id)["state"] == State.CANCELLED
                )
        except ProposalAlreadyEnded:
            assert before in ENDED - {State.CANCELLED}

    @rule()
    def the_queue_loses_the_job(self) -> None:
        before = self.state()
        with writing(self.engine) as session:
            assert service.give_up(session, self.id, "lost") == (before not in ENDED)

    @invariant()
    def it_ends_once(self) -> None:
        with reading(self.engine) as session:
            row = service.one(session, self.id)
            result = store.document(session, self.id, "result")
        now = (row["state"], row["reason"], result)
        assert self.ended is None or self.ended == now
        if row["state"] in ENDED:
            self.ended = now
        assert (result is not None) == (row["state"] in {State.READY, State.INFEASIBLE})
        assert (row["ended_at"] is not None) == (row["state"] in ENDED)

    @invariant()
    def only_unfinished_work_is_handed_out(self) -> None:
        with reading(self.engine) as session:
            assert list(service.unfinished(session, 10)) == [self.id] * (self.state() not in ENDED)

    def state(self) -> State:
        with reading(self.engine) as session:
            return State(service.one(session, self.id)["state"])


JobHistory.TestCase.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)
TestJobHistory = JobHistory.TestCase


def test_nothing_leads_out_of_an_end() -> None:
    assert not [to for to in State if REACHED_FROM[to] & ENDED]


def test_an_answer_needs_somebody_who_works_on_it() -> None:
    assert REACHED_FROM[State.READY] == {State.RUNNING}


def test_a_proposal_that_takes_its_workers_down_fails_in_the_end(tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path / 'jobs.sqlite'}")
    metadata.create_all(engine, tables=[proposals, changes])
    queued(engine)
    with writing(engine) as session:
        first = service.take_up(session, "p1", max_attempts=1)
        second = service.take_up(session, "p1", max_attempts=1)
        row = service.one(session, "p1")
    engine.dispose()
    assert first is not None
    assert second is None
    assert (row["state"], row["reason"]) == (
        State.FAILED,
        "It was interrupted 1 times without reaching an answer.",
    )
