"""A file holds what is there now, whatever is written in it, and only what one may see."""

import httpx
import pytest

from services.api.access.actor import Kind, Role
from tests.api.conftest import RunningApi
from tests.api.exports.reading import in_csv, rows_in
from tests.api.rows import AMSTERDAM, HAARLEMMERMEER, add, fill
from tests.keys import bearer, key_for

FORMATS = pytest.mark.parametrize("format_", ["csv", "xlsx", "json"])
EVIL = '=HYPERLINK("https://evil.example")\n\'; DROP, "x"'


@FORMATS
def test_a_text_that_looks_like_a_formula_is_kept_and_not_computed(
    api: httpx.Client, format_: str
) -> None:
    rows = fill(api)
    note = api.put(f"/v1/needs/{rows['needs']['id']}", json={**rows["needs"], "note": EVIL})
    assert note.status_code == 200

    answer = api.get("/v1/exports/needs", params={"format": format_})

    assert rows_in("needs", format_, answer)[0]["note"] == EVIL


def test_no_cell_of_a_csv_file_begins_as_a_formula(api: httpx.Client) -> None:
    rows = fill(api)
    api.put(f"/v1/needs/{rows['needs']['id']}", json={**rows["needs"], "note": EVIL})

    cells = in_csv(api.get("/v1/exports/needs").content)[1]

    assert f"'{EVIL}" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]


@FORMATS
def test_a_municipality_gets_its_own_figures_and_no_others(
    running_api: RunningApi, api: httpx.Client, format_: str
) -> None:
    fill(api)
    own = add(api, "needs", municipality=HAARLEMMERMEER)
    key = key_for(running_api.engine, Kind.MUNICIPALITY, [Role.READER], [HAARLEMMERMEER])

    answer = api.get("/v1/exports/needs", params={"format": format_}, headers=bearer(key))

    assert rows_in("needs", format_, answer) == [own]
    assert AMSTERDAM.encode() not in answer.content


def test_an_empty_list_is_a_file_with_headings_only(api: httpx.Client) -> None:
    assert len(in_csv(api.get("/v1/exports/needs").content)) == 1
    assert api.get("/v1/exports/needs?format=json").json() == []


@FORMATS
def test_the_registry_goes_out_as_it_was(api: httpx.Client, format_: str) -> None:
    before = fill(api)["needs"]
    at = api.get(f"/v1/needs/{before['id']}/versions").json()["items"][0]["at"]
    api.put(f"/v1/needs/{before['id']}", json={**before, "likely": 120})
    later = add(api, "needs", municipality=HAARLEMMERMEER)

    answer = api.get("/v1/exports/needs", params={"format": format_, "asOf": at})

    # The history also has rows of tests before this one: it is never emptied.
    rows = {row["id"]: row for row in rows_in("needs", format_, answer)}
    assert rows[before["id"]] == before
    assert later["id"] not in rows
    assert f'"needs-{at[:10]}.{format_}"' in answer.headers["content-disposition"]


def test_a_filter_holds_in_the_past_too(api: httpx.Client) -> None:
    before = fill(api)["needs"]
    at = api.get(f"/v1/needs/{before['id']}/versions").json()["items"][0]["at"]

    there, elsewhere = (
        api.get("/v1/exports/needs", params={"asOf": at, "municipality": code}).text
        for code in (AMSTERDAM, HAARLEMMERMEER)
    )

    assert before["id"] in there
    assert before["id"] not in elsewhere


def test_a_file_of_the_future_is_refused(api: httpx.Client) -> None:
    answer = api.get("/v1/exports/needs", params={"asOf": "2999-01-01T00:00:00Z"})

    assert answer.status_code == 400
    assert [fault["pointer"] for fault in answer.json()["errors"]] == ["?asOf"]
