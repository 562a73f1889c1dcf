"""Keys are made and ended, and the log is recomputed, from the command line."""

import json
from pathlib import Path

import httpx
import pytest
from sqlalchemy import update

from services.api.access.actor import Kind, Role
from services.api.database import writing
from services.api.needs.tables import needs
from tests.api.command_line.conftest import Evenwicht
from tests.api.conftest import RunningApi
from tests.api.rows import HAARLEMMERMEER, fill
from tests.keys import key_for


@pytest.fixture
def member(api: httpx.Client) -> str:
    """The id of the administrator."""
    return str(api.get("/v1/me").json()["member"])


def test_a_key_is_shown_once_works_and_can_be_ended(
    api: httpx.Client, member: str, evenwicht: Evenwicht
) -> None:
    made = evenwicht("keys", "new", "--member", member, "--label", "Koppeling")
    key = made.stdout.strip()
    id_ = key.split("_")[1]
    before = evenwicht("export", "periods", "--key", key).exit_code
    listed = evenwicht("keys", "list")
    ended = evenwicht("keys", "revoke", id_)
    after = evenwicht("export", "periods", "--key", key).exit_code

    assert made.exit_code == 0, made.stderr
    assert made.stderr.startswith(f"Sleutel {id_} voor Koppeling")
    assert id_ in listed.stdout
    assert key not in listed.stdout
    assert ended.stderr == f"Sleutel {id_} werkt niet meer.\n"
    assert (before, after) == (0, 1)


def test_a_key_may_end_by_itself(member: str, evenwicht: Evenwicht) -> None:
    made = evenwicht(
        "keys", "new", "--member", member, "--label", "x", "--expires-at", "2099-01-31", "--json"
    )

    assert json.loads(made.stdout)["expiresAt"] == "2099-01-31T00:00:00Z"


def test_there_is_a_first_key_only_once(member: str, evenwicht: Evenwicht) -> None:
    done = evenwicht("keys", "first")

    assert done.exit_code == 1
    assert "Er zijn al sleutels" in done.stderr


def test_the_log_is_recomputed_over_the_api_and_in_the_database(
    api: httpx.Client, evenwicht: Evenwicht, tmp_path: Path
) -> None:
    fill(api)
    kept = tmp_path / "heads.json"
    kept.write_text(evenwicht("audit", "head", "--json").stdout)

    over_the_api = evenwicht("audit", "verify", "--head", str(kept))

    assert over_the_api.exit_code == 0, over_the_api.stdout
    assert "alles klopt" in over_the_api.stderr
    assert "demo" in evenwicht("audit", "head").stdout


def test_a_head_that_was_kept_elsewhere_shows_that_the_end_was_cut_off(
    api: httpx.Client, evenwicht: Evenwicht, tmp_path: Path
) -> None:
    fill(api)
    heads = json.loads(evenwicht("audit", "head", "--json").stdout)
    kept = tmp_path / "heads.json"
    later = [{**head, "number": head["number"] + 1} for head in heads]
    kept.write_text(json.dumps(later))

    done = evenwicht("audit", "verify", "--head", str(kept), "--lang", "en")

    assert done.exit_code == 1
    assert "was written down before" in " ".join(done.stdout.split())


@pytest.mark.parametrize("content", ["", "a table", "{}", "[1]", '[{"number": 1}]'])
def test_a_file_without_heads_is_told(
    api: httpx.Client, evenwicht: Evenwicht, tmp_path: Path, content: str
) -> None:
    kept = tmp_path / "heads.json"
    kept.write_text(content)

    done = evenwicht("audit", "verify", "--head", str(kept))

    assert done.exit_code == 1
    assert "audit head --json" in " ".join(done.stderr.split())


def test_an_auditor_recomputes_the_chain_of_its_own_organisation(
    running_api: RunningApi, api: httpx.Client, evenwicht: Evenwicht
) -> None:
    fill(api)
    key = key_for(running_api.engine, Kind.MUNICIPALITY, [Role.AUDITOR], [HAARLEMMERMEER])

    told = json.loads(evenwicht("audit", "verify", "--json", "--key", key).stdout)

    assert told["broken"] == []
    assert told["chains"] <= 1


def test_a_figure_that_was_changed_behind_the_back_is_found_in_the_database(
    running_api: RunningApi, api: httpx.Client, evenwicht: Evenwicht
) -> None:
    row = fill(api)["needs"]
    with writing(running_api.engine) as session:
        session.execute(update(needs).where(needs.c.id == row["id"]).values(likely=101))

    done = evenwicht("audit", "verify", "--database", "--json")

    assert done.exit_code == 1
    assert row["id"] in {
        place for one in json.loads(done.stdout)["broken"] for place in one["where"].split()
    }
