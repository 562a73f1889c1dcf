"""A program that was generated from the reference reads and writes the registry."""

import importlib
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.journeys.conftest import Town
from tests.journeys.small_region import B
from tests.processes import ROOT

PACKAGE = "evenwicht_client"
OPENAPI = ROOT / "services" / "api" / "openapi.json"
# Files are sent as they are; the generator knows no other bytes than these.
SETTINGS = """
post_hooks: []
content_type_overrides:
  text/csv: application/octet-stream
  application/vnd.openxmlformats-officedocument.spreadsheetml.sheet: application/octet-stream
"""


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Generate the client, and have it importable while the tests last; gives what was told."""
    folder = tmp_path_factory.mktemp("generated")
    settings, client = folder / "settings.yml", folder / "client"
    settings.write_text(SETTINGS, encoding="utf-8")
    command = Path(sys.executable).with_name("openapi-python-client")
    arguments = ["--path", OPENAPI, "--output-path", client, "--config", settings]
    done = subprocess.run(
        [command, "generate", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    sys.path.insert(0, str(client))
    yield done.stdout + done.stderr
    sys.path.remove(str(client))


@dataclass(frozen=True)
class Connection:
    """Where the API is, and with which key."""

    url: str
    key: str

    def call(self, operation: str, *, seen: str | None = None, **given: Any) -> Any:
        """Call one operation; `seen` is the tag of what the program has read."""
        headers = {} if seen is None else {"If-Match": seen}
        client = part("client").AuthenticatedClient(self.url, token=self.key, headers=headers)
        with client:
            return part(f"api.{operation}").sync_detailed(client=client, **given)


@pytest.fixture
def connection(generated: str, sqlite_town: Town) -> Connection:
    """The generated client, connected to a running API."""
    api = sqlite_town.planner.client
    return Connection(
        str(api.base_url.join("/v1")), api.headers["Authorization"].removeprefix("Bearer ")
    )


def part(name: str) -> ModuleType:
    return importlib.import_module(f"{PACKAGE}.{name}")


def test_nothing_of_the_reference_is_left_out_of_the_client(generated: str) -> None:
    assert "Warning" not in generated
    assert "Unable" not in generated


def test_a_list_is_read_with_its_filters(connection: Connection) -> None:
    page = connection.call("needs.list_needs", group="homeless", limit=1).parsed

    assert page.total == 2
    assert [need.group for need in page.items] == ["homeless"]


def test_a_need_is_added_changed_and_deleted_and_a_stale_write_is_refused(
    connection: Connection,
) -> None:
    models = part("models")
    need = models.Need(
        municipality=B,
        group="informal_care",
        period="2028",
        likely=3,
        source="Counted by a program",
        reference_date=date(2026, 11, 1),
        quality=models.NeedQuality.ESTIMATE,
    )
    created = connection.call("needs.create_need", body=need)
    id_, first = created.parsed.id, created.headers["ETag"]
    more = models.Need.from_dict({**created.parsed.to_dict(), "likely": 4})
    changed = connection.call("needs.replace_need", seen=first, id=id_, body=more)
    stale = connection.call("needs.replace_need", seen=first, id=id_, body=need)
    gone = connection.call("needs.delete_need", seen=changed.headers["ETag"], id=id_)

    statuses = [answer.status_code for answer in (created, changed, stale, gone)]
    assert statuses == [201, 200, 412, 204]
    assert changed.parsed.likely == 4
    assert isinstance(stale.parsed, models.ProblemDetails)
    assert stale.parsed.title == "Changed since"


def test_without_a_key_that_works_the_client_is_told_so(connection: Connection) -> None:
    answer = replace(connection, key="no key").call("needs.list_needs")

    assert answer.status_code == 401
    assert answer.parsed.status == 401
