"""A proposal names the snapshot that it was made from, and tells whether figures have changed."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from sqlalchemy import delete

from services.api.database import reading, writing
from services.api.history.recording import latest
from services.api.proposals.tables import proposals
from tests.api.conftest import RunningApi
from tests.api.rows import AMSTERDAM, HAARLEMMERMEER, Body, add, fill

FAR = "GM0001"
UNKNOWN: Body = {"low": None, "likely": None, "high": None}
UNKNOWN_NEED: Body = {**UNKNOWN, "persons": None, "personsPerHousehold": None}


@pytest.fixture
def planner(running_api: RunningApi, api: httpx.Client) -> Iterator[httpx.Client]:
    """A client of an API with a region to plan, and a municipality that lies outside it."""
    fill(api)
    add(api, "indicator-values", municipality=HAARLEMMERMEER)
    add(api, "municipalities", code=FAR)
    yield api
    with writing(running_api.engine) as session:
        session.execute(delete(proposals))


def ask(api: httpx.Client, **wanted: Any) -> httpx.Response:
    return api.post("/v1/proposals", json={"region": "mra", **wanted})


def asked(api: httpx.Client, **wanted: Any) -> Body:
    answer = ask(api, **wanted)
    assert answer.status_code == 202, answer.text
    return dict(answer.json())


def changed_since(api: httpx.Client, proposal: Body) -> Body:
    answer = api.get(f"/v1/proposals/{proposal['id']}")
    assert answer.status_code == 200, answer.text
    return dict(answer.json()["figuresChanged"])


def test_a_proposal_names_the_last_change_that_it_can_hold_and_who_asked(
    planner: httpx.Client, running_api: RunningApi
) -> None:
    with reading(running_api.engine) as session:
        newest = latest(session)
    assert newest is not None

    proposal = asked(planner)

    assert proposal["snapshot"]["change"] == newest[0]
    assert proposal["snapshot"]["at"] >= newest[1].isoformat()[:19]
    assert proposal["askedBy"] == planner.get("/v1/me").json()["member"]
    assert changed_since(planner, proposal) == {"count": 0, "latestAt": None, "nouns": []}


def test_the_figures_of_the_snapshot_can_still_be_read(planner: httpx.Client) -> None:
    need = planner.get("/v1/needs").json()["items"][0]
    proposal = asked(planner)
    planner.delete(f"/v1/needs/{need['id']}")

    past = planner.get(f"/v1/needs/{need['id']}", params={"asOf": proposal["snapshot"]["at"]})

    assert past.json() == need


def test_a_change_in_its_region_is_told(planner: httpx.Client) -> None:
    proposal = asked(planner)
    add(planner, "needs", municipality=HAARLEMMERMEER)
    add(planner, "ceilings", municipality=HAARLEMMERMEER)

    told = changed_since(planner, proposal)

    assert (told["count"], told["nouns"]) == (2, ["ceilings", "needs"])
    assert told["latestAt"] >= proposal["snapshot"]["at"]


def test_a_change_elsewhere_is_not_told(planner: httpx.Client) -> None:
    proposal = asked(planner)
    add(planner, "needs", municipality=FAR)
    add(planner, "indicator-values", municipality=FAR)
    add(planner, "regions", id="far", municipalities=[FAR])

    assert changed_since(planner, proposal)["count"] == 0


def test_a_figure_that_leaves_the_region_or_is_deleted_is_told(planner: httpx.Client) -> None:
    need = planner.get("/v1/needs").json()["items"][0]
    value = planner.get("/v1/indicator-values").json()["items"][0]
    proposal = asked(planner)

    planner.put(f"/v1/needs/{need['id']}", json={**need, "municipality": FAR})
    planner.delete(f"/v1/indicator-values/{value['id']}")

    told = changed_since(planner, proposal)
    assert told["nouns"] == ["indicator-values", "needs"]


def test_a_change_of_what_all_regions_share_is_told(planner: httpx.Client) -> None:
    proposal = asked(planner)
    add(planner, "periods", id="later")
    assert changed_since(planner, proposal)["nouns"] == ["periods"]


def test_a_list_of_proposals_does_not_look_for_changes(planner: httpx.Client) -> None:
    asked(planner)
    assert planner.get("/v1/proposals").json()["items"][0]["figuresChanged"] is None


@pytest.fixture
def unsure(planner: httpx.Client) -> httpx.Client:
    """The same, with one unknown need, lot and support capacity in the region."""
    add(planner, "needs", municipality=HAARLEMMERMEER, **UNKNOWN_NEED)
    add(planner, "needs", municipality=FAR, **UNKNOWN_NEED)
    add(planner, "capacities", municipality=HAARLEMMERMEER, **UNKNOWN)
    add(planner, "support-capacities", municipalities=[AMSTERDAM, FAR], **UNKNOWN)
    return planner


def test_a_question_over_unknown_figures_is_refused_with_each_of_them(
    unsure: httpx.Client,
) -> None:
    answer = ask(unsure)

    assert answer.status_code == 400
    told = [(fault["pointer"], fault["code"]) for fault in answer.json()["errors"]]
    assert told == [("/unknownFigures", "figure_unknown")] * 3
    assert [fault["detail"].partition(" is ")[0] for fault in answer.json()["errors"]] == [
        "In capacities, 'social_rent' of GM0394 in '2027'",
        "In needs, 'status_holders' of GM0394 in '2027'",
        "In support-capacities, 'ambulatory' of GM0363 in '2027'",
    ]
    assert unsure.get("/v1/proposals").json()["total"] == 0


def test_what_is_left_out_is_listed_and_is_not_in_the_question(unsure: httpx.Client) -> None:
    proposal = asked(unsure, unknownFigures="leaveOut")

    problem = unsure.get(proposal["links"]["problem"]).json()
    again = unsure.get(proposal["links"]["self"]).json()

    assert [one["noun"] for one in again["leftOut"]] == [
        "capacities",
        "needs",
        "support-capacities",
    ]
    assert again["leftOut"][1] == {
        "noun": "needs",
        "municipalities": [HAARLEMMERMEER],
        "what": "status_holders",
        "period": "2027",
    }
    assert [row["municipality"] for row in problem["needs"]] == [AMSTERDAM]
    assert [row["municipality"] for row in problem["supply"]] == [AMSTERDAM]
    assert len(problem["support"]) == 1


def test_with_everything_known_nothing_is_left_out(planner: httpx.Client) -> None:
    assert asked(planner, unknownFigures="leaveOut")["leftOut"] == []


def test_another_way_to_treat_unknown_figures_is_refused(planner: httpx.Client) -> None:
    answer = ask(planner, unknownFigures="zero")
    assert [fault["pointer"] for fault in answer.json()["errors"]] == ["/unknownFigures"]


def test_asking_and_cancelling_are_in_the_history(planner: httpx.Client) -> None:
    proposal = asked(planner)
    planner.post(proposal["links"]["cancellation"])
    planner.post(proposal["links"]["cancellation"])

    after = proposal["snapshot"]["change"]
    items = planner.get("/v1/events", params={"after": after, "nouns": "proposals"}).json()["items"]

    assert [item["type"].rsplit(".", 2)[1] for item in items] == [
        "proposal-asked",
        "proposal-cancelled",
    ]
    assert {item["subject"] for item in items} == {proposal["id"]}
