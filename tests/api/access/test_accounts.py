"""Organisations, members and keys: who is admitted, as whom, and until when."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import select, update

from services.api.access.keys import key_hash
from services.api.access.tables import api_keys
from services.api.database import reading, writing
from services.api.settings import SAMPLE_SECRET
from tests.api.conftest import RunningApi
from tests.api.rows import AMSTERDAM, HAARLEMMERMEER, add

YEAR = timedelta(days=365)


def organisation(**changes: Any) -> dict[str, Any]:
    """A municipality, unless something else is said."""
    good = {
        "id": "gemeente-amsterdam",
        "name": "Gemeente Amsterdam",
        "oin": "00000099000000000001",
        "kind": "municipality",
        "municipalities": [AMSTERDAM],
    }
    return {**good, **changes}


@pytest.fixture(name="made")
def api_with_a_municipality(api: httpx.Client) -> httpx.Client:
    """A client of an API with two municipalities, their region, and one organisation."""
    add(api, "municipalities", code=HAARLEMMERMEER, name="Haarlemmermeer")
    add(api, "municipalities")
    add(api, "regions")
    assert api.post("/v1/organisations", json=organisation()).status_code == 201
    return api


def member(api: httpx.Client, **changes: Any) -> dict[str, Any]:
    good = {"organisation": "gemeente-amsterdam", "label": "Desk", "roles": ["municipalEditor"]}
    answer = api.post("/v1/members", json={**good, **changes})
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


def key(api: httpx.Client, member_id: str, **changes: Any) -> dict[str, Any]:
    answer = api.post("/v1/api-keys", json={"member": member_id, "label": "Link", **changes})
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


def me(api: httpx.Client, made: dict[str, Any]) -> httpx.Response:
    return api.get("/v1/me", headers={"Authorization": f"Bearer {made['key']}"})


def test_a_key_acts_as_its_member(made: httpx.Client) -> None:
    desk = member(made, roles=["signatory", "municipalEditor"])

    answer = me(made, key(made, desk["id"]))

    assert answer.json() == {
        "member": desk["id"],
        "organisation": "gemeente-amsterdam",
        "kind": "municipality",
        "roles": ["municipalEditor", "signatory"],
        "municipalities": [AMSTERDAM],
        "mayChange": True,
    }


def test_a_key_is_shown_once_and_kept_as_a_hash(
    made: httpx.Client, running_api: RunningApi
) -> None:
    shown = key(made, member(made)["id"])

    read = made.get(f"/v1/api-keys/{shown['id']}")
    versions = made.get(f"/v1/api-keys/{shown['id']}/versions")
    with reading(running_api.engine) as session:
        kept = session.execute(select(api_keys).where(api_keys.c.id == shown["id"])).one()

    assert shown["key"].startswith(f"evw_{shown['id']}_")
    assert read.json() == {name: value for name, value in shown.items() if name != "key"}
    assert shown["key"] not in read.text + versions.text + str(kept)
    assert kept.hash == key_hash(SAMPLE_SECRET, shown["key"])


def test_a_revoked_key_is_no_key(made: httpx.Client) -> None:
    shown = key(made, member(made)["id"])
    before = me(made, shown)

    first = made.post(f"/v1/api-keys/{shown['id']}/revocation")
    second = made.post(f"/v1/api-keys/{shown['id']}/revocation")

    assert (before.status_code, me(made, shown).status_code) == (200, 401)
    assert first.json()["revokedAt"]
    assert second.json() == first.json()


def test_a_key_that_has_ended_is_no_key(made: httpx.Client, running_api: RunningApi) -> None:
    shown = key(made, member(made)["id"], expiresAt=(datetime.now(UTC) + YEAR).isoformat())
    before = me(made, shown)
    with writing(running_api.engine) as session:
        session.execute(
            update(api_keys)
            .where(api_keys.c.id == shown["id"])
            .values(expires_at=datetime.now(UTC) - timedelta(seconds=1))
        )

    assert (before.status_code, me(made, shown).status_code) == (200, 401)


def test_a_member_that_is_not_active_has_no_key(made: httpx.Client) -> None:
    desk = member(made)
    shown = key(made, desk["id"])

    made.put(f"/v1/members/{desk['id']}", json={**desk, "active": False})

    assert me(made, shown).status_code == 401


@pytest.mark.parametrize("days", [{"validTo": "2026-01-01"}, {"validFrom": "2999-01-01"}])
def test_an_organisation_that_takes_no_part_now_has_no_key(
    made: httpx.Client, days: dict[str, str]
) -> None:
    shown = key(made, member(made)["id"])

    changed = made.put("/v1/organisations/gemeente-amsterdam", json=organisation(**days))

    assert changed.status_code == 200
    assert me(made, shown).status_code == 401


def test_a_region_has_the_municipalities_of_its_region(made: httpx.Client) -> None:
    wanted = organisation(id="mra", oin=None, kind="region", municipalities=[], region="mra")
    made.post("/v1/organisations", json=wanted)

    answer = me(made, key(made, member(made, organisation="mra")["id"]))

    assert answer.json()["municipalities"] == [AMSTERDAM, HAARLEMMERMEER]


@pytest.mark.parametrize(
    ("kind", "own"), [("province", None), ("national_body", None), ("corporation", [])]
)
def test_who_has_no_municipality_has_all_or_none_by_its_kind(
    made: httpx.Client, kind: str, own: list[str] | None
) -> None:
    made.post(
        "/v1/organisations", json=organisation(id="o", oin=None, kind=kind, municipalities=[])
    )

    answer = me(made, key(made, member(made, organisation="o")["id"]))

    assert answer.json()["municipalities"] == own


FAULTY = {
    "a municipality without its code": ({"municipalities": []}, "one_municipality"),
    "a municipality with two codes": (
        {"municipalities": [AMSTERDAM, HAARLEMMERMEER]},
        "one_municipality",
    ),
    "a corporation with a code": ({"kind": "corporation"}, "no_municipalities"),
    "a region without its region": ({"kind": "region", "municipalities": []}, "region_differs"),
    "a municipality with a region": ({"region": "mra"}, "region_differs"),
    "an unknown region": ({"kind": "region", "municipalities": [], "region": "x"}, "unknown_id"),
    "an end before the start": (
        {"validFrom": "2026-02-01", "validTo": "2026-01-01"},
        "end_before_start",
    ),
    "an OIN of 19 digits": ({"oin": "0" * 19}, "string_pattern_mismatch"),
    "the id of the program itself": ({"id": "system"}, "taken"),
    "an unknown kind": ({"kind": "club"}, None),
}


@pytest.mark.parametrize(("changes", "code"), FAULTY.values(), ids=FAULTY)
def test_an_organisation_that_cannot_be_is_refused(
    made: httpx.Client, changes: dict[str, Any], code: str | None
) -> None:
    wanted = organisation(**{"id": "another", "oin": None, **changes})

    answer = made.post("/v1/organisations", json=wanted)

    assert answer.status_code == 400
    assert code in {None, *(fault["code"] for fault in answer.json()["errors"])}


LOSSES = {
    "is deleted": None,
    "is not active": {"active": False},
    "has another role": {"roles": ["auditor"]},
}


@pytest.mark.parametrize("change", LOSSES.values(), ids=LOSSES)
def test_the_last_administrator_stays(api: httpx.Client, change: dict[str, Any] | None) -> None:
    (last,) = (
        row for row in api.get("/v1/members").json()["items"] if "administrator" in row["roles"]
    )
    address = f"/v1/members/{last['id']}"

    answer = api.delete(address) if change is None else api.put(address, json={**last, **change})

    assert (answer.status_code, answer.json()["code"]) == (409, "last_administrator")


def test_an_administrator_goes_when_there_is_another(made: httpx.Client) -> None:
    another = member(made, roles=["administrator"])

    answer = made.put(f"/v1/members/{another['id']}", json={**another, "active": False})

    assert answer.status_code == 200


def test_an_oin_is_of_one_organisation(made: httpx.Client) -> None:
    answer = made.post("/v1/organisations", json=organisation(id="another"))

    assert answer.status_code == 409


def test_an_organisation_with_members_stays(made: httpx.Client) -> None:
    member(made)

    answer = made.delete("/v1/organisations/gemeente-amsterdam")

    assert answer.status_code == 409
    assert answer.json()["usedBy"] == {"members": 1}


@pytest.mark.parametrize(
    "wanted",
    [
        {"member": "00000000-0000-4000-8000-000000000000", "label": "Link"},
        {"member": "me", "label": "Link"},
        {"label": "Link"},
    ],
)
def test_a_key_for_nobody_is_refused(made: httpx.Client, wanted: dict[str, str]) -> None:
    assert made.post("/v1/api-keys", json=wanted).status_code == 400


@pytest.mark.parametrize("moment", ["2020-01-01T00:00:00Z", "2999-01-01T00:00:00", "later", 3])
def test_a_key_ends_in_the_future_at_a_clear_moment(made: httpx.Client, moment: object) -> None:
    wanted = {"member": member(made)["id"], "label": "Link", "expiresAt": moment}

    assert made.post("/v1/api-keys", json=wanted).status_code == 400
