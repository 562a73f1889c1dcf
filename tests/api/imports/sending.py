"""Send files, choose, preview and apply: the steps of an import, for tests."""

from typing import Any

import httpx

TEXT = "text/csv"
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SOURCED = {"source": "Monitor 2026", "referenceDate": "2026-01-01", "quality": "published"}
NEED_COLUMNS = {
    "gemeente": "municipality",
    "doelgroep": "group",
    "periode": "period",
    "aantal": "likely",
}


def send(
    api: httpx.Client, content: str | bytes, media_type: str = TEXT, **query: str
) -> httpx.Response:
    """Send a file."""
    data = content.encode() if isinstance(content, str) else content
    return api.post(
        "/v1/imports",
        content=data,
        headers={"Content-Type": media_type},
        params={"noun": "needs", **query},
    )


def sent(api: httpx.Client, content: str | bytes, media_type: str = TEXT, **query: str) -> Any:
    """Send a file that is right, and give the import."""
    answer = send(api, content, media_type, **query)
    assert answer.status_code == 201, answer.text
    return answer.json()


def chosen(api: httpx.Client, content: str | bytes, **choices: Any) -> str:
    """Send a file of needs and choose its columns; gives the address of the import."""
    return choose(api, sent(api, content), **choices)


def choose(api: httpx.Client, made: Any, **choices: Any) -> str:
    """Choose how a file is read; gives the address of the import."""
    address = f"/v1/imports/{made['id']}"
    body = {"columns": NEED_COLUMNS, "constants": SOURCED, **choices}
    answer = api.put(f"{address}/choices", json=body)
    assert answer.status_code == 200, answer.text
    return address


def preview(api: httpx.Client, address: str, **query: Any) -> Any:
    """Preview an import that is ready."""
    answer = api.get(f"{address}/preview", params=query)
    assert answer.status_code == 200, answer.text
    return answer.json()


def apply(api: httpx.Client, address: str, tag: str | None = None) -> httpx.Response:
    """Apply an import, as the preview is now unless an older tag is given."""
    seen = tag or api.get(f"{address}/preview").headers["ETag"]
    return api.post(f"{address}/application", json={}, headers={"If-Match": seen})


def applied(api: httpx.Client, content: str | bytes, **choices: Any) -> Any:
    """Do all of it, and give what was done."""
    answer = apply(api, chosen(api, content, **choices))
    assert answer.status_code == 200, answer.text
    return answer.json()


def needs(api: httpx.Client) -> list[Any]:
    """Give all needs without their ids, in the order of their places."""
    rows = api.get("/v1/needs").json()["items"]
    return sorted(
        ({name: value for name, value in row.items() if name != "id"} for row in rows),
        key=lambda row: (row["municipality"], row["group"], row["period"]),
    )
