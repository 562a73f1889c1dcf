"""Nothing of one municipality is told to another: not in lists, files, events or answers."""

from typing import Any

import httpx
import pytest

from services.api.access.actor import Kind, Role
from services.api.nouns import BY_PATH
from tests.api.conftest import RunningApi
from tests.api.rows import AMSTERDAM, HAARLEMMERMEER, Filled, body, id_of
from tests.keys import key_for

OWNED = [path for path, one in BY_PATH.items() if one.noun.owners.read]
MISSING = "00000000-0000-4000-8000-000000000000"
BODIES: dict[str, Any] = {"good": None, "bad": {"likely": "many"}, "no object": []}
VERSIONS = {"right": "*", "stale": '"0"', "absent": None}


@pytest.fixture(scope="module", name="other")
def editor_of_another_municipality(filled: Filled, running_api: RunningApi) -> dict[str, str]:
    """The headers of somebody who may do much, with figures of Haarlemmermeer only."""
    roles = [Role.EDITOR, Role.PLANNER, Role.SIGNATORY, Role.AUDITOR]
    key = key_for(running_api.engine, Kind.MUNICIPALITY, roles, [HAARLEMMERMEER])
    return {"Authorization": f"Bearer {key}"}


def asked_by(filled: Filled, headers: dict[str, str], path: str, **query: str) -> httpx.Response:
    # Not the client's own headers: those are of the administrator.
    return httpx.get(f"{filled.api.base_url}/v1/{path}", headers=headers, params=query, timeout=30)


@pytest.mark.parametrize("noun", OWNED)
def test_a_list_and_a_file_have_no_row_of_another(
    filled: Filled, other: dict[str, str], noun: str
) -> None:
    listed = asked_by(filled, other, noun).json()
    file = asked_by(filled, other, f"exports/{noun}", format="json")

    assert listed == {"items": [], "total": 0}
    assert file.json() == []


@pytest.mark.parametrize("noun", OWNED)
def test_the_tag_of_a_list_says_nothing_of_rows_of_another(
    filled: Filled, other: dict[str, str], noun: str
) -> None:
    before = asked_by(filled, other, noun)
    address = f"/v1/{noun}/{id_of(noun, filled.rows[noun])}"
    changed = filled.api.put(address, json={**filled.rows[noun], "note": "Another."})

    after = asked_by(filled, other, noun)

    assert changed.status_code == 200, changed.text
    assert after.headers["ETag"] == before.headers["ETag"]


@pytest.mark.parametrize(
    "noun",
    [noun for noun in OWNED if "municipality" in [f.name for f in BY_PATH[noun].noun.filters]],
)
def test_a_filter_does_not_find_what_a_list_does_not_have(
    filled: Filled, other: dict[str, str], noun: str
) -> None:
    found = asked_by(filled, other, noun, municipality=AMSTERDAM).json()

    assert found == {"items": [], "total": 0}


def test_no_event_tells_of_a_row_of_another(filled: Filled, other: dict[str, str]) -> None:
    ids = {id_of(noun, filled.rows[noun]) for noun in OWNED}

    events = asked_by(filled, other, "events", limit="1000").json()["items"]

    assert {event["subject"] for event in events} & ids == set()


@pytest.mark.parametrize("version", VERSIONS.values(), ids=VERSIONS)
@pytest.mark.parametrize("sent", BODIES.values(), ids=BODIES)
@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_writing_a_row_of_another_is_answered_as_if_it_were_missing(
    filled: Filled, other: dict[str, str], method: str, sent: Any, version: str | None
) -> None:
    own = filled.rows["needs"]["id"]
    headers = other | ({} if version is None else {"If-Match": version})

    def write(id_: str) -> httpx.Response:
        address = f"{filled.api.base_url}/v1/needs/{id_}"
        wanted = body("needs") if sent is None else sent
        return httpx.request(method, address, headers=headers, json=wanted, timeout=30)

    foreign, missing = write(own), write(MISSING)

    assert foreign.status_code == missing.status_code == 404
    assert foreign.text.replace(own, MISSING) == missing.text
    assert "etag" not in foreign.headers


def test_a_new_row_for_another_is_refused_by_its_code(
    filled: Filled, other: dict[str, str]
) -> None:
    answer = httpx.post(
        f"{filled.api.base_url}/v1/needs", headers=other, json=body("needs"), timeout=30
    )

    assert answer.status_code == 403
    assert answer.json()["code"] == "outside_reach"
    assert answer.json()["municipalities"] == [HAARLEMMERMEER]


def test_a_reference_to_a_row_of_another_is_one_to_nothing(
    filled: Filled, other: dict[str, str]
) -> None:
    commitment = filled.rows["commitments"]["id"]
    own = dict.fromkeys(("responsible", "host", "credited"), HAARLEMMERMEER)

    def told(id_: str) -> str:
        wanted = body("realisations", commitment=id_, **own)
        address = f"{filled.api.base_url}/v1/realisations"
        return httpx.post(address, headers=other, json=wanted, timeout=30).text

    assert '"unknown_id"' in told(commitment)
    assert told(commitment).replace(commitment, MISSING) == told(MISSING)
