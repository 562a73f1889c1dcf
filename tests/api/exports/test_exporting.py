"""A file holds every row as the registry does, in the form that was asked for."""

import io
from datetime import UTC, datetime

import httpx
import pytest

from services.api.access.actor import EVERYWHERE, Caller, by_system
from services.api.database import reading
from services.api.exports import xlsx_file
from services.api.exports.service import Wish, export
from services.api.needs.service import needs
from services.api.nouns import BY_PATH
from shared.faults import InvalidDocument
from tests.api.conftest import RunningApi
from tests.api.exports.reading import in_csv, in_workbook, rows_in
from tests.api.rows import AMSTERDAM, HAARLEMMERMEER, Filled

FORMATS = pytest.mark.parametrize("format_", ["csv", "xlsx", "json"])


@FORMATS
@pytest.mark.parametrize("noun", BY_PATH)
def test_a_file_holds_every_row_as_the_registry_does(
    filled: Filled, noun: str, format_: str
) -> None:
    answer = filled.api.get(f"/v1/exports/{noun}", params={"format": format_})

    assert rows_in(noun, format_, answer) == filled.api.get(f"/v1/{noun}").json()["items"]


def test_a_file_has_a_name_with_the_noun_and_the_day(filled: Filled) -> None:
    today = datetime.now(UTC).date().isoformat()

    answer = filled.api.get("/v1/exports/housing-forms?format=xlsx")

    name = f'attachment; filename="housing-forms-{today}.xlsx"'
    assert answer.headers["content-disposition"] == name
    assert answer.headers["content-type"] == xlsx_file.MEDIA_TYPE
    assert int(answer.headers["content-length"]) == len(answer.content)


def test_a_filter_of_the_list_narrows_the_file_too(filled: Filled) -> None:
    here = filled.api.get("/v1/exports/needs", params={"municipality": AMSTERDAM})
    elsewhere = filled.api.get("/v1/exports/needs", params={"municipality": HAARLEMMERMEER})

    assert len(in_csv(here.content)) == 2
    assert len(in_csv(elsewhere.content)) == 1


def test_a_dutch_file_is_made_for_a_dutch_spreadsheet(filled: Filled) -> None:
    answer = filled.api.get("/v1/exports/access-rates", params={"numbers": "nl"})

    assert "0,75" in in_csv(answer.content, ";")[1]


@pytest.mark.parametrize("query", ["format=pdf", "numbers=de", "limit=5", "format=csv&format=csv"])
def test_what_an_export_does_not_know_is_refused(filled: Filled, query: str) -> None:
    answer = filled.api.get(f"/v1/exports/needs?{query}")

    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"


def test_no_noun_of_that_name_is_not_found(filled: Filled) -> None:
    assert filled.api.get("/v1/exports/secrets").status_code == 404
    assert filled.api.get("/v1/exports/members").status_code == 404


def test_without_a_key_there_is_no_file(running_api: RunningApi) -> None:
    answers = [
        httpx.get(f"{running_api.url}/v1/{what}/needs").status_code
        for what in ("exports", "templates")
    ]

    assert answers == [401, 401]


def test_too_many_rows_for_a_workbook_are_refused_before_it_is_written(
    running_api: RunningApi, filled: Filled, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(xlsx_file, "MOST_ROWS", 0)
    file = io.BytesIO()
    caller = Caller(by_system("test").caller.actor, EVERYWHERE)

    with reading(running_api.engine) as session, pytest.raises(InvalidDocument) as refused:
        export(session, needs, caller, Wish({}, "xlsx"), file)

    assert [fault.code for fault in refused.value.faults] == ["too_many_rows"]
    assert file.getvalue() == b""


def test_the_second_sheet_names_the_version_of_the_registry(filled: Filled) -> None:
    content = filled.api.get("/v1/exports/needs?format=xlsx").content

    told = {line[0]: line[1] for line in in_workbook("Uitleg", content)}
    assert told["register / registry"] == "needs"
    assert int(told["versie / version"]) > 0
    assert told["regels / rows"] == "1"


@pytest.mark.parametrize("format_", ["csv", "xlsx"])
@pytest.mark.parametrize("noun", BY_PATH)
def test_every_noun_has_a_form_with_headings_only(filled: Filled, noun: str, format_: str) -> None:
    answer = filled.api.get(f"/v1/templates/{noun}", params={"format": format_})

    cells = in_csv(answer.content) if format_ == "csv" else in_workbook(noun, answer.content)
    assert len(cells) == 1
    assert set(cells[0]) <= set(filled.rows[noun])
