"""A request that meets another one half way on PostgreSQL waits for it, and then answers truly.

SQLite has one writer at a time, so there the second request sees all of what the first one did.
"""

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager

import httpx
import pytest
from sqlalchemy import delete, insert, text
from sqlalchemy.orm import Session

from services.api.database import reading, writing
from services.api.municipalities.tables import municipalities
from services.api.regions.tables import region_municipalities, regions
from tests.api.conftest import RunningApi
from tests.api.rows import add, body
from tests.processes import wait_until

pytestmark = pytest.mark.parametrize("database", ["postgresql"], indirect=True)
WAITING = text("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'")


@contextmanager
def meeting(
    running_api: RunningApi, api: httpx.Client, request: httpx.Request
) -> Iterator[tuple[Session, Future[httpx.Response]]]:
    """Let another change be half way, send a request, and finish the change while it waits."""
    with ThreadPoolExecutor(1) as thread, writing(running_api.engine) as other:
        answer: Future[httpx.Response] = Future()
        yield other, answer
        sent = thread.submit(api.send, request)
        wait_until(lambda: is_waiting(running_api), "the request waits for the other change")
        other.commit()
        answer.set_result(sent.result())


def is_waiting(running_api: RunningApi) -> bool:
    """Whether a request waits for another one's change."""
    with reading(running_api.engine) as session:
        return bool(session.scalars(WAITING).one())


def test_a_reference_to_a_row_that_is_being_deleted_is_refused(
    running_api: RunningApi, api: httpx.Client
) -> None:
    add(api, "municipalities")
    referring = api.build_request(
        "POST", "/v1/regions", json=body("regions", municipalities=["GM0363"])
    )

    with meeting(running_api, api, referring) as (other, answer):
        other.execute(delete(municipalities))

    assert answer.result().status_code == 400
    assert answer.result().json()["errors"][0]["code"] == "unknown_id"
    assert api.get("/v1/regions").json()["total"] == 0


def test_a_row_that_is_being_referred_to_is_not_deleted(
    running_api: RunningApi, api: httpx.Client
) -> None:
    add(api, "municipalities")
    deleting = api.build_request("DELETE", "/v1/municipalities/GM0363")

    with meeting(running_api, api, deleting) as (other, answer):
        other.execute(insert(regions).values(id="mra", name="Region", min_need=5))
        other.execute(insert(region_municipalities).values(owner="mra", municipality="GM0363"))

    assert answer.result().status_code == 409
    assert answer.result().json()["usedBy"] == {"regions": 1}


def test_a_row_that_is_being_deleted_is_not_replaced(
    running_api: RunningApi, api: httpx.Client
) -> None:
    add(api, "municipalities")
    replacing = api.build_request(
        "PUT", "/v1/municipalities/GM0363", json=body("municipalities", name="New")
    )

    with meeting(running_api, api, replacing) as (other, answer):
        other.execute(delete(municipalities))

    assert answer.result().status_code == 404
    assert api.get("/v1/municipalities").json()["total"] == 0
