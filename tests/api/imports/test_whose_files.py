"""A file is its organisation's own, and so are the rows that it may write."""

import httpx

from services.api.access.actor import Kind, Role
from tests.api.conftest import RunningApi
from tests.api.imports.sending import apply, chosen, preview, send, sent
from tests.api.rows import AMSTERDAM, HAARLEMMERMEER, add
from tests.keys import bearer, key_for

HEAD = "gemeente;doelgroep;periode;aantal\n"


def test_an_editor_is_refused_the_rows_of_others_one_by_one(
    registry: httpx.Client, running_api: RunningApi
) -> None:
    foreign = add(registry, "needs", municipality=HAARLEMMERMEER, group="students", period="2027")
    key = key_for(running_api.engine, Kind.MUNICIPALITY, [Role.EDITOR], [AMSTERDAM])
    with httpx.Client(base_url=registry.base_url, headers=bearer(key)) as editor:
        address = chosen(
            editor,
            f"id;{HEAD};GM0363;students;2027;1\n;GM0394;students;2027;2\n"
            + f"{foreign['id']};GM0363;students;2028;3\n",
            columns={"id": "id", "gemeente": "municipality", "doelgroep": "group",
                     "periode": "period", "aantal": "likely"},
        )  # fmt: skip
        shown = preview(editor, address)
        answer = apply(editor, address)

    assert [(one["row"], one["code"]) for one in shown["faults"]] == [
        (3, "outside_reach"),
        (4, "already_exists"),
    ]
    assert [one["before"] for one in shown["items"]] == [None, None, None]
    assert answer.status_code == 409


def test_an_import_of_another_organisation_is_not_there(
    registry: httpx.Client, running_api: RunningApi
) -> None:
    made = sent(registry, HEAD + "GM0363;students;2027;1\n")
    key = key_for(running_api.engine, Kind.MUNICIPALITY, [Role.EDITOR], [AMSTERDAM])
    with httpx.Client(base_url=registry.base_url, headers=bearer(key)) as editor:
        missing = editor.get("/v1/imports/none")
        foreign = editor.get(f"/v1/imports/{made['id']}")
        listed = editor.get("/v1/imports").json()

    assert foreign.status_code == missing.status_code == 404
    assert foreign.text == missing.text.replace("none", made["id"])
    assert listed == {"items": [], "total": 0}


def test_who_may_not_write_a_collection_may_not_import_into_it(
    registry: httpx.Client, running_api: RunningApi
) -> None:
    key = key_for(running_api.engine, Kind.MUNICIPALITY, [Role.EDITOR], [AMSTERDAM])
    with httpx.Client(base_url=registry.base_url, headers=bearer(key)) as editor:
        answer = send(editor, "code;name\n", noun="municipalities")

    assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")
