"""Somebody always stays who can admit others."""

from typing import Any

import httpx
import pytest

from tests.api.access.accounts import member, organisation

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


ENDS = {
    "has ended": {"validTo": "2026-01-01"},
    "ends one day": {"validTo": "2999-12-31"},
    "has not begun": {"validFrom": "2999-01-01"},
}


@pytest.mark.parametrize("days", ENDS.values(), ids=ENDS)
def test_the_organisation_of_the_last_administrator_stays(
    api: httpx.Client, days: dict[str, str]
) -> None:
    address = f"/v1/organisations/{api.get('/v1/me').json()['organisation']}"

    answer = api.put(address, json={**api.get(address).json(), **days})

    assert (answer.status_code, answer.json()["code"]) == (409, "last_administrator")


def test_an_administrator_of_an_organisation_that_ends_is_no_other_one(
    made: httpx.Client,
) -> None:
    made.put("/v1/organisations/gemeente-amsterdam", json=organisation(validTo="2999-12-31"))
    member(made, roles=["administrator"])
    address = f"/v1/members/{made.get('/v1/me').json()['member']}"

    answer = made.put(address, json={**made.get(address).json(), "active": False})

    assert (answer.status_code, answer.json()["code"]) == (409, "last_administrator")


def test_an_administrator_goes_when_another_stays_in_an_organisation_without_an_end(
    made: httpx.Client,
) -> None:
    first, second = member(made, roles=["administrator"]), member(made, roles=["administrator"])
    ended = made.put(
        "/v1/organisations/gemeente-amsterdam", json=organisation(validTo="2999-12-31")
    )

    gone = [made.delete(f"/v1/members/{one['id']}") for one in (first, second)]

    assert ended.status_code == 200
    assert [answer.status_code for answer in gone] == [204, 204]
