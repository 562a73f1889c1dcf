"""What goes out comes in again without loss."""

import io
import json
from typing import Any

import httpx
import pytest
from pydantic import BaseModel

from services.api.exports.columns import columns_of
from services.api.exports.csv_file import csv_file
from services.api.exports.service import MEDIA_TYPES, FileFormat
from services.api.exports.templates import columns_to_fill_in
from services.api.exports.xlsx_file import write_workbook
from services.api.nouns import BY_PATH
from tests.api.exports.reading import in_csv
from tests.api.rows import EXAMPLES, Body, add, fill, id_of

FILES = pytest.mark.parametrize("format_", ["csv", "xlsx"])
NASTY = (
    "=1+1",
    "-2",
    "+31 20 123",
    "@SUM(A1:A9)",
    "'x",
    "'=1",
    "''=1",
    "'s-Gravenhage",
    "0034",
    "1.234,5",
    "1e5",
    "2026-01-01",
    "true",
    ".",
    "x",
    "null",
    "a;b,c\td",
    'say "hello", ""',
    "two\nlines",
    "a|b",
    "[1]",
    '{"a": 1}',
    "_x0041_",
    "naïef €😀",
)


def taken_out(api: httpx.Client, noun: str, format_: str, **query: str) -> bytes:
    answer = api.get(f"/v1/exports/{noun}", params={"format": format_, **query})
    assert answer.status_code == 200, answer.text
    return answer.content


def put_in(api: httpx.Client, noun: str, format_: FileFormat, content: bytes) -> Body:
    """Import a file as a person does who takes over every suggestion."""
    headers = {"Content-Type": MEDIA_TYPES[format_].partition(";")[0]}
    sent = api.post("/v1/imports", params={"noun": noun}, content=content, headers=headers)
    assert sent.status_code == 201, sent.text
    address = sent.headers["Location"]
    columns = {column["heading"]: column["suggested"] for column in sent.json()["columns"]}
    chosen = api.put(f"{address}/choices", json={"columns": columns})
    assert chosen.status_code == 200, chosen.text
    preview = api.get(f"{address}/preview")
    assert preview.json()["faults"] == []
    tag = {"If-Match": preview.headers["ETag"]}
    applied = api.post(f"{address}/application", json={}, headers=tag)
    assert applied.status_code == 200, applied.text
    return dict(applied.json())


def every_row(api: httpx.Client) -> dict[str, Any]:
    return {noun: api.get(f"/v1/{noun}?limit=200").json()["items"] for noun in BY_PATH}


def emptied(api: httpx.Client) -> None:
    for noun, rows in reversed(every_row(api).items()):
        for row in rows:
            gone = api.delete(f"/v1/{noun}/{id_of(noun, row)}")
            assert gone.status_code == 204, gone.text


def annoyed(api: httpx.Client) -> None:
    """Fill the registry, also with texts that programs stumble over."""
    fill(api)
    names = {"nameEn": "x", "unit": "x"}
    rows = [{"id": f"t{n}", "nameNl": text, **names} for n, text in enumerate(NASTY)]
    answer = api.post("/v1/indicators/_import", json=rows)
    assert answer.status_code == 200, answer.text


@FILES
def test_a_registry_that_is_taken_out_and_put_in_again_is_the_same(
    api: httpx.Client, format_: FileFormat
) -> None:
    annoyed(api)
    before = every_row(api)
    files = {noun: taken_out(api, noun, format_) for noun in BY_PATH}
    emptied(api)

    added = {noun: put_in(api, noun, format_, file)["added"] for noun, file in files.items()}

    assert every_row(api) == before
    assert added == {noun: len(rows) for noun, rows in before.items()}


def test_json_can_be_sent_back_as_it_is(api: httpx.Client) -> None:
    annoyed(api)
    before = every_row(api)
    files = {noun: taken_out(api, noun, "json") for noun in BY_PATH}
    emptied(api)

    headers = {"Content-Type": "application/json"}
    statuses = {
        api.post(f"/v1/{noun}/_import", content=file, headers=headers).status_code
        for noun, file in files.items()
    }

    assert statuses == {200}
    assert every_row(api) == before


@FILES
def test_what_is_put_in_beside_itself_changes_nothing(
    api: httpx.Client, format_: FileFormat
) -> None:
    annoyed(api)

    done = put_in(api, "indicators", format_, taken_out(api, "indicators", format_))

    assert (done["added"], done["changed"], done["unchanged"]) == (0, 0, len(NASTY) + 1)


def test_a_dutch_file_comes_in_as_it_went_out(api: httpx.Client) -> None:
    row = fill(api)["access-rates"]
    file = taken_out(api, "access-rates", "csv", numbers="nl")
    emptied_of(api, "access-rates", row)

    put_in(api, "access-rates", "csv", file)

    assert api.get(f"/v1/access-rates/{row['id']}").json() == row


def test_a_number_below_zero_stays_a_number(api: httpx.Client) -> None:
    fill(api)
    behind = add(api, "quota-balances", halfYear="2026-I", persons=-276)
    file = taken_out(api, "quota-balances", "csv")
    emptied_of(api, "quota-balances", behind)

    put_in(api, "quota-balances", "csv", file)

    assert "-276" in [cell for line in in_csv(file) for cell in line]
    assert api.get(f"/v1/quota-balances/{behind['id']}").json()["persons"] == -276


def emptied_of(api: httpx.Client, noun: str, row: Body) -> None:
    assert api.delete(f"/v1/{noun}/{row['id']}").status_code == 204


def filled_in(noun: str, format_: FileFormat) -> bytes:
    """Write the example of a noun into the columns of its form."""
    schema: type[BaseModel] = BY_PATH[noun].noun.schema
    columns, batches = columns_to_fill_in(columns_of(schema)), [[json.dumps(EXAMPLES[noun])]]
    if format_ == "csv":
        return b"".join(csv_file(columns, batches, "en"))
    file = io.BytesIO()
    write_workbook(file, noun, columns, batches, {})
    return file.getvalue()


@FILES
@pytest.mark.parametrize("noun", ["needs", "capacities", "money-lines", "realisations"])
def test_a_form_that_is_filled_in_with_its_own_example_is_accepted(
    api: httpx.Client, noun: str, format_: FileFormat
) -> None:
    emptied_of(api, noun, fill(api)[noun])
    file = filled_in(noun, format_)
    form = api.get(f"/v1/templates/{noun}", params={"format": "csv"})
    (headings,) = in_csv(form.content)

    assert put_in(api, noun, format_, file)["added"] == 1

    (row,) = api.get(f"/v1/{noun}").json()["items"]
    assert {name: row[name] for name in headings} == {
        name: EXAMPLES[noun].get(name) for name in headings
    }
