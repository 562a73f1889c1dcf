"""A figure that was changed or deleted can be read as it was: who, when, why, from which source.

The history outlives the rows of earlier tests, so a list of the past may hold more than a test
has put there.
"""

from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote

import httpx
import pytest

from services.api.access.actor import Kind, Role
from services.api.database import reading
from services.api.history.recording import latest
from tests.api.conftest import RunningApi
from tests.api.rows import AMSTERDAM, HAARLEMMERMEER, Body, add, body, fill
from tests.keys import bearer, key_for


def replaced(api: httpx.Client, noun: str, row: Body, why: str = "", **changes: Any) -> Body:
    """Change some fields of a row, and give it as it is then."""
    headers = {"Change-Reason": quote(why)} if why else {}
    answer = api.put(f"/v1/{noun}/{row['id']}", json={**row, **changes}, headers=headers)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def moment_of_now(running_api: RunningApi) -> str:
    """The moment of the newest change: from then on the registry says what it says now."""
    with reading(running_api.engine) as session:
        newest = latest(session)
    assert newest is not None
    return newest[1].isoformat()


def every_row(api: httpx.Client, noun: str, **query: str) -> list[Body]:
    """All rows of a list, page after page."""
    answer = api.get(f"/v1/{noun}", params={**query, "limit": "200"})
    rows = list(answer.json()["items"])
    while following := answer.links.get("next"):
        answer = api.get(following["url"])
        rows += answer.json()["items"]
    assert len(rows) == answer.json()["total"]
    return rows


@pytest.fixture
def need(api: httpx.Client) -> Body:
    """A need of Amsterdam."""
    return fill(api)["needs"]


def test_every_version_of_a_figure_is_kept_with_who_when_why_and_source(
    api: httpx.Client, need: Body
) -> None:
    me = api.get("/v1/me").json()
    began = datetime.now(UTC)
    changed = replaced(
        api, "needs", need, "Geteld op 1 mei – opnieuw", likely=105, source="Count of May"
    )

    told = api.get(f"/v1/needs/{need['id']}/versions").json()
    new, old = told["items"]

    assert told["total"] == 2
    assert (old["document"], new["document"]) == (need, changed)
    assert (old["version"], old["action"], old["reason"]) == (1, "created", None)
    assert (new["version"], new["action"]) == (2, "replaced")
    assert new["reason"] == "Geteld op 1 mei – opnieuw"
    assert new["document"]["source"] == "Count of May"
    assert (new["member"], new["organisation"]) == (me["member"], me["organisation"])
    assert new["origin"] == "api"
    assert datetime.fromisoformat(new["at"]) >= began - timedelta(seconds=1)


def test_a_figure_reads_as_it_was(api: httpx.Client, need: Body, running_api: RunningApi) -> None:
    before = moment_of_now(running_api)
    changed = replaced(api, "needs", need, likely=105)
    address = f"/v1/needs/{need['id']}"

    past = api.get(address, params={"asOf": before})

    assert past.json() == need
    assert past.headers["etag"] == '"1"'
    assert api.get(address).json() == changed
    assert api.get(address).headers["etag"] == '"2"'


def test_a_list_as_of_then_has_the_row_that_is_gone_and_not_the_one_that_came(
    api: httpx.Client, need: Body, running_api: RunningApi
) -> None:
    before = moment_of_now(running_api)
    assert api.delete(f"/v1/needs/{need['id']}").status_code == 204
    add(api, "needs", municipality=HAARLEMMERMEER)

    past = every_row(api, "needs", asOf=before)

    now = api.get("/v1/needs").json()["items"]
    assert need in past
    assert [row["municipality"] for row in now] == [HAARLEMMERMEER]
    assert now[0] not in past
    assert api.get(f"/v1/needs/{need['id']}").status_code == 404
    assert api.get(f"/v1/needs/{need['id']}", params={"asOf": before}).json() == need


def test_a_deleted_row_keeps_its_versions_and_goes_on_counting(
    api: httpx.Client, need: Body
) -> None:
    api.delete(f"/v1/needs/{need['id']}")

    again = api.post("/v1/needs", json=need)

    items = api.get(f"/v1/needs/{need['id']}/versions").json()["items"]
    assert again.headers["etag"] == '"3"'
    assert [one["action"] for one in items] == ["created", "deleted", "created"]
    assert [one["version"] for one in items] == [3, 2, 1]
    assert items[1]["document"] is None


def test_before_the_first_change_there_was_nothing(api: httpx.Client, need: Body) -> None:
    long_ago = {"asOf": "2000-01-01T00:00:00Z"}

    assert api.get("/v1/needs", params=long_ago).json() == {"items": [], "total": 0}
    assert api.get(f"/v1/needs/{need['id']}", params=long_ago).status_code == 404


def test_a_list_of_the_past_comes_in_pages(api: httpx.Client, running_api: RunningApi) -> None:
    codes = ["GM0001", "GM0002", "GM0003"]
    for code in codes:
        add(api, "municipalities", code=code)
    then: dict[str, str | int] = {"asOf": moment_of_now(running_api), "limit": 2}
    api.delete("/v1/municipalities/GM0002")

    first = api.get("/v1/municipalities", params=then)
    second = api.get(first.links["next"]["url"])
    whole = api.get("/v1/municipalities", params={**then, "limit": 200})

    rows = first.json()["items"] + second.json()["items"]
    assert [row["code"] for row in rows][:3] == codes
    assert rows == whole.json()["items"][:4]
    assert first.json()["total"] == second.json()["total"] == len(whole.json()["items"])


FILTERS: dict[str, tuple[str, dict[str, str]]] = {
    "a text": ("needs", {"group": "status_holders"}),
    "a number": ("target-groups", {"tier": "1"}),
    "a day": ("indicator-values", {"referenceDate": "2026-01-01"}),
    "a day within": ("periods", {"containsDay": "2027-12-31"}),
    "a day of existence": ("municipalities", {"validOn": "2030-01-01", "name": "Amsterdam"}),
    "a member of a list": ("capacities", {"group": "status_holders"}),
    "a member of a list of rows": ("allocation-keys", {"indicator": "population"}),
    "either end": ("distances", {"municipality": HAARLEMMERMEER}),
    "a name of Python": ("distances", {"from": AMSTERDAM}),
}
OTHERS = {
    "group": "other",
    "tier": "2",
    "referenceDate": "1999-01-01",
    "containsDay": "2028-01-01",
    "validOn": "2000-01-01",
    "name": "other",
    "indicator": "other",
    "municipality": "GM9999",
    "from": "GM9999",
}


@pytest.mark.parametrize(("noun", "wanted"), FILTERS.values(), ids=FILTERS)
def test_a_list_of_the_past_can_be_narrowed_as_one_of_now(
    api: httpx.Client, running_api: RunningApi, noun: str, wanted: dict[str, str]
) -> None:
    row = fill(api)[noun]
    then = moment_of_now(running_api)
    others = {name: OTHERS[name] for name in wanted}

    assert row in every_row(api, noun, **wanted, asOf=then)
    assert row not in every_row(api, noun, **others, asOf=then)


MOMENTS = {
    "tomorrow": (datetime.now(UTC) + timedelta(days=1)).isoformat(),
    "a day": "2026-01-01",
    "without an offset": "2026-01-01T00:00:00",
    "seconds since 1970": "1767225600",
    "no such day": "2026-02-30T00:00:00Z",
    "words": "yesterday",
    "digits of another script": "٢026-01-01T00:00:00Z",
}


@pytest.mark.parametrize("address", ["/v1/needs", "/v1/needs/4f4f6f0e-0c0e-4a4e-8a52-6f1f5c2b9d11"])
@pytest.mark.parametrize("moment", MOMENTS.values(), ids=MOMENTS)
def test_a_moment_that_is_none_or_has_yet_to_come_is_refused(
    api: httpx.Client, address: str, moment: str
) -> None:
    answer = api.get(address, params={"asOf": moment})

    assert answer.status_code == 400
    assert [fault["pointer"] for fault in answer.json()["errors"]] == ["?asOf"]


def test_the_past_cannot_be_sorted(api: httpx.Client) -> None:
    answer = api.get("/v1/needs", params={"asOf": "2026-01-01T00:00:00Z", "sort": "likely"})

    assert [fault["code"] for fault in answer.json()["errors"]] == ["unknown_sort"]


@pytest.mark.parametrize("id_", ["4f4f6f0e-0c0e-4a4e-8a52-6f1f5c2b9d11", "no-id", "%00"])
def test_what_never_was_has_no_versions(api: httpx.Client, id_: str) -> None:
    assert api.get(f"/v1/needs/{id_}/versions").status_code == 404


def test_the_past_of_others_stays_theirs(
    api: httpx.Client, need: Body, running_api: RunningApi
) -> None:
    engine = running_api.engine
    theirs = bearer(key_for(engine, Kind.MUNICIPALITY, [Role.READER], [HAARLEMMERMEER]))
    then = {"asOf": moment_of_now(running_api)}
    address = f"/v1/needs/{need['id']}"
    missing = "/v1/needs/00000000-0000-4000-8000-000000000000"

    seen = api.get("/v1/needs", params=then, headers=theirs).json()["items"]
    assert {row["municipality"] for row in seen} <= {HAARLEMMERMEER}
    for place in ("", "/versions"):
        foreign = api.get(address + place, params=then if not place else {}, headers=theirs)
        nothing = api.get(missing + place, params=then if not place else {}, headers=theirs)
        assert foreign.status_code == nothing.status_code == 404
        assert foreign.json()["detail"].replace(need["id"], "") == nothing.json()["detail"].replace(
            missing[-36:], ""
        )


def test_a_figure_that_moves_shows_each_municipality_its_own_part(
    api: httpx.Client, need: Body, running_api: RunningApi
) -> None:
    reader = [Role.READER]
    old = bearer(key_for(running_api.engine, Kind.MUNICIPALITY, reader, [AMSTERDAM]))
    new = bearer(key_for(running_api.engine, Kind.MUNICIPALITY, reader, [HAARLEMMERMEER]))
    replaced(api, "needs", need, municipality=HAARLEMMERMEER)
    address = f"/v1/needs/{need['id']}/versions"

    seen = [api.get(address, headers=of).json()["items"] for of in (old, new)]

    assert [[one["version"] for one in items] for items in seen] == [[1], [2]]


def test_common_rows_have_versions_for_everybody(
    api: httpx.Client, running_api: RunningApi
) -> None:
    theirs = bearer(key_for(running_api.engine, Kind.CORPORATION, [Role.READER]))
    add(api, "municipalities", **{k: v for k, v in body("municipalities").items() if k == "code"})

    answer = api.get(f"/v1/municipalities/{AMSTERDAM}/versions", headers=theirs)

    assert answer.status_code == 200
    assert answer.json()["items"][0]["document"]["code"] == AMSTERDAM
