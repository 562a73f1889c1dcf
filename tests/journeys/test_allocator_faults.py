"""An allocator that is away, busy, broken or lying: the proposal ends with the true reason."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.journeys.conftest import Town
from tests.journeys.processes_of_evenwicht import Allocator, Installation
from tests.journeys.small_region import QUESTION
from tests.journeys.stand_in import (
    PROGRESS,
    Conversation,
    StandIn,
    breaks_off,
    fails_to_solve,
    houses_one_more,
    is_busy,
    is_overloaded,
    keeps_silent,
    refuses,
    standing_in,
)
from tests.processes import wait_until


@pytest.mark.parametrize("act", [breaks_off, is_overloaded])
def test_an_allocator_that_stays_away_is_told_as_the_reason(
    sqlite_town: Town, tmp_path: Path, act: Callable[[StandIn, Conversation], None]
) -> None:
    planner = sqlite_town.planner
    few = {"EVENWICHT_JOB_ATTEMPTS": "2"}
    with (
        standing_in(act) as stand_in,
        sqlite_town.installation.asking(stand_in.url, tmp_path, **few).worker(),
    ):
        address = planner.asks(QUESTION)
        proposal = planner.waits_for_the_end(address)
    result = planner.client.get(f"{address}/result")
    assert (proposal["state"], proposal["attempt"], len(stand_in.asked)) == ("failed", 2, 2)
    assert proposal["reason"].endswith("Tried 2 times.")
    assert result.status_code == 409
    assert result.json()["reason"] == proposal["reason"]


def test_waiting_for_a_busy_allocator_costs_no_attempt(sqlite_town: Town, tmp_path: Path) -> None:
    planner = sqlite_town.planner
    with (
        standing_in(is_busy) as stand_in,
        sqlite_town.installation.asking(stand_in.url, tmp_path).worker(),
    ):
        address = planner.asks(QUESTION)
        wait_until(lambda: len(stand_in.asked) > 3, "it is asked again and again")
        proposal = planner.reads(address)
        planner.client.post(f"{address}/cancellation").raise_for_status()
    assert (proposal["state"], proposal["attempt"]) == ("running", 1)


def test_an_allocator_that_stays_busy_is_given_up(sqlite_town: Town, tmp_path: Path) -> None:
    planner = sqlite_town.planner
    impatient = {"EVENWICHT_LONGEST_WAIT_SECONDS": "0.2"}
    with (
        standing_in(is_busy) as stand_in,
        sqlite_town.installation.asking(stand_in.url, tmp_path, **impatient).worker(),
    ):
        proposal = planner.waits_for_the_end(planner.asks(QUESTION))
    assert (proposal["state"], proposal["attempt"]) == ("failed", 1)
    assert proposal["reason"].startswith("All places of the allocator are taken")


def waits(installation: Installation) -> bool:
    return any(event["event"] == "proposal.waits" for event in installation.events())


def test_waiting_for_an_allocator_that_is_away_costs_no_attempt(
    sqlite_town: Town, tmp_path: Path
) -> None:
    planner, allocator = sqlite_town.planner, Allocator(tmp_path)
    few = {"EVENWICHT_JOB_ATTEMPTS": "1"}
    installation = sqlite_town.installation.asking(allocator.url, tmp_path, **few)
    with installation.worker():
        address = planner.asks(QUESTION)
        wait_until(lambda: waits(installation), "the worker waits for the allocator")
        with allocator.running():
            proposal = planner.waits_for_the_end(address)
    assert (proposal["state"], proposal["attempt"]) == ("ready", 1)


def test_a_proposal_that_waits_for_an_allocator_can_be_cancelled(
    sqlite_town: Town, tmp_path: Path
) -> None:
    planner, allocator = sqlite_town.planner, Allocator(tmp_path)
    installation = sqlite_town.installation.asking(allocator.url, tmp_path)
    with installation.worker():
        address = planner.asks(QUESTION)
        wait_until(lambda: waits(installation), "the worker waits for the allocator")
        planner.client.post(f"{address}/cancellation").raise_for_status()
        wait_until(
            lambda: any(e["event"] == "proposal.withdrawn" for e in installation.events()),
            "the worker has left it",
        )
    assert planner.state(address) == "cancelled"


def test_an_allocator_that_stays_away_is_given_up(sqlite_town: Town, tmp_path: Path) -> None:
    planner, allocator = sqlite_town.planner, Allocator(tmp_path)
    impatient = {"EVENWICHT_LONGEST_WAIT_SECONDS": "0.2"}
    with sqlite_town.installation.asking(allocator.url, tmp_path, **impatient).worker():
        proposal = planner.waits_for_the_end(planner.asks(QUESTION))
    assert (proposal["state"], proposal["attempt"]) == ("failed", 1)
    assert proposal["reason"].startswith("The allocator cannot be reached")


def test_a_solve_that_fails_is_tried_once_more(sqlite_town: Town, tmp_path: Path) -> None:
    planner = sqlite_town.planner
    with (
        standing_in(fails_to_solve) as stand_in,
        sqlite_town.installation.asking(stand_in.url, tmp_path).worker(),
    ):
        proposal = planner.waits_for_the_end(planner.asks(QUESTION))
    assert (proposal["state"], proposal["attempt"], len(stand_in.asked)) == ("failed", 1, 2)
    assert proposal["reason"] == (
        "The allocator answered 500: The solve ended without a result. It was asked twice."
    )


def test_an_allocator_that_refuses_is_not_asked_again(sqlite_town: Town, tmp_path: Path) -> None:
    planner = sqlite_town.planner
    with (
        standing_in(refuses) as stand_in,
        sqlite_town.installation.asking(stand_in.url, tmp_path).worker(),
    ):
        proposal = planner.waits_for_the_end(planner.asks(QUESTION))
    assert (proposal["state"], len(stand_in.asked)) == ("failed", 1)
    assert proposal["reason"] == "The allocator answered 400: No such thing. /x: y"


def test_an_allocator_that_outstays_its_time_is_left(sqlite_town: Town, tmp_path: Path) -> None:
    planner = sqlite_town.planner
    hasty = {"EVENWICHT_ANSWER_GRACE_SECONDS": "0.5"}
    with (
        standing_in(keeps_silent) as stand_in,
        sqlite_town.installation.asking(stand_in.url, tmp_path, **hasty).worker(),
    ):
        proposal = planner.waits_for_the_end(planner.asks({**QUESTION, "timeLimitSeconds": 1}))
        assert stand_in.left.wait(10)
    assert proposal["state"] == "failed"
    assert proposal["reason"] == "The allocator gave no answer within 1.5 seconds."
    assert proposal["progress"] == {
        **PROGRESS,
        "tier": None,
        "nl": "eerlijk per groep, stap 12 van hoogstens 210, beste tot nu toe 0,43",
        "en": "fair per group, step 12 of at most 210, best so far 0.43",
    }


def test_an_answer_that_breaks_a_rule_is_never_shown(
    sqlite_town: Town, tmp_path: Path, allocator_url: str
) -> None:
    planner = sqlite_town.planner
    with (
        standing_in(houses_one_more(allocator_url)) as stand_in,
        sqlite_town.installation.asking(stand_in.url, tmp_path).worker(),
    ):
        address = planner.asks(QUESTION)
        proposal = planner.waits_for_the_end(address)
    assert proposal["state"] == "failed"
    assert "breaks rules: " in proposal["reason"]
    assert "C2 " in proposal["reason"]
    assert planner.client.get(f"{address}/result").status_code == 409
