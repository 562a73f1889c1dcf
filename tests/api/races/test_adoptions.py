"""Many who adopt the same proposal at the same moment: one does, the others are told who."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import cycle
from threading import Barrier

import httpx
import pytest

from tests.api.adoptions.plans import PLAN, planned
from tests.api.commitments.people import People, Somebody, people_of
from tests.api.conftest import RunningApi
from tests.api.races.sizes import ADOPTIONS, crowds
from tests.api.rows import Body

REASON: Body = {"reason": "Decided in the regional meeting."}


@pytest.fixture
def people(api: httpx.Client, running_api: RunningApi) -> People:
    """Two municipalities, their region and a corporation, in an otherwise empty registry."""
    return people_of(api, running_api.engine)


@pytest.fixture
def planners(people: People) -> Iterator[list[Somebody]]:
    """Five planners of one region."""
    # A server closes a connection that was idle, perhaps at the moment that it is used again.
    fresh = httpx.Limits(max_keepalive_connections=0)
    with httpx.Client(base_url=people.api.base_url, timeout=60.0, limits=fresh) as client:
        yield [replace(people.of_region(), client=client) for _ in range(5)]


def race(planners: list[Somebody], address: str, crowd: int) -> list[httpx.Response]:
    """Let so many clients adopt a proposal at the same moment."""
    ready = Barrier(crowd)

    def adopt(planner: Somebody) -> httpx.Response:
        ready.wait()
        return planner.post(f"{address}/adoption", REASON)

    with ThreadPoolExecutor(crowd) as threads:
        return list(threads.map(adopt, [who for who, _ in zip(cycle(planners), range(crowd))]))


def outcome(people: People, planners: list[Somebody], crowd: int) -> tuple[object, ...]:
    """Race for a new proposal, and give what must be the same for every race."""
    address = planned(people.engine)
    answers = race(planners, address, crowd)
    (won,) = (answer.json() for answer in answers if answer.status_code == 201)
    told = {
        (answer.status_code, answer.json()["organisation"], answer.json()["at"] == won["at"])
        for answer in answers
        if answer.status_code != 201
    }
    drafts = people.api.get(f"/v1/commitments?proposal={won['proposal']}").json()["total"]
    return told, drafts, people.api.get(f"{address}/adoption").json() == won


def test_of_all_who_adopt_a_proposal_exactly_one_wins_and_the_others_are_told_who(
    people: People, planners: list[Somebody]
) -> None:
    outcomes = [outcome(people, planners, crowd) for crowd in crowds(ADOPTIONS)]
    assert outcomes == [({(409, people.region, True)}, len(PLAN), True)] * ADOPTIONS
