"""Each command says what it did in one line, or why it did not."""

import json
from pathlib import Path

import pytest

from tests.api.command_line.conftest import Evenwicht
from tests.api.exports.reading import in_csv, in_workbook
from tests.api.rows import Filled
from tests.processes import free_tcp_port


def test_an_export_is_written_to_a_file_of_the_kind_that_its_name_tells(
    filled: Filled, evenwicht: Evenwicht, tmp_path: Path
) -> None:
    file = tmp_path / "needs.xlsx"

    done = evenwicht("export", "needs", "-o", str(file))

    assert done.exit_code == 0
    assert in_workbook("needs", file.read_bytes())[1][1] == "GM0363"
    assert done.stdout == ""
    assert done.stderr.startswith(f"{file} geschreven (")
    assert len(done.stderr.splitlines()) == 1


def test_without_a_file_an_export_is_the_output(filled: Filled, evenwicht: Evenwicht) -> None:
    done = evenwicht("export", "needs", "--filter", "municipality=GM0363", "--numbers", "nl")

    assert done.exit_code == 0
    assert len(in_csv(done.stdout_bytes, ";")) == 2
    assert done.stderr == ""


def test_a_program_is_told_in_json_what_was_written(
    filled: Filled, evenwicht: Evenwicht, tmp_path: Path
) -> None:
    file = tmp_path / "needs.json"

    told = json.loads(evenwicht("export", "needs", "-o", str(file), "--json").stdout)

    assert told == {"file": str(file), "bytes": len(file.read_bytes())}


def test_a_form_to_fill_in_is_an_export_too(
    filled: Filled, evenwicht: Evenwicht, tmp_path: Path
) -> None:
    file = tmp_path / "form.csv"

    assert evenwicht("export", "needs", "--template", "-o", str(file)).exit_code == 0

    assert len(in_csv(file.read_bytes())) == 1


def test_a_file_of_an_unknown_kind_is_not_written(
    filled: Filled, evenwicht: Evenwicht, tmp_path: Path
) -> None:
    done = evenwicht("export", "needs", "-o", str(tmp_path / "needs.pdf"), "--lang", "en")

    assert done.exit_code == 1
    assert "choose --format" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_what_the_api_refuses_is_told_with_its_reason(filled: Filled, evenwicht: Evenwicht) -> None:
    done = evenwicht("export", "needs", "--filter", "colour=blue")

    assert done.exit_code == 1
    assert done.stdout == ""
    assert "There is no parameter 'colour'" in done.stderr


def test_without_a_key_the_reason_is_told_in_the_language_asked_for(
    filled: Filled, evenwicht: Evenwicht
) -> None:
    dutch = evenwicht("show", "commitments", "--key", "")
    english = evenwicht("show", "commitments", "--key", "", "--lang", "en")

    assert (dutch.exit_code, english.exit_code) == (1, 1)
    assert "Stuur een geldige sleutel" in dutch.stderr
    assert "Stuur een geldige sleutel" not in english.stderr
    assert "Send a valid key" in english.stderr


def test_an_api_that_is_not_there_is_told(evenwicht: Evenwicht) -> None:
    done = evenwicht("show", "commitments", "--api-url", f"http://127.0.0.1:{free_tcp_port()}")

    assert done.exit_code == 1
    assert done.stderr.startswith("The API cannot be reached:")


@pytest.mark.parametrize(
    "arguments",
    [
        ("export",),
        ("export", "needs", "--filter", "municipality"),
        ("import", "there-is-no-such-file.csv", "--noun", "needs"),
        ("show", "nothing"),
        ("propose",),
    ],
)
def test_a_command_that_is_not_understood_ends_with_2(
    evenwicht: Evenwicht, arguments: tuple[str, ...]
) -> None:
    assert evenwicht(*arguments).exit_code == 2


def test_agreements_are_shown_with_the_names_that_people_know(
    filled: Filled, evenwicht: Evenwicht
) -> None:
    done = evenwicht("show", "commitments")

    assert done.exit_code == 0
    assert {"Amsterdam", "Statushouders", "80"} <= set(done.stdout.split())
    assert max(map(len, done.stdout.splitlines())) <= 80


def test_a_filter_that_nothing_meets_shows_an_empty_table(
    filled: Filled, evenwicht: Evenwicht
) -> None:
    assert json.loads(evenwicht("show", "commitments", "--period", "1999", "--json").stdout) == []


def test_the_ledger_and_the_money_are_shown(filled: Filled, evenwicht: Evenwicht) -> None:
    half_year = filled.rows["quota-totals"]["halfYear"]

    ledger = evenwicht("show", "ledger", half_year, "--on", "2025-03-31")
    money = evenwicht("show", "money", "--region", "mra", "--lang", "en")

    assert (ledger.exit_code, money.exit_code) == (0, 0), ledger.stderr + money.stderr
    assert f"Taakstelling {half_year}" in ledger.stdout
    assert "Money in mra" in money.stdout
    assert "Amsterdam" in money.stdout


def test_json_of_a_report_is_that_of_the_api(filled: Filled, evenwicht: Evenwicht) -> None:
    told = json.loads(evenwicht("show", "money", "--region", "mra", "--json").stdout)

    assert told == filled.api.get("/v1/money", params={"region": "mra"}).json()
