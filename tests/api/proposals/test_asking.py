"""A question over HTTP, with nobody who works on it: what is accepted and what is refused."""

from collections.abc import Iterator
from datetime import UTC, datetime

import httpx
import pytest
from sqlalchemy import delete, update

from services.api.database import writing
from services.api.proposals.tables import proposals
from services.api.settings import Settings
from tests.api.conftest import RunningApi
from tests.api.rows import HAARLEMMERMEER, Body, add, fill

QUESTION = {"region": "mra", "timeLimitSeconds": 60}
NOBODY = "00000000-0000-4000-8000-000000000000"
MOST = Settings.model_fields["most_waiting_proposals"].default


@pytest.fixture
def planner(running_api: RunningApi, api: httpx.Client) -> Iterator[httpx.Client]:
    """A client of an API that can be asked for a proposal, and with an empty queue."""
    fill(api)
    add(api, "indicator-values", municipality=HAARLEMMERMEER)
    yield api
    with writing(running_api.engine) as session:
        session.execute(delete(proposals))


def asked(planner: httpx.Client, **more: object) -> Body:
    answer = planner.post("/v1/proposals", json={**QUESTION, **more})
    assert answer.status_code == 202, answer.text
    return dict(answer.json())


def faults(planner: httpx.Client, **more: object) -> list[tuple[str, str]]:
    answer = planner.post("/v1/proposals", json={**QUESTION, **more})
    assert answer.status_code == 400, answer.text
    return [(fault["pointer"], fault["code"]) for fault in answer.json()["errors"]]


def answered(running_api: RunningApi, proposal: Body, **changes: object) -> str:
    """Say that a proposal is ready; nobody reads its answer here."""
    ready = {"state": "ready", "result": "{}", "ended_at": datetime.now(UTC), **changes}
    with writing(running_api.engine) as session:
        row = proposals.c.id == proposal["id"]
        session.execute(update(proposals).where(row).values(**ready))
    return str(proposal["id"])


def test_a_plan_to_stay_near_to_must_be_known(planner: httpx.Client) -> None:
    assert faults(planner, previous=NOBODY) == [("/previous", "unknown_id")]


def test_a_plan_to_stay_near_to_must_be_ready(planner: httpx.Client) -> None:
    assert faults(planner, previous=asked(planner)["id"]) == [("/previous", "not_ready")]


def test_a_plan_to_stay_near_to_is_of_the_same_region(
    running_api: RunningApi, planner: httpx.Client
) -> None:
    elsewhere = answered(running_api, asked(planner), region="elsewhere")
    assert faults(planner, previous=elsewhere) == [("/previous", "other_region")]


def test_a_wrong_earlier_plan_hides_no_other_fault(planner: httpx.Client) -> None:
    told = faults(planner, previous=NOBODY, groups=["ghosts"])
    assert {("/previous", "unknown_id"), ("/groups/0", "unknown_id")} <= set(told)


def test_a_region_has_a_bounded_number_of_proposals_waiting(planner: httpx.Client) -> None:
    accepted = [asked(planner) for _ in range(MOST)]

    refused = planner.post("/v1/proposals", json=QUESTION)
    planner.post(f"{accepted[0]['links']['self']}/cancellation").raise_for_status()

    assert refused.status_code == 429
    assert refused.headers["content-type"] == "application/problem+json"
    assert refused.headers["retry-after"] == "60"
    assert (refused.json()["region"], refused.json()["waiting"]) == ("mra", MOST)
    assert asked(planner)["state"] == "queued"
