"""A region's plan becomes an agreement: adopted, offered, signed, realised and withdrawn."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import httpx
import pytest
from sqlalchemy import Engine

from services.api.access.actor import Kind, Role
from services.api.database import open_database, writing
from tests.journeys.conftest import Town
from tests.journeys.processes_of_evenwicht import Planner, Row
from tests.journeys.small_region import FIGURE, QUESTION, A, B, C, D
from tests.keys import bearer, key_for, new_organisation

ROLES = (Role.EDITOR, Role.PLANNER, Role.SIGNATORY)
REASON = {"reason": "Decided in the regional meeting."}


@pytest.fixture(scope="module", params=["sqlite_town", "postgres_town"])
def town(request: pytest.FixtureRequest, allocator_url: str) -> Iterator[Town]:
    """A town with a worker, on either database."""
    idle: Town = request.getfixturevalue(request.param)
    installation = idle.installation.asking(allocator_url, idle.installation.folder)
    with installation.worker():
        yield Town(installation, idle.planner)


@pytest.fixture
def engine(town: Town) -> Iterator[Engine]:
    """The database of the town, in which members get their keys."""
    engine = open_database(town.installation.database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def coming_in(town: Town) -> Iterator[Callable[[str], Planner]]:
    """Somebody who uses the town with a key of their own."""
    with ExitStack() as clients:

        def comes_in(key: str) -> Planner:
            address = town.planner.client.base_url
            client = httpx.Client(base_url=address, headers=bearer(key), timeout=30.0)
            return Planner(clients.enter_context(client))

        yield comes_in


def does(somebody: Planner, address: str, body: Row | None = None) -> Row:
    """Post what is expected to be allowed, under the version that is there."""
    response = somebody.client.post(address, json=body or {})
    assert response.is_success, response.text
    return dict(response.json())


def promised_in_a_new_proposal(planner: Planner) -> set[str]:
    """Ask what would be planned now; gives the commitments that are in the question."""
    address = planner.asks(QUESTION)
    promised = {row["id"] for row in planner.reads(f"{address}/problem")["commitments"]}
    planner.waits_for_the_end(address)
    return promised


def test_a_plan_is_adopted_agreed_realised_and_withdrawn(
    town: Town, engine: Engine, coming_in: Callable[[str], Planner]
) -> None:
    with writing(engine) as session:
        beek = new_organisation(session, Kind.MUNICIPALITY, [B])
    offerer, signatory = (
        coming_in(key_for(engine, Kind.MUNICIPALITY, ROLES, organisation=beek)) for _ in range(2)
    )
    region = coming_in(key_for(engine, Kind.PROVINCE, ROLES, [A, B, C, D]))

    # The region asks for a plan and adopts what it gives to Beek.
    address = region.asks({**QUESTION, "name": "Round of Beek"})
    assert region.waits_for_the_end(address)["state"] == "ready"
    cell = _cell_of_beek(region, address)
    adoption = does(region, f"{address}/adoption", {**REASON, "rows": [cell]})
    (draft,) = region.reads(adoption["links"]["commitments"])["items"]
    promise = f"/v1/commitments/{draft['id']}"
    assert draft["id"] not in promised_in_a_new_proposal(region)

    # Beek offers it with one member and signs it with another: only then it counts.
    does(offerer, f"{promise}/offer")
    assert offerer.client.post(f"{promise}/signatures", json={}).status_code == 409
    assert does(signatory, f"{promise}/signatures")["state"] == "agreed"
    assert draft["id"] in promised_in_a_new_proposal(region)

    # What came of it is reported, and what is over is withdrawn: it counts no more.
    does(offerer, "/v1/realisations", _realisation(draft, cell))
    assert offerer.reads(f"{promise}/progress")["realised"] == 1
    withdrawn = does(signatory, f"{promise}/withdrawal", {"reason": "A new plan is made."})
    assert withdrawn["state"] == "withdrawn"
    assert draft["id"] not in promised_in_a_new_proposal(region)


def _cell_of_beek(planner: Planner, address: str) -> Row:
    """Find a number above 0 that the plan gives to Beek."""
    problem, result = (planner.reads(f"{address}/{part}") for part in ("problem", "result"))
    lots = {lot["id"]: lot for lot in problem["supply"] if lot["municipality"] == B}
    row = next(p for p in result["placements"] if p["lot"] in lots and p["households"] > 0)
    return {"municipality": B, "group": row["group"], "period": lots[row["lot"]]["period"]}


def _realisation(draft: Row, cell: Row) -> Row:
    return {
        "start": f"{cell['period']}-01-01",
        "end": f"{cell['period']}-03-31",
        "group": cell["group"],
        "responsible": B,
        "host": B,
        "credited": B,
        "households": 1,
        "commitment": draft["id"],
        **FIGURE,
    }
