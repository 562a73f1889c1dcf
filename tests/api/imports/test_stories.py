"""A planner sends a file, chooses its columns, looks at the preview, and applies it once."""

from typing import Any

import httpx
import pytest

from tests.api.imports.sending import (
    applied,
    apply,
    choose,
    chosen,
    needs,
    preview,
    sent,
)
from tests.api.rows import AMSTERDAM, HAARLEMMERMEER, add

HEAD = "gemeente;doelgroep;periode;aantal\n"
DUTCH = """kenmerk;gemeente;waarde
population;GM0363;1.250,5
population;GM0394;90
"""
ENGLISH = """indicator,municipality,likely
population,GM0363,"1,250.5"
population,GM0394,90
"""


def values(api: httpx.Client, content: str, **choices: Any) -> list[Any]:
    """Import values of an indicator, and give all that the registry then has."""
    made = sent(api, content, noun="indicator-values")
    columns = {one["heading"]: one["suggested"] for one in made["columns"]}
    answer = apply(api, choose(api, made, columns=columns, **choices))
    assert answer.status_code == 200, answer.text
    rows = api.get("/v1/indicator-values").json()["items"]
    return sorted((row["municipality"], row["likely"]) for row in rows)


def test_a_file_tells_its_columns_and_what_they_look_like(registry: httpx.Client) -> None:
    made = sent(registry, HEAD + "GM0363;students;2027;12,5\n", fileName="monitor.csv")

    assert [(one["heading"], one["suggested"]) for one in made["columns"]] == [
        ("gemeente", "municipality"),
        ("doelgroep", "group"),
        ("periode", "period"),
        ("aantal", "likely"),
    ]
    assert made["columns"][3]["samples"] == ["12,5"]
    assert made["numberFormat"] == "nl"
    assert (made["state"], made["rows"], made["fileName"]) == ("uploaded", 1, "monitor.csv")


def test_a_dutch_and_an_english_file_give_the_same_rows(registry: httpx.Client) -> None:
    add(registry, "indicators", id="population")
    rows = [(AMSTERDAM, 1250.5), (HAARLEMMERMEER, 90)]

    assert values(registry, DUTCH) == rows
    assert values(registry, ENGLISH) == rows


def test_a_number_that_is_not_clear_is_asked_and_then_read_as_chosen(
    registry: httpx.Client,
) -> None:
    address = chosen(registry, HEAD + "GM0363;students;2027;1.250\n")
    (fault,) = preview(registry, address)["faults"]
    registry.put(
        f"{address}/choices",
        json={
            **registry.get(address).json()["choices"],
            "numberFormat": "nl",
        },
    )

    assert (fault["row"], fault["heading"], fault["code"]) == (2, "aantal", "number_not_clear")
    assert preview(registry, address)["items"][0]["after"]["likely"] == 1250


def test_every_fault_of_every_row_is_told_and_nothing_is_stored(registry: httpx.Client) -> None:
    address = chosen(
        registry,
        HEAD
        + "GM0363;students;2027;100\n"
        + "GM9999;students;2027;-5\n"
        + "GM0394;nobody;2029;veel\n"
        + "GM0363;students;2027;1\n"
        + "GM0363;students;2028;1;extra\n",
    )
    told = preview(registry, address, only="faults")
    answer = apply(registry, address)

    assert {(one["row"], one["heading"], one["code"]) for one in told["faults"]} == {
        (3, "gemeente", "unknown_id"),
        (3, "aantal", "out_of_range"),
        (4, "doelgroep", "unknown_id"),
        (4, "periode", "unknown_id"),
        (4, "aantal", "not_a_number"),
        (5, None, "repeated_row"),
        (6, None, "too_many_cells"),
    }
    assert {(one["row"], one["field"], one["nl"]) for one in told["faults"] if one["row"] > 3} == {
        (4, "group", "Deze naam of code staat niet in het register."),
        (4, "period", "Deze naam of code staat niet in het register."),
        (4, "likely", "Dit is geen getal in de gekozen taal."),
        (5, None, "Een eerdere regel van het bestand gaat over hetzelfde."),
        (6, None, "Deze regel heeft meer cellen dan er koppen zijn."),
    }
    assert [one["row"] for one in told["items"]] == [3, 4, 5, 6]
    assert told["counts"] == {
        "added": 1, "changed": 0, "unchanged": 0, "leftOut": 0, "faulty": 4
    }  # fmt: skip
    assert answer.status_code == 409
    assert answer.json()["code"] == "import_not_ready"
    assert needs(registry) == []


def test_the_preview_shows_before_and_after_and_applying_does_exactly_that_once(
    registry: httpx.Client,
) -> None:
    old = add(registry, "needs", municipality=AMSTERDAM, group="students", period="2027")
    address = chosen(registry, HEAD + "GM0363;students;2027;77\nGM0394;students;2027;5\n")
    shown = preview(registry, address)
    done = apply(registry, address)
    again = apply(registry, address, "*")
    changed, added = shown["items"]

    assert (changed["before"], changed["after"]["likely"]) == (old, 77)
    assert (added["before"], added["outcome"]) == (None, "added")
    assert done.json() == {
        "added": 1, "changed": 1, "unchanged": 0, "leftOut": 0, "change": done.json()["change"]
    }  # fmt: skip
    assert registry.get(f"/v1/needs/{old['id']}").json() == changed["after"]
    assert registry.get(f"/v1/needs/{added['after']['id']}").json() == added["after"]
    assert (again.status_code, again.json()["code"]) == (409, "import_ended")
    assert registry.get(address).json()["counts"]["changed"] == 1


def test_what_is_imported_is_in_the_history_with_its_import_and_reason(
    registry: httpx.Client,
) -> None:
    address = chosen(registry, HEAD + "GM0363;students;2027;77\n")
    tag = registry.get(f"{address}/preview").headers["ETag"]
    body = {"reason": "Monitor van 2026"}
    registry.post(f"{address}/application", json=body, headers={"If-Match": tag})
    (need,) = registry.get("/v1/needs").json()["items"]
    (version,) = registry.get(f"/v1/needs/{need['id']}/versions").json()["items"]

    assert (version["reason"], version["action"]) == ("Monitor van 2026", "created")
    assert f"/v1/imports/{version['origin'].removeprefix('import:')}" == address


def test_figures_that_changed_since_the_preview_must_be_looked_at_again(
    registry: httpx.Client,
) -> None:
    address = chosen(registry, HEAD + "GM0363;students;2027;77\n")
    tag = registry.get(f"{address}/preview").headers["ETag"]
    add(registry, "needs", municipality=HAARLEMMERMEER, group="students", period="2027")
    stale = apply(registry, address, tag)

    assert (stale.status_code, stale.json()["code"]) == (412, "changed_since")
    assert apply(registry, address).status_code == 200


def test_choices_that_changed_since_the_preview_must_be_looked_at_again(
    registry: httpx.Client,
) -> None:
    made = sent(registry, HEAD + "GM0363;students;2027;77\n")
    address = choose(registry, made)
    tag = registry.get(f"{address}/preview").headers["ETag"]
    choose(registry, made, onExisting="skip")

    assert apply(registry, address, tag).status_code == 412


def test_nothing_is_applied_without_saying_what_was_seen(registry: httpx.Client) -> None:
    address = chosen(registry, HEAD + "GM0363;students;2027;77\n")
    del registry.headers["If-Match"]

    assert registry.post(f"{address}/application", json={}).status_code == 428
    assert registry.delete(address).status_code == 428


@pytest.mark.parametrize(
    ("on_existing", "outcome"),
    [("replace", "changed"), ("skip", "leftOut"), ("refuse", "faulty")],
)
def test_a_row_that_is_there_already_is_replaced_skipped_or_refused(
    registry: httpx.Client, on_existing: str, outcome: str
) -> None:
    add(registry, "needs", municipality=AMSTERDAM, group="students", period="2027")
    address = chosen(registry, HEAD + "GM0363;students;2027;77\n", onExisting=on_existing)

    assert preview(registry, address)["items"][0]["outcome"] == outcome


def test_a_row_is_found_by_its_id_before_its_key(registry: httpx.Client) -> None:
    old = add(registry, "needs", municipality=AMSTERDAM, group="students", period="2027")
    columns = {"id": "id", "gemeente": "municipality", "doelgroep": "group"}
    columns |= {"periode": "period", "aantal": "likely"}
    content = f"id;{HEAD}{old['id']};GM0363;students;2028;77\n"

    assert applied(registry, content, columns=columns)["changed"] == 1
    assert [row["period"] for row in needs(registry)] == ["2028"]


def test_the_same_file_a_second_time_changes_nothing(registry: httpx.Client) -> None:
    content = HEAD + "GM0363;students;2027;77\n"
    applied(registry, content)
    again = applied(registry, content)

    assert (again["unchanged"], again["change"]) == (1, None)


def test_a_suppressed_figure_stays_unknown(registry: httpx.Client) -> None:
    applied(registry, HEAD + "GM0363;students;2027;.\n")
    (row,) = needs(registry)

    assert (row["likely"], row["quality"]) == (None, "suppressed")


def test_labels_become_the_ids_that_were_chosen(registry: httpx.Client) -> None:
    content = HEAD + "GM0363;Studenten;Eerste jaar;7\nGM0363;Overig;Eerste jaar;3\n"
    done = applied(
        registry,
        content,
        groups={"Studenten": "students", "Overig": None},
        periods={"Eerste jaar": "2027"},
    )

    assert (done["added"], done["leftOut"]) == (1, 1)
    assert needs(registry)[0]["group"] == "students"


def test_choices_for_what_does_not_exist_are_all_told(registry: httpx.Client) -> None:
    made = sent(registry, HEAD + "GM0363;students;2027;1\n")
    answer = registry.put(
        f"/v1/imports/{made['id']}/choices",
        json={
            "columns": {"kleur": None, "aantal": "colour", "gemeente": "group", "periode": "group"},
            "constants": {"shape": 1},
        },
    )

    assert {(one["pointer"], one["code"]) for one in answer.json()["errors"]} == {
        ("/columns/kleur", "unknown_column"),
        ("/columns/aantal", "unknown_field"),
        ("/columns/periode", "repeated_field"),
        ("/constants/shape", "unknown_field"),
    }


def test_a_file_that_is_thrown_away_is_gone(registry: httpx.Client) -> None:
    made = sent(registry, HEAD + "GM0363;students;2027;1\n")
    address = f"/v1/imports/{made['id']}"

    assert registry.get("/v1/imports").json()["total"] == 1
    assert registry.get(f"{address}/preview").json()["code"] == "import_not_ready"
    assert registry.delete(address).status_code == 204
    assert registry.get(address).status_code == 404
