"""Organisations, members and keys that tests make over the API."""

from typing import Any

import httpx

from tests.api.rows import AMSTERDAM


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
