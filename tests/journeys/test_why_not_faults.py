"""A what-if question when the allocator is away, lies or is slow: an honest no, and soon."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from tests.journeys.conftest import Town
from tests.journeys.processes_of_evenwicht import Planner
from tests.journeys.small_region import QUESTION, A
from tests.journeys.stand_in import (
    Conversation,
    StandIn,
    fails_to_solve,
    houses_one_more,
    keeps_silent,
    refuses,
    standing_in,
)
from tests.processes import wait_until

NUMBER = {"municipality": A, "households": 4}
IMPATIENT = {
    "EVENWICHT_ALTERNATIVE_TIME_LIMIT_SECONDS": "1",
    "EVENWICHT_ANSWER_GRACE_SECONDS": "0.5",
    "EVENWICHT_PARALLEL_ALTERNATIVES": "1",
}


@pytest.fixture(scope="module")
def answered(
    sqlite_town: Town, allocator_url: str, tmp_path_factory: pytest.TempPathFactory
) -> str:
    """The address of a proposal that has been answered."""
    folder = tmp_path_factory.mktemp("answered")
    with sqlite_town.installation.asking(allocator_url, folder).worker():
        address = sqlite_town.planner.asks(QUESTION)
        sqlite_town.planner.waits_for_the_end(address)
    return address


def ask(planner: Planner, address: str) -> httpx.Response:
    return planner.client.post(f"{address}/alternatives", json=NUMBER)


def refused_because(response: httpx.Response) -> str:
    """What a refusal says, after a look at its form."""
    assert (response.status_code, response.headers["Retry-After"]) == (503, "5")
    assert response.headers["Content-Type"] == "application/problem+json"
    return str(response.json()["detail"])


def test_an_allocator_that_is_away_is_told(
    sqlite_town: Town, answered: str, tmp_path: Path
) -> None:
    nobody = sqlite_town.installation.asking("http://127.0.0.1:9", tmp_path, **IMPATIENT)
    with nobody.api() as planner:
        assert "cannot be reached" in refused_because(ask(planner, answered))


@pytest.mark.parametrize(
    ("act", "reason"),
    [(refuses, "No such thing."), (fails_to_solve, "ended without a result")],
)
def test_an_allocator_that_gives_no_answer_is_told(
    sqlite_town: Town,
    answered: str,
    tmp_path: Path,
    act: Callable[[StandIn, Conversation], None],
    reason: str,
) -> None:
    with (
        standing_in(act) as stand_in,
        sqlite_town.installation.asking(stand_in.url, tmp_path, **IMPATIENT).api() as planner,
    ):
        assert reason in refused_because(ask(planner, answered))


def test_an_answer_that_breaks_a_rule_is_not_passed_on(
    sqlite_town: Town, answered: str, allocator_url: str, tmp_path: Path
) -> None:
    with (
        standing_in(houses_one_more(allocator_url)) as stand_in,
        sqlite_town.installation.asking(stand_in.url, tmp_path).api() as planner,
    ):
        assert "breaks rules" in refused_because(ask(planner, answered))


def test_a_planner_who_leaves_ends_the_computation(
    sqlite_town: Town, answered: str, tmp_path: Path
) -> None:
    with (
        standing_in(keeps_silent) as stand_in,
        sqlite_town.installation.asking(stand_in.url, tmp_path).api() as planner,
    ):
        with pytest.raises(httpx.ReadTimeout):
            planner.client.post(f"{answered}/alternatives", json=NUMBER, timeout=1.0)

        wait_until(stand_in.left.is_set, "the allocator is left as well", seconds=2.0)


def test_while_one_question_is_computed_the_next_is_told_to_wait_and_the_api_is_well(
    sqlite_town: Town, answered: str, tmp_path: Path
) -> None:
    with (
        standing_in(keeps_silent) as stand_in,
        sqlite_town.installation.asking(stand_in.url, tmp_path, **IMPATIENT).api() as planner,
        ThreadPoolExecutor(1) as others,
    ):
        first = others.submit(ask, planner, answered)
        wait_until(lambda: len(stand_in.asked) == 1, "the allocator has the first question")
        second = ask(planner, answered)
        health = planner.client.get("/v1/health/ready")
        assert not first.done()
        assert "no answer within" in refused_because(first.result())
    assert (second.status_code, second.headers["Retry-After"]) == (429, "2")
    assert health.status_code == 200
