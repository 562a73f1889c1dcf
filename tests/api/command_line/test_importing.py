"""A file is shown before it is stored, and stored as a whole or not at all."""

import json
from pathlib import Path

import httpx
import pytest

from tests.api.command_line.conftest import Evenwicht
from tests.api.rows import Body, fill


@pytest.fixture
def need(api: httpx.Client) -> Body:
    """A need of 100 households that the registry holds."""
    return fill(api)["needs"]


def written(folder: Path, *lines: str) -> str:
    file = folder / "needs.csv"
    file.write_text("\n".join(["municipality;group;period;likely;source;quality", *lines]) + "\n")
    return str(file)


LINE = "GM0363;status_holders;2027;130;Monitor;estimate"
SET = ("--set", "referenceDate=2026-11-01")


def test_what_changes_is_shown_and_then_stored_in_one_line_with_its_reason(
    api: httpx.Client, need: Body, evenwicht: Evenwicht, tmp_path: Path
) -> None:
    file = written(tmp_path, LINE)

    done = evenwicht("import", file, "--noun", "needs", *SET, "--yes", "--reason", "Opnieuw geteld")

    assert done.exit_code == 0, done.stderr
    assert {"likely", "100", "130"} <= set(done.stdout.split())
    told = "Ingelezen in needs: 0 nieuw, 1 gewijzigd, 0 ongewijzigd."
    assert done.stderr.splitlines() == [told]
    assert api.get(f"/v1/needs/{need['id']}").json()["likely"] == 130
    versions = evenwicht("show", "versions", "needs", need["id"])
    assert "likely: 100 → 130" in " ".join(versions.stdout.split())
    assert "Opnieuw geteld" in " ".join(versions.stdout.split())


def test_people_are_asked_and_may_say_no(
    api: httpx.Client, need: Body, evenwicht: Evenwicht, tmp_path: Path
) -> None:
    file = written(tmp_path, LINE)

    done = evenwicht("import", file, "--noun", "needs", *SET, stdin="n\n")

    assert done.exit_code == 1
    assert "1 regels opslaan?" in done.stderr
    assert "Er is niets opgeslagen." in done.stderr
    assert api.get(f"/v1/needs/{need['id']}").json() == need
    assert api.get("/v1/imports").json()["items"] == []


def test_people_may_say_yes(
    api: httpx.Client, need: Body, evenwicht: Evenwicht, tmp_path: Path
) -> None:
    done = evenwicht("import", written(tmp_path, LINE), "--noun", "needs", *SET, stdin="y\n")

    assert done.exit_code == 0
    assert api.get(f"/v1/needs/{need['id']}").json()["likely"] == 130


def test_looking_only_stores_nothing(
    api: httpx.Client, need: Body, evenwicht: Evenwicht, tmp_path: Path
) -> None:
    file = written(tmp_path, LINE)

    told = evenwicht("import", file, "--noun", "needs", *SET, "--dry-run", "--json")

    assert told.exit_code == 0
    assert json.loads(told.stdout)["counts"]["changed"] == 1
    assert api.get(f"/v1/needs/{need['id']}").json() == need


def test_faults_are_told_by_row_and_column_and_nothing_is_stored(
    api: httpx.Client, need: Body, evenwicht: Evenwicht, tmp_path: Path
) -> None:
    file = written(tmp_path, LINE, "GM0001;status_holders;2027;many;Monitor;estimate")

    done = evenwicht("import", file, "--noun", "needs", *SET, "--yes", "--lang", "en")

    assert done.exit_code == 1
    assert {"municipality", "likely"} <= set(done.stdout.split())
    assert "1 with faults." in done.stdout
    assert done.stderr.splitlines() == ["Nothing was stored."]
    assert api.get(f"/v1/needs/{need['id']}").json() == need


def test_a_program_reads_in_json_what_was_stored(
    need: Body, evenwicht: Evenwicht, tmp_path: Path
) -> None:
    file = written(tmp_path, LINE)

    done = evenwicht("import", file, "--noun", "needs", *SET, "--yes", "--json")

    assert json.loads(done.stdout)["changed"] == 1


def test_a_column_with_another_name_is_pointed_out(
    api: httpx.Client, need: Body, evenwicht: Evenwicht, tmp_path: Path
) -> None:
    file = tmp_path / "wild.csv"
    file.write_text("waar,groep,jaar,hoeveel\nGM0363,Statushouders,2027,131\n")
    columns = ("waar=municipality", "groep=group", "jaar=period", "hoeveel=likely")
    chosen = [part for column in columns for part in ("--column", column)]
    rest = ("--set", "source=Monitor", "--set", "quality=estimate", "--set", "persons=200")

    done = evenwicht(
        "import", str(file), "--noun", "needs", *chosen, *SET, *rest,
        "--group", "Statushouders=status_holders", "--yes",
    )  # fmt: skip

    assert done.exit_code == 0, done.stdout + done.stderr
    row = api.get(f"/v1/needs/{need['id']}").json()
    assert (row["likely"], row["persons"]) == (131, 200)


def test_a_file_that_cannot_be_read_is_told(evenwicht: Evenwicht, tmp_path: Path) -> None:
    file = tmp_path / "needs.xlsx"
    file.write_bytes(b"no workbook")

    done = evenwicht("import", str(file), "--noun", "needs", "--yes")

    assert done.exit_code == 1
    assert "400" in done.stderr


def test_an_export_in_json_comes_in_again_also_when_its_rows_are_there(
    api: httpx.Client, need: Body, evenwicht: Evenwicht, tmp_path: Path
) -> None:
    file = tmp_path / "needs.json"
    evenwicht("export", "needs", "-o", str(file))
    (row,) = json.loads(file.read_text())
    file.write_text(json.dumps([{**row, "likely": 101, "note": "=1+1"}]))

    done = evenwicht("import", str(file), "--noun", "needs", "--yes")

    assert done.exit_code == 0, done.stderr
    assert api.get(f"/v1/needs/{need['id']}").json() == {**need, "likely": 101, "note": "=1+1"}


@pytest.mark.parametrize(
    "content", ["[1", '{"items": []}', "[]", '[{"likely": NaN}]', '[{"colour": "red"}]', "[[1]]"]
)
def test_json_that_holds_no_rows_of_the_noun_is_not_imported(
    need: Body, evenwicht: Evenwicht, tmp_path: Path, content: str
) -> None:
    file = tmp_path / "needs.json"
    file.write_text(content)

    done = evenwicht("import", str(file), "--noun", "needs", "--yes")

    assert done.exit_code == 1
    assert "needs.json is geen lijst met regels van needs" in " ".join(done.stderr.split())
