"""A request that is sent twice has one effect, however often and by however many it is sent."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from fastapi import APIRouter
from fastapi.routing import APIRoute
from sqlalchemy import select, update

from services.api.access.actor import Kind, Role
from services.api.answers_once.route import StoredAnswers
from services.api.answers_once.store import forget
from services.api.answers_once.tables import stored_answers
from services.api.database import writing
from services.api.main import FEATURES
from tests.api.conftest import RunningApi
from tests.api.rows import AMSTERDAM, add, body
from tests.keys import bearer, key_for

NEW = "Idempotency-Key"
WEEK = timedelta(days=7)
TRANSACTIONS = {"_writing_for", "_freezing_for"}


@pytest.fixture(name="needs")
def api_with_what_a_need_refers_to(api: httpx.Client) -> httpx.Client:
    """A client of an API to which a need can be added."""
    for noun in ("municipalities", "housing-forms", "target-groups", "periods"):
        add(api, noun)
    return api


def post(
    api: httpx.Client, key: str, what: dict[str, Any] | None = None, noun: str = "needs"
) -> httpx.Response:
    return api.post(f"/v1/{noun}", json=what or body(noun), headers={NEW: key})


def total(api: httpx.Client, noun: str = "needs") -> int:
    return int(api.get(f"/v1/{noun}").json()["total"])


def test_a_request_that_is_sent_again_is_answered_again_and_has_one_effect(
    needs: httpx.Client,
) -> None:
    first, second = post(needs, "k-1"), post(needs, "k-1")

    assert (first.status_code, second.status_code) == (201, 201)
    assert second.content == first.content
    assert second.headers["Location"] == first.headers["Location"]
    assert second.headers["ETag"] == first.headers["ETag"]
    assert second.headers["Content-Type"] == first.headers["Content-Type"]
    assert second.headers["Idempotency-Replayed"] == "true"
    assert "Idempotency-Replayed" not in first.headers
    assert total(needs) == 1


def test_the_same_key_with_another_body_is_refused(needs: httpx.Client) -> None:
    post(needs, "k-1")

    answer = post(needs, "k-1", body("needs", note="Another."))

    assert answer.status_code == 422
    assert answer.json()["code"] == "key_reused"
    assert answer.json()["nl"]
    assert total(needs) == 1


def test_the_same_key_at_another_address_is_refused(needs: httpx.Client) -> None:
    period = body("periods", id="2028", start="2028-01-01", end="2028-12-31")
    post(needs, "k-1", period, "periods")

    answer = post(needs, "k-1", period, "needs")

    assert answer.status_code == 422


def test_a_request_that_was_refused_may_be_sent_again_repaired(needs: httpx.Client) -> None:
    refused = post(needs, "k-1", body("needs", municipality="GM9999"))
    repaired = post(needs, "k-1")

    assert (refused.status_code, repaired.status_code) == (400, 201)
    assert "Idempotency-Replayed" not in repaired.headers


def test_the_key_of_another_member_is_another_key(
    needs: httpx.Client, running_api: RunningApi
) -> None:
    key = key_for(running_api.engine, Kind.MUNICIPALITY, [Role.EDITOR], [AMSTERDAM])
    post(needs, "k-1")

    answer = needs.post("/v1/needs", json=body("needs"), headers={**bearer(key), NEW: "k-1"})

    assert answer.status_code == 409


def test_whoever_is_not_admitted_any_more_gets_no_stored_answer(
    needs: httpx.Client, running_api: RunningApi
) -> None:
    key = key_for(running_api.engine, Kind.MUNICIPALITY, [Role.EDITOR], [AMSTERDAM])
    headers = {**bearer(key), NEW: "k-1"}
    made = needs.post("/v1/needs", json=body("needs"), headers=headers)
    needs.post(f"/v1/api-keys/{key.split('_')[1]}/revocation")

    answer = needs.post("/v1/needs", json=body("needs"), headers=headers)

    assert (made.status_code, answer.status_code) == (201, 401)


def test_many_rows_at_once_are_added_once(needs: httpx.Client) -> None:
    rows = [
        body("periods", id=f"20{n}", start=f"20{n}-01-01", end=f"20{n}-12-31") for n in (31, 32)
    ]
    sent = [needs.post("/v1/periods/_import", json=rows, headers={NEW: "k-1"}) for _ in range(2)]

    assert [answer.status_code for answer in sent] == [200, 200]
    assert [answer.json() for answer in sent] == [{"added": 2}, {"added": 2}]
    assert total(needs, "periods") == 3


@pytest.mark.parametrize("key", [b"", b"with space", b"x" * 256, "caf\u00e9".encode()])
def test_what_can_be_no_key_is_refused(needs: httpx.Client, key: bytes) -> None:
    answer = needs.post("/v1/needs", json=body("needs"), headers=[(b"Idempotency-Key", key)])

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["code"] == "unreadable_header"
    assert total(needs) == 0


def test_reading_and_replacing_know_no_such_key(needs: httpx.Client) -> None:
    address = post(needs, "k-1").headers["Location"]

    read = needs.get(address, headers={NEW: "k-1"})
    written = needs.put(address, json=body("needs", note="Another."), headers={NEW: "k-1"})

    assert (read.status_code, written.status_code) == (200, 200)


def test_an_answer_is_kept_for_a_week(needs: httpx.Client, running_api: RunningApi) -> None:
    address = post(needs, "k-1").headers["Location"]
    needs.delete(address)
    with writing(running_api.engine) as session:
        session.execute(update(stored_answers).values(stored_at=datetime.now(UTC) - WEEK))

    answer = post(needs, "k-1")

    assert answer.status_code == 201
    assert answer.headers["Location"] != address


def test_old_answers_are_thrown_away(needs: httpx.Client, running_api: RunningApi) -> None:
    now = datetime.now(UTC)
    post(needs, "k-1")
    with writing(running_api.engine) as session:
        session.execute(update(stored_answers).values(stored_at=now - WEEK))
    post(needs, "k-2", body("needs", note="Another."))
    post(needs, "k-3", body("periods", id="2028", start="2028-01-01", end="2028-12-31"), "periods")

    with writing(running_api.engine) as session:
        forgotten = forget(session, now)
        left = session.scalars(select(stored_answers.c.key)).all()

    assert (forgotten, left) == (1, ["k-3"])


def test_the_answer_and_the_row_are_stored_in_one_transaction(
    needs: httpx.Client, running_api: RunningApi
) -> None:
    post(needs, "k-1")
    refused = post(needs, "k-2", body("needs", note="Another."))

    with writing(running_api.engine) as session:
        keys = session.scalars(select(stored_answers.c.key)).all()

    assert refused.status_code == 409
    assert keys == ["k-1"]


def test_a_new_key_is_not_kept_with_the_answer(api: httpx.Client, running_api: RunningApi) -> None:
    wanted = {"member": api.get("/v1/me").json()["member"], "label": "Test"}

    first, second = (post(api, "k-1", wanted, "api-keys") for _ in range(2))
    with writing(running_api.engine) as session:
        kept = session.scalars(select(stored_answers.c.body)).one()

    assert first.json()["key"].startswith("evw_")
    assert second.json() == {**first.json(), "key": None}
    assert first.json()["key"] not in kept


def routes_of(router: APIRouter) -> Iterator[APIRoute]:
    """Give the routes of a router, also of those inside it."""
    for route in router.routes:
        inner = getattr(route, "original_router", None)
        yield from [route] if isinstance(route, APIRoute) else routes_of(inner or APIRouter())


def dependencies_of(route: APIRoute) -> list[str]:
    """Name what an address needs, in the order in which it gets it."""
    return [getattr(one.call, "__name__", "") for one in route.dependant.dependencies]


WRITING = [
    route
    for router in FEATURES
    for route in routes_of(router)
    if "POST" in (route.methods or ()) and TRANSACTIONS & {*dependencies_of(route)}
]


def test_every_address_that_writes_on_post_keeps_its_answer() -> None:
    assert len(WRITING) > 40
    assert [route.path for route in WRITING if not isinstance(route, StoredAnswers)] == []


@pytest.mark.parametrize("route", WRITING, ids=lambda route: route.path)
def test_the_body_is_read_before_the_transaction_begins(route: APIRoute) -> None:
    needed = dependencies_of(route)
    began = next(place for place, name in enumerate(needed) if name in TRANSACTIONS)

    assert set(needed[began + 1 :]) <= {"author_of", "_caller", "if_match"}
