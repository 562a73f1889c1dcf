"""Without a valid key nothing is told and nothing is done."""

import json
from pathlib import Path

import httpx
import pytest

from tests.api.conftest import RunningApi

OPENAPI = json.loads(Path("services/api/openapi.json").read_text(encoding="utf-8"))
OPERATIONS = {
    operation["operationId"]: (method.upper(), path, operation.get("x-access"))
    for path, item in OPENAPI["paths"].items()
    for method, operation in item.items()
}
CLOSED = {name: asked for name, asked in OPERATIONS.items() if asked[2] != "public"}
NOBODYS = f"evw_12345678_{'x' * 43}"
UNKNOWN = "00000000-0000-4000-8000-000000000000"


@pytest.mark.parametrize(("method", "path", "_right"), CLOSED.values(), ids=CLOSED)
def test_whoever_has_no_key_is_told_to_send_one(
    running_api: RunningApi, method: str, path: str, _right: str
) -> None:
    answer = httpx.request(method, f"{running_api.url}/v1{path.replace('{id}', UNKNOWN)}")

    assert answer.status_code == 401
    assert answer.json()["code"] == "not_authenticated"
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.parametrize(
    "credentials",
    [
        f"Bearer {NOBODYS}",
        f"Basic {NOBODYS}",
        "Bearer",
        "Bearer evw_short",
        "",
        "é".encode().decode("latin-1"),
    ],
)
def test_a_key_that_nobody_has_is_no_key(running_api: RunningApi, credentials: str) -> None:
    headers = [(b"Authorization", credentials.encode("latin-1"))]

    answer = httpx.get(f"{running_api.url}/v1/needs", headers=headers)

    assert answer.status_code == 401


def test_only_addresses_about_the_service_itself_are_open() -> None:
    assert OPERATIONS.keys() - CLOSED.keys() == {"getAbout", "getHealth", "getReadiness"}
    assert [name for name, asked in CLOSED.items() if asked[2] is None] == []
