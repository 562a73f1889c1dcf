"""Many who adopt the same proposal at the same moment: one does, the others are told who."""

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import cycle
from threading import Barrier

import httpx
import pytest

from tests.api.adoptions.plans import PLAN, planned
from tests.api.commitments.people import People, Somebody
from tests.api.rows import Body

RACES = 1_000 if os.environ.get("EVENWICHT_LONG") == "1" else 20
# From 2 to 50 clients, so that also the smallest and the largest crowd race in a short run.
CROWDS = [2 + race * 48 // (RACES - 1) for race in range(RACES)]
REASON: Body = {"reason": "Decided in the regional meeting."}


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
    outcomes = [outcome(people, planners, crowd) for crowd in CROWDS]
    assert outcomes == [({(409, people.region, True)}, len(PLAN), True)] * RACES
