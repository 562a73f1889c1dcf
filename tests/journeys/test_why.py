"""A planner asks why each municipality got its number, and why not another."""

from typing import Any

import httpx
import pytest

from services.allocator.service import SolveLimits, allocate
from shared.contract.problem import Pin
from shared.contract.reading import read_problem
from shared.contract.result import Result
from tests.journeys.processes_of_evenwicht import Planner
from tests.journeys.small_region import QUESTION, A, B, C, D

Row = dict[str, Any]
NOBODY = "/v1/proposals/00000000-0000-4000-8000-000000000000"


@pytest.fixture(scope="module")
def planner(sqlite_planner: Planner) -> Planner:
    return sqlite_planner


@pytest.fixture(scope="module")
def answered(planner: Planner) -> str:
    address = planner.asks(QUESTION)
    assert planner.waits_for_the_end(address)["state"] == "ready"
    return address


def explained(planner: Planner, address: str, municipality: str, group: str | None) -> Row:
    page = planner.reads(f"{address}/explanations?municipality={municipality}")
    return next(row for row in page["items"] if row["group"] == group)


def asks_why_not(planner: Planner, address: str, **number: Any) -> httpx.Response:
    return planner.client.post(f"{address}/alternatives", json=number)


def alternative(planner: Planner, address: str, **number: Any) -> Row:
    response = asks_why_not(planner, address, **number)
    assert response.status_code == 200, response.text
    return dict(response.json())


def full_solve(planner: Planner, address: str, **number: Any) -> Result:
    """What the engine answers to the frozen question with that number pinned."""
    problem = read_problem(planner.client.get(f"{address}/problem").content)
    pins = (*problem.pins, Pin(id="number", reason="What if?", **number))
    limits = SolveLimits(time_limit=None, threads=1, seed=0)
    return allocate(problem.model_copy(update={"pins": pins}), limits, lambda progress: None)


def test_every_number_has_its_reason_in_two_languages(planner: Planner, answered: str) -> None:
    row = explained(planner, answered, D, "homeless")
    assert row["name"] == "Delft"
    assert row["words"]["nl"].startswith("Delft (homeless) stopte bij ")
    assert row["words"]["en"].startswith("Delft (homeless) stopped at ")
    assert row["proposed"] > 0


def test_a_full_lot_that_stopped_a_number_is_named_with_its_worth(
    planner: Planner, answered: str
) -> None:
    # Aalburg has 8 of its 12 homes of fair share; one more is 1/12 more of it.
    row = explained(planner, answered, A, None)
    (stop,) = row["stoppedBy"]
    assert (row["level"], stop["level"]) == pytest.approx((8 / 12, 1 / 12))
    assert stop["words"]["nl"] == "Aalburg heeft in 2027 niet meer dan 8 woningen (Sociale huur)."
    assert stop["words"]["en"] == "Aalburg has no more than 8 homes in 2027 (Social rent)."
    assert stop["worth"]["nl"].startswith("Eén woning meer: 1,0 huishouden-perioden minder wacht")
    assert stop["worth"]["nl"].endswith("; het niveau van Aalburg stijgt met 0,083.")
    assert stop["worth"]["en"].endswith("; the level of Aalburg rises by 0.083.")


def test_a_total_follows_its_groups_and_adds_them_up(planner: Planner, answered: str) -> None:
    page = planner.reads(f"{answered}/explanations?municipality={A}")
    *groups, total = page["items"]
    assert [row["group"] for row in groups] == ["homeless", "informal_care", "status_holders"]
    assert (total["group"], total["share"], total["rules"]) == (None, None, [])
    assert total["proposed"] == sum(row["proposed"] for row in groups)
    assert total["fairShare"] == pytest.approx(sum(row["fairShare"] for row in groups))


def test_explanations_come_in_pages(planner: Planner, answered: str) -> None:
    first = planner.client.get(f"{answered}/explanations?limit=3")
    rest = planner.reads(f"{answered}/explanations?limit=200&offset=3")
    assert 'rel="next"' in first.headers["Link"]
    assert first.json()["total"] == rest["total"] == 16
    assert len(first.json()["items"]) + len(rest["items"]) == 16


def test_explanations_can_be_read_of_one_group(planner: Planner, answered: str) -> None:
    page = planner.reads(f"{answered}/explanations?group=homeless")
    assert [row["municipality"] for row in page["items"]] == [A, B, C, D]
    assert {row["group"] for row in page["items"]} == {"homeless"}


def test_one_fewer_tells_who_takes_it_and_what_becomes_worse(
    planner: Planner, answered: str
) -> None:
    proposed = explained(planner, answered, C, "status_holders")["proposed"]
    number = {"municipality": C, "group": "status_holders", "households": proposed - 1}
    told = alternative(planner, answered, **number)
    assert (told["possible"], told["proven"], told["proposed"]) == (True, True, proposed)
    places = {(d["name"], d["group"]): d["difference"] for d in told["differences"]}
    assert places["Cuijk", "status_holders"] == -1
    assert sum(places.values()) == 0
    assert told["worsened"]["worseBy"] > 0
    assert told["words"]["nl"].startswith(f"Cuijk (status_holders): {proposed - 1} huishoudens in")
    assert "Het eerste doel dat slechter wordt: " in told["words"]["nl"]


@pytest.mark.parametrize(
    "number",
    [
        {"municipality": A, "households": 5},
        {"municipality": B, "group": "status_holders", "households": 1},
        {"municipality": B, "group": "homeless", "period": "2027", "households": 4},
        {"municipality": D, "period": "2028", "households": 2},
    ],
    ids=["total", "group", "group and period", "period"],
)
def test_an_alternative_is_a_full_solve_with_that_number_pinned(
    planner: Planner, answered: str, number: Row
) -> None:
    told = alternative(planner, answered, **number)
    full = full_solve(planner, answered, **number)
    worth = [(s.objective, s.tier, s.value) for s in full.stages]
    assert [(s["objective"], s["tier"], s["planAfter"]) for s in told["stages"]] == worth
    optima = {s.objective: s.reference for s in full.stages if s.reference is not None}
    after = {s["objective"]: s["after"] for s in told["stages"] if s["objective"] in optima}
    assert after == pytest.approx(optima, abs=1e-6)


def test_what_waits_longer_is_told_where_fewer_are_housed(planner: Planner, answered: str) -> None:
    told = alternative(planner, answered, municipality=D, households=0)
    assert told["worsened"]["objective"] == "waiting"
    assert sum(row["difference"] for row in told["waiting"]) > 0
    assert sum(row["difference"] for row in told["differences"]) < 0


def test_the_number_that_was_proposed_is_no_worse(planner: Planner, answered: str) -> None:
    proposed = explained(planner, answered, D, None)["proposed"]
    told = alternative(planner, answered, municipality=D, households=proposed)
    assert told["possible"]
    assert told["proposed"] == told["households"]


def test_a_number_that_rules_forbid_names_them_in_words(planner: Planner, answered: str) -> None:
    told = alternative(planner, answered, municipality=B, group="homeless", households=500)
    assert (told["possible"], told["stages"], told["worsened"]) == (False, [], None)
    assert ("C6", "what-if") in {(rule["tag"], rule["id"]) for rule in told["rules"]}
    assert "De planner heeft voor Beek 500 huishoudens vastgezet (homeless, 2027–2028)." in {
        rule["words"]["nl"] for rule in told["rules"]
    }
    assert "kan niet" in told["words"]["nl"]
    assert "is not possible" in told["words"]["en"]


def test_nothing_of_a_what_if_question_is_kept(planner: Planner, answered: str) -> None:
    before = planner.reads("/v1/proposals")["total"]
    result = planner.reads(f"{answered}/result")
    alternative(planner, answered, municipality=A, households=4)
    assert planner.reads("/v1/proposals")["total"] == before
    assert planner.reads(f"{answered}/result") == result


def test_a_question_with_unknown_ids_is_refused_with_every_fault(
    planner: Planner, answered: str
) -> None:
    number = {"municipality": "GM9999", "group": "ghosts", "period": "2099", "households": 1}
    response = asks_why_not(planner, answered, **number)
    assert response.status_code == 400
    assert {(f["pointer"], f["code"]) for f in response.json()["errors"]} == {
        ("/municipality", "unknown_id"),
        ("/group", "unknown_id"),
        ("/period", "unknown_id"),
    }


@pytest.mark.parametrize(
    ("number", "pointer"),
    [
        ({"municipality": A, "households": -1}, "/households"),
        ({"municipality": A, "households": 1.5}, "/households"),
        ({"municipality": A}, "/households"),
        ({"municipality": A, "households": 1, "colour": "red"}, "/colour"),
    ],
    ids=["negative", "half a household", "no number", "unknown field"],
)
def test_a_question_that_cannot_be_read_is_refused(
    planner: Planner, answered: str, number: Row, pointer: str
) -> None:
    response = asks_why_not(planner, answered, **number)
    assert response.status_code == 400
    assert [fault["pointer"] for fault in response.json()["errors"]] == [pointer]


def test_without_a_plan_there_is_nothing_to_explain(planner: Planner) -> None:
    pins = [
        {"municipality": A, "group": "homeless", "period": "2027", "households": 500, "reason": "x"}
    ]
    address = planner.asks({**QUESTION, "pins": pins})
    assert planner.waits_for_the_end(address)["state"] == "infeasible"
    why = planner.client.get(f"{address}/explanations")
    why_not = asks_why_not(planner, address, municipality=A, households=1)
    assert (why.status_code, why_not.status_code) == (409, 409)
    assert why.json()["state"] == why_not.json()["state"] == "infeasible"


def test_nobody_can_ask_about_a_proposal_that_is_not_there(planner: Planner) -> None:
    assert planner.client.get(f"{NOBODY}/explanations").status_code == 404
    assert asks_why_not(planner, NOBODY, municipality=A, households=1).status_code == 404
