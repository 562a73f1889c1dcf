"""An organisation says where its events go to, over HTTP."""

import base64
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from services.api.access.actor import Kind, Role
from services.api.database import writing
from tests.api.conftest import RunningApi
from tests.api.rows import AMSTERDAM, HAARLEMMERMEER, add
from tests.keys import bearer, key_for, new_organisation

PUBLIC = "https://145.222.1.1/events"
Row = dict[str, Any]


@pytest.fixture
def regions(api: httpx.Client) -> httpx.Client:
    """An API with two municipalities, as its administrator sees it."""
    add(api, "municipalities", code=AMSTERDAM, name="Amsterdam")
    add(api, "municipalities", code=HAARLEMMERMEER, name="Haarlemmermeer")
    return api


def member(running_api: RunningApi, role: Role, code: str) -> Iterator[httpx.Client]:
    """Give the client of a member of a municipality."""
    with writing(running_api.engine) as session:
        organisation = new_organisation(session, Kind.MUNICIPALITY, [code])
    key = key_for(running_api.engine, Kind.MUNICIPALITY, [role], organisation=organisation)
    with httpx.Client(base_url=running_api.url, headers=bearer(key), timeout=30.0) as client:
        yield client


@pytest.fixture
def planner(running_api: RunningApi, regions: httpx.Client) -> Iterator[httpx.Client]:
    """A planner of Amsterdam."""
    yield from member(running_api, Role.PLANNER, AMSTERDAM)


@pytest.fixture
def other(running_api: RunningApi, regions: httpx.Client) -> Iterator[httpx.Client]:
    """A planner of Haarlemmermeer."""
    yield from member(running_api, Role.PLANNER, HAARLEMMERMEER)


@pytest.fixture
def editor(running_api: RunningApi, regions: httpx.Client) -> Iterator[httpx.Client]:
    """An editor of Amsterdam."""
    yield from member(running_api, Role.EDITOR, AMSTERDAM)


def added(client: httpx.Client, **changes: Any) -> httpx.Response:
    """Add a webhook and give the answer."""
    answer = client.post("/v1/webhooks", json={"url": PUBLIC, **changes})
    assert answer.status_code == 201, answer.text
    return answer


def test_a_webhook_that_was_added_is_there(planner: httpx.Client) -> None:
    answer = added(planner, nouns=["needs"])
    made = answer.json()

    assert made["url"] == PUBLIC
    assert (made["nouns"], made["state"], made["generation"]) == (["needs"], "active", 1)
    assert planner.get(answer.headers["Location"]).json() == made
    assert planner.get("/v1/webhooks").json() == {"items": [made], "total": 1}


def test_its_state_can_be_followed(planner: httpx.Client) -> None:
    address = added(planner).headers["Location"]

    told = planner.get(f"{address}/delivery").json()

    assert told["position"] == told["newest"] > 0
    assert (told["failures"], told["failingSince"], told["lastStatus"]) == (0, None, None)


def test_its_secret_is_not_in_it_but_at_an_address_of_its_own(planner: httpx.Client) -> None:
    answer = added(planner)

    (secret,) = planner.get(f"{answer.headers['Location']}/secret").json()["secrets"]

    assert "whsec_" not in answer.text
    assert len(base64.b64decode(secret.removeprefix("whsec_"))) == 32


def test_after_a_rotation_there_is_a_new_secret_beside_the_old_one(planner: httpx.Client) -> None:
    address = added(planner).headers["Location"]
    (old,) = planner.get(f"{address}/secret").json()["secrets"]

    rotated = planner.post(f"{address}/rotation")

    assert rotated.json()["generation"] == 2
    new, before = planner.get(f"{address}/secret").json()["secrets"]
    assert before == old != new


def test_a_rotation_says_which_version_it_has_seen(planner: httpx.Client) -> None:
    answer = added(planner)
    address, tag = answer.headers["Location"], answer.headers["ETag"]
    del planner.headers["If-Match"]

    assert planner.post(f"{address}/rotation").status_code == 428
    assert planner.post(f"{address}/rotation", headers={"If-Match": tag}).status_code == 200
    assert planner.post(f"{address}/rotation", headers={"If-Match": tag}).status_code == 412


def test_a_webhook_that_was_deleted_is_gone(planner: httpx.Client) -> None:
    address = added(planner).headers["Location"]

    assert planner.delete(address).status_code == 204
    assert planner.get(address).status_code == 404
    assert planner.post(f"{address}/test").status_code == 404


def test_a_webhook_of_another_organisation_looks_like_a_missing_one(
    planner: httpx.Client, other: httpx.Client
) -> None:
    address = added(planner).headers["Location"]
    missing = "/v1/webhooks/5f0c1f1e-00a1-4000-8000-000000000099"
    body = other.get(missing).json()
    body["detail"] = body["detail"].replace(missing.rpartition("/")[2], address.rpartition("/")[2])

    assert other.get("/v1/webhooks").json() == {"items": [], "total": 0}
    assert other.get(address).json() == body
    assert {
        other.get(f"{address}/secret").status_code,
        other.get(f"{address}/delivery").status_code,
        other.post(f"{address}/rotation").status_code,
        other.post(f"{address}/test").status_code,
        other.post(f"{address}/resumption").status_code,
        other.delete(address).status_code,
    } == {404}
    assert planner.get(address).status_code == 200


def test_an_editor_has_nothing_to_do_with_webhooks(editor: httpx.Client) -> None:
    assert editor.get("/v1/webhooks").status_code == 403
    assert editor.post("/v1/webhooks", json={"url": PUBLIC}).status_code == 403


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://145.222.1.1/", "not_https"),
        ("https://me:word@145.222.1.1/", "with_a_password"),
        ("https://127.0.0.1/", "not_public"),
        ("https://10.0.0.7/", "not_public"),
        ("https://169.254.169.254/latest/meta-data", "not_public"),
        ("https://[::1]/", "not_public"),
        ("https://[::ffff:c0a8:1]/", "not_public"),
        ("https://2130706433/", "not_a_full_name"),
        ("https://0x7f.1/", "not_a_full_name"),
        ("https://localhost/", "not_a_full_name"),
        ("https://receiver.invalid/", "unknown_host"),
    ],
)
def test_an_address_that_is_not_public_is_refused_with_the_reason(
    planner: httpx.Client, url: str, reason: str
) -> None:
    answer = planner.post("/v1/webhooks", json={"url": url})

    assert answer.status_code == 400
    assert (answer.json()["code"], answer.json()["reason"]) == ("address_refused", reason)
    assert planner.get("/v1/webhooks").json()["total"] == 0


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"url": 7},
        {"url": PUBLIC, "nouns": []},
        {"url": PUBLIC, "nouns": ["nothing"]},
        {"url": PUBLIC, "nouns": "needs"},
        {"url": PUBLIC, "organisation": "another"},
        {"url": PUBLIC, "state": "paused"},
        [],
    ],
)
def test_a_body_with_a_fault_is_refused(planner: httpx.Client, body: Any) -> None:
    answer = planner.post("/v1/webhooks", json=body)

    assert answer.status_code == 400
    assert answer.json()["errors"]
