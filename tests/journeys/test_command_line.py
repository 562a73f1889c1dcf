"""A municipality and a planner do a day's work at the command line."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from subprocess import CompletedProcess

import psycopg
import pytest

from services.api.demo.conversation import load
from services.api.demo.stable_ids import with_stable_ids
from tests.journeys.processes_of_evenwicht import Installation
from tests.journeys.small_region import SMALL_REGION
from tests.processes import run_evenwicht

Done = CompletedProcess[str]


@dataclass
class Desk:
    """A person at the command line of a new installation."""

    folder: Path
    env: Mapping[str, str]

    def runs(self, *arguments: str) -> Done:
        return run_evenwicht(*arguments, env=self.env)

    def says(self, *arguments: str) -> str:
        done = self.runs(*arguments)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout + done.stderr


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def addresses(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, str]:
    """The addresses of a new database and of its queue."""
    if request.param == "sqlite":
        folder = tmp_path_factory.mktemp("desk")
        return f"sqlite:///{folder / 'evenwicht.sqlite'}", f"sqlite:///{folder / 'jobs.sqlite'}"
    server = str(request.getfixturevalue("postgres_server"))
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute("CREATE DATABASE desk")
    url = server.replace("/postgres?", "/desk?", 1)
    url = url.replace("postgresql://", "postgresql+psycopg://", 1)
    return url, url


@pytest.fixture(scope="module")
def desk(
    addresses: tuple[str, str], allocator_url: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Desk]:
    """An installation from nothing, set up with commands only, and the small region in it."""
    folder = tmp_path_factory.mktemp("work")
    installation = Installation(folder, *addresses, allocator_url)
    migrated = run_evenwicht("migrate", env=installation.env)
    first = run_evenwicht("keys", "first", env=installation.env)
    assert (migrated.returncode, first.returncode) == (0, 0), migrated.stderr + first.stderr
    assert migrated.stderr == "De database en de wachtrij hebben de nieuwste indeling.\n"
    with installation.api() as planner, installation.worker():
        planner.client.headers["Authorization"] = f"Bearer {first.stdout.strip()}"
        load(planner.client, with_stable_ids(SMALL_REGION), lambda noun, rows: None)
        settings = {
            "EVENWICHT_API_URL": str(planner.client.base_url),
            "EVENWICHT_API_KEY": first.stdout.strip(),
        }
        yield Desk(folder, {**installation.env, **settings})


def test_a_figure_is_taken_out_changed_in_the_file_and_put_in_again(desk: Desk) -> None:
    file = desk.folder / "needs.csv"
    desk.says("export", "needs", "-o", str(file), "--filter", "municipality=GM0001")
    file.write_text(file.read_text().replace(",12,", ",13,"))

    told = desk.says("import", str(file), "--noun", "needs", "--yes", "--reason", "Recounted")

    assert "Ingelezen in needs: 0 nieuw, 1 gewijzigd" in told
    (row,) = [
        row
        for row in json.loads(desk.says("export", "needs", "--format", "json"))
        if row["likely"] == 13
    ]
    versions = " ".join(desk.says("show", "versions", "needs", row["id"]).split())
    assert "likely: 12 → 13" in versions
    assert "Recounted" in versions


def test_a_proposal_is_asked_followed_and_shown(desk: Desk) -> None:
    told = desk.runs("propose", "--region", "four", "--time-limit", "30", "--lang", "en")

    assert told.returncode == 0, told.stdout + told.stderr
    assert "Aalburg" in told.stdout
    assert "fair share" in " ".join(told.stdout.split())
    assert max(map(len, told.stdout.splitlines())) <= 80
    last = told.stderr.splitlines()[-1]
    assert last.startswith("Proposal ")
    assert last.endswith("households.")
    shown = desk.says("show", "proposal", last.split()[1], "--lang", "en")
    assert "Aalburg" in shown


def test_a_region_that_is_not_there_is_told(desk: Desk) -> None:
    told = desk.runs("propose", "--region", "nowhere")

    assert told.returncode == 1
    assert "nowhere" in told.stderr


def test_agreements_and_the_log_are_shown(desk: Desk) -> None:
    commitments = desk.says("show", "commitments")
    heads = desk.folder / "heads.json"
    heads.write_text(desk.runs("audit", "head", "--json").stdout)
    over_the_api = desk.says("audit", "verify", "--head", str(heads))
    in_the_database = desk.says("audit", "verify", "--database", "--head", str(heads))

    assert "van kracht" in commitments
    assert "alles klopt" in over_the_api
    assert "alles klopt" in in_the_database
