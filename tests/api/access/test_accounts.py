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
from tests.api.access.accounts import key, me, member, organisation
from tests.api.conftest import RunningApi
from tests.api.rows import AMSTERDAM, HAARLEMMERMEER

YEAR = timedelta(days=365)


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


def test_a_hash_that_was_moved_to_the_key_of_another_admits_nobody(
    made: httpx.Client, running_api: RunningApi
) -> None:
    desk = member(made)
    mine, theirs = key(made, desk["id"]), key(made, member(made, roles=["signatory"])["id"])
    hashed = key_hash(SAMPLE_SECRET, mine["key"])
    with writing(running_api.engine) as session:
        for shown, kept in ((mine, "0" * 64), (theirs, hashed)):
            session.execute(update(api_keys).where(api_keys.c.id == shown["id"]).values(hash=kept))

    assert me(made, mine).status_code == 401


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
