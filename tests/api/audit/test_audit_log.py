"""An auditor reads who did what, and can follow the chain without trusting us."""

from datetime import datetime
from typing import Any

import httpx
import pytest

from services.api.access.actor import Kind, Role
from services.api.database import writing
from services.api.history.chain import Entry, Head, broken
from tests.api.conftest import RunningApi
from tests.api.rows import AMSTERDAM, HAARLEMMERMEER, add
from tests.keys import bearer, key_for, new_organisation

Row = dict[str, Any]


@pytest.fixture
def registry(api: httpx.Client) -> httpx.Client:
    """An API with what a need refers to."""
    add(api, "municipalities", code=AMSTERDAM, name="Amsterdam")
    add(api, "municipalities", code=HAARLEMMERMEER, name="Haarlemmermeer")
    add(api, "housing-forms")
    add(api, "target-groups")
    add(api, "periods")
    return api


def client_of(running_api: RunningApi, role: Role, *codes: str, name: str | None = None) -> Any:
    """Make the client of a member of a new organisation, or of one that is named."""
    with writing(running_api.engine) as session:
        organisation = name or new_organisation(session, Kind.AUDITOR, codes)
    key = key_for(running_api.engine, Kind.AUDITOR, [role], organisation=organisation)
    return httpx.Client(base_url=running_api.url, headers=bearer(key), timeout=30.0)


def follow(client: httpx.Client, after: int = 0, limit: int = 1_000, **query: str) -> list[Row]:
    """Read the log to its end."""
    found: list[Row] = []
    last, cursor = -1, after
    while cursor != last:
        answer = client.get("/v1/audit-log", params={"after": cursor, "limit": limit, **query})
        assert answer.status_code == 200, answer.text
        found += answer.json()["items"]
        last, cursor = cursor, answer.json()["next"]
    return found


def end_of(client: httpx.Client) -> int:
    """Give the id of the last entry."""
    return int(follow(client)[-1]["id"])


def entry(told: Row) -> Entry:
    """Read an entry back, as a program of an auditor does."""
    return Entry(
        id=told["id"],
        chain=told["organisation"],
        number=told["number"],
        at=datetime.fromisoformat(told["at"]),
        member=told["member"],
        action=told["action"],
        noun=told["noun"],
        row_id=told["rowId"],
        version=told["version"],
        owners=told["owners"],
        reason=told["reason"],
        origin=told["origin"],
        document_hash=told["documentHash"],
        previous=told["previous"],
        hash=told["hash"],
    )


def test_a_change_is_in_the_log_with_who_why_and_by_which_way(registry: httpx.Client) -> None:
    me = registry.get("/v1/me").json()
    start = end_of(registry)
    reason = {"Change-Reason": "Counted%20anew"}
    need = add(registry, "needs")
    registry.delete(f"/v1/needs/{need['id']}", headers=reason)

    made, gone = follow(registry, start)

    assert (made["organisation"], made["member"]) == (me["organisation"], me["member"])
    assert (made["noun"], made["rowId"], made["version"]) == ("needs", need["id"], 1)
    assert (made["action"], made["origin"], made["owners"]) == ("created", "api", AMSTERDAM)
    assert (gone["action"], gone["reason"]) == ("deleted", "Counted anew")
    assert gone["documentHash"] is None
    assert made["requestId"] != gone["requestId"]


def test_the_log_holds_no_figure(registry: httpx.Client) -> None:
    add(registry, "needs", note="Counted by hand")

    assert "by hand" not in registry.get("/v1/audit-log", params={"limit": 1_000}).text


def test_whoever_reads_a_chain_can_check_it_up_to_its_head(registry: httpx.Client) -> None:
    organisation = registry.get("/v1/me").json()["organisation"]
    heads = {
        told["organisation"]: Head(told["organisation"], told["number"], told["hash"])
        for told in registry.get("/v1/audit-log/heads").json()["items"]
    }

    chain = [entry(told) for told in follow(registry, organisation=organisation)]

    assert list(broken(chain, heads[organisation])) == []
    assert chain[-1].number == heads[organisation].number
    assert {one.chain for one in chain} == {organisation}


def test_page_by_page_is_the_same_as_all_at_once(registry: httpx.Client) -> None:
    start = end_of(registry)
    add(registry, "needs")
    add(registry, "capacities")

    assert follow(registry, start, 1) == follow(registry, start)
    assert len(follow(registry, start)) == 2


def test_an_auditor_of_one_municipality_sees_nothing_of_another(
    running_api: RunningApi, registry: httpx.Client
) -> None:
    start = end_of(registry)
    own = add(registry, "needs", municipality=AMSTERDAM)
    add(registry, "needs", municipality=HAARLEMMERMEER)

    with client_of(running_api, Role.AUDITOR, AMSTERDAM) as auditor:
        told = [one["rowId"] for one in follow(auditor, start) if one["noun"] == "needs"]

    assert told == [own["id"]]


def test_an_auditor_of_the_whole_country_sees_everything(
    running_api: RunningApi, registry: httpx.Client
) -> None:
    with client_of(running_api, Role.AUDITOR) as auditor:
        assert follow(auditor) == follow(registry)


def test_whoever_is_no_auditor_does_not_read_the_log(
    running_api: RunningApi, registry: httpx.Client
) -> None:
    with client_of(running_api, Role.PLANNER, AMSTERDAM) as planner:
        assert planner.get("/v1/audit-log").status_code == 403
        assert planner.get("/v1/audit-log/heads").status_code == 403
    assert httpx.get(f"{running_api.url}/v1/audit-log").status_code == 401


@pytest.mark.parametrize(
    "query", [{"after": "-1"}, {"limit": "0"}, {"limit": "1001"}, {"organisation": "A B"}]
)
def test_a_question_that_makes_no_sense_is_refused(api: httpx.Client, query: Row) -> None:
    assert api.get("/v1/audit-log", params=query).status_code == 400


def test_the_log_is_read_only(api: httpx.Client) -> None:
    assert {
        api.post("/v1/audit-log", json={}).status_code,
        api.delete("/v1/audit-log").status_code,
    } == {405}
