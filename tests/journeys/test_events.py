"""Another system hears of a change by itself, also of what changed while nobody was sending."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.api.rows import body
from tests.api.webhooks.receivers import Receiver, receiving
from tests.journeys.processes_of_evenwicht import Installation, Planner
from tests.processes import wait_until

PRIVATE = {"EVENWICHT_WEBHOOKS_TO_PRIVATE_ADDRESSES": "true"}


@pytest.fixture(params=["sqlite", "postgresql"])
def installation(request: pytest.FixtureRequest, tmp_path: Path) -> Installation:
    """An installation of this test alone that may send to this machine."""
    database, jobs = (f"sqlite:///{tmp_path / name}.sqlite" for name in ("evenwicht", "jobs"))
    if request.param == "postgresql":
        database = jobs = str(request.getfixturevalue("fresh_postgres_url"))
    made = Installation(tmp_path, database, jobs, "http://127.0.0.1:9", PRIVATE)
    made.migrate()
    return made


@pytest.fixture
def planner(installation: Installation) -> Iterator[Planner]:
    """Somebody who changes figures."""
    with installation.api() as planner:
        yield planner


@pytest.fixture
def receiver(planner: Planner) -> Iterator[Receiver]:
    """A system of somebody else that wants to hear of municipalities."""
    with receiving() as receiver:
        wish = {"url": receiver.url, "nouns": ["municipalities"]}
        answer = planner.client.post("/v1/webhooks", json=wish)
        assert answer.status_code == 201, answer.text
        yield receiver


def adds(planner: Planner, code: str) -> None:
    """Add a municipality."""
    answer = planner.client.post(
        "/v1/municipalities", json=body("municipalities", code=code, name=code)
    )
    assert answer.status_code == 201, answer.text


def test_a_change_arrives_and_so_does_what_changed_while_no_worker_ran(
    installation: Installation, planner: Planner, receiver: Receiver
) -> None:
    with installation.worker():
        adds(planner, "GM0001")
        receiver.waits_for(1)
    adds(planner, "GM0002")
    adds(planner, "GM0003")
    with installation.worker("second"):
        came = receiver.waits_for(3)
        (webhook,) = planner.reads("/v1/webhooks")["items"]
        address = f"/v1/webhooks/{webhook['id']}/delivery"
        wait_until(
            lambda: planner.reads(address)["position"] == planner.reads(address)["newest"],
            "everything has arrived",
        )

    assert [json.loads(one.body)["subject"] for one in came] == ["GM0001", "GM0002", "GM0003"]
    told = planner.reads("/v1/events?nouns=municipalities")["items"]
    assert [json.loads(one.body) for one in came] == told
