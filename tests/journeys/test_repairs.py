"""A planner asks what cannot be, and what would help."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.journeys.conftest import Town
from tests.journeys.processes_of_evenwicht import Planner
from tests.journeys.small_region import QUESTION, B
from tests.journeys.stand_in import (
    Conversation,
    StandIn,
    fails_to_solve,
    keeps_silent,
    standing_in,
)
from tests.processes import wait_until

Row = dict[str, Any]
NOBODY = "/v1/proposals/00000000-0000-4000-8000-000000000000"


def pinned(households: int) -> list[Row]:
    """A decision about the status holders that B houses in 2027; 2 are agreed."""
    cell = {"municipality": B, "group": "status_holders", "period": "2027"}
    return [{**cell, "households": households, "reason": "To see what happens."}]


@pytest.fixture(scope="module")
def planner(sqlite_planner: Planner) -> Planner:
    return sqlite_planner


@pytest.fixture(scope="module")
def broken_promise(planner: Planner) -> str:
    """A proposal with a plan that falls short of what is agreed with B."""
    address = planner.asks({**QUESTION, "pins": pinned(1)})
    assert planner.waits_for_the_end(address)["state"] == "ready"
    return address


def repairs(planner: Planner, address: str) -> Row:
    proposal: Row = planner.reads(address)
    answer: Row = planner.reads(proposal["links"]["repairs"])
    return answer


def menu(answer: Row) -> dict[str, list[tuple[float, float]]]:
    return {
        repair["family"]: [(change["from"], change["to"]) for change in repair["changes"]]
        for repair in answer["repairs"]
    }


def objective(stages: list[Row], name: str) -> float:
    return float(next(stage["value"] for stage in stages if stage["objective"] == name))


def test_without_a_plan_the_clash_and_its_repairs_are_told(planner: Planner) -> None:
    address = planner.asks({**QUESTION, "pins": pinned(9)})
    assert planner.waits_for_the_end(address)["state"] == "infeasible"

    answer = repairs(planner, address)

    assert not answer["plan"]
    assert answer["words"]["nl"].startswith("Er is geen plan mogelijk")
    assert [rule["tag"] for rule in answer["conflict"]] == ["C1", "C6"]
    assert menu(answer) == {"pins": [(9, 7)], "homes": [(7, 9)]}
    assert answer["repairs"][0]["changes"][0]["words"]["nl"] == (
        "Beek: vastgezet op 9 (status_holders, 2027), maar er passen er 7."
    )
    assert answer["stages"] == []


def test_a_plan_that_breaks_a_promise_is_told_what_would_keep_it(
    planner: Planner, broken_promise: str
) -> None:
    answer = repairs(planner, broken_promise)

    assert answer["plan"]
    assert answer["words"]["en"].startswith("Not every commitment can be kept")
    assert [rule["tag"] for rule in answer["conflict"]] == ["C6", "C7"]
    assert menu(answer) == {"pins": [(1, 2)], "commitments": [(2, 1)]}
    assert objective(answer["stages"], "commitments") == 1
    assert {objective(repair["stages"], "commitments") for repair in answer["repairs"]} == {0}


def test_a_planner_who_leaves_ends_the_search(
    sqlite_town: Town, broken_promise: str, tmp_path: Path
) -> None:
    with (
        standing_in(keeps_silent) as stand_in,
        sqlite_town.installation.asking(stand_in.url, tmp_path).api() as planner,
    ):
        with pytest.raises(httpx.ReadTimeout):
            planner.client.get(f"{broken_promise}/repairs", timeout=1.0)

        wait_until(stand_in.left.is_set, "the allocator is left as well", seconds=2.0)


def test_a_plan_that_keeps_every_promise_needs_no_repair(planner: Planner) -> None:
    address = planner.asks(QUESTION)
    planner.waits_for_the_end(address)

    answer = repairs(planner, address)

    assert answer["words"]["nl"] == "Alle afspraken kunnen worden gehouden."
    assert (answer["conflict"], answer["repairs"]) == ([], [])


def test_a_proposal_that_does_not_exist_has_no_repairs(planner: Planner) -> None:
    assert planner.client.get(f"{NOBODY}/repairs").status_code == 404


def repairs_what_does_not_clash(
    allocator_url: str,
) -> Callable[[StandIn, Conversation], None]:
    """Pass the question on, and leave out what clashes."""

    def act(stand_in: StandIn, conversation: Conversation) -> None:
        answer = httpx.post(
            f"{allocator_url}{conversation.path}",
            content=conversation.question,
            headers={"Content-Type": "application/json", "Accept": "application/json"},
            timeout=60.0,
        )
        conversation.starts()
        conversation.tells("result", {**answer.json(), "conflict": []})

    return act


def test_an_answer_that_does_not_hold_is_not_passed_on(
    sqlite_town: Town, broken_promise: str, allocator_url: str, tmp_path: Path
) -> None:
    with (
        standing_in(repairs_what_does_not_clash(allocator_url)) as stand_in,
        sqlite_town.installation.asking(stand_in.url, tmp_path).api() as planner,
    ):
        refusal = planner.client.get(f"{broken_promise}/repairs")

    assert (refusal.status_code, refusal.headers["Retry-After"]) == (503, "5")
    assert "breaks rules" in refusal.json()["detail"]


def test_an_allocator_that_gives_no_answer_is_told(
    sqlite_town: Town, broken_promise: str, tmp_path: Path
) -> None:
    with (
        standing_in(fails_to_solve) as stand_in,
        sqlite_town.installation.asking(stand_in.url, tmp_path).api() as planner,
    ):
        refusal = planner.client.get(f"{broken_promise}/repairs")

    assert refusal.status_code == 503
    assert "ended without a result" in refusal.json()["detail"]
