"""A planner loads figures, asks for a proposal, follows it, and reads plan and table."""

import pytest

from services.api.demo.conversation import read
from shared.contract.canonical import problem_hash
from shared.contract.reading import problem_from, read_problem, read_result
from shared.verify.verify import verify
from tests.journeys.processes_of_evenwicht import ENDED, Planner
from tests.journeys.small_region import NAMES, QUESTION, A, B


@pytest.fixture(scope="module")
def answered(planner: Planner) -> str:
    address = planner.asks({**QUESTION, "name": "First round"})
    assert planner.waits_for_the_end(address)["state"] == "ready"
    return address


def test_an_accepted_question_tells_where_to_follow_it(planner: Planner) -> None:
    response = planner.client.post("/v1/proposals", json=QUESTION)
    proposal = response.json()
    assert response.status_code == 202
    assert response.headers["Location"] == f"/v1/proposals/{proposal['id']}"
    assert proposal["state"] == "queued"
    assert proposal["links"]["result"] == f"/v1/proposals/{proposal['id']}/result"
    planner.waits_for_the_end(response.headers["Location"])


def test_the_plan_passes_every_check_outside_the_service(planner: Planner, answered: str) -> None:
    problem = read_problem(planner.client.get(f"{answered}/problem").content)
    result = read_result(planner.client.get(f"{answered}/result").content)
    assert verify(problem, result) == ()
    assert result.status == "optimal"


def test_the_frozen_question_has_the_hash_that_is_shown(planner: Planner, answered: str) -> None:
    proposal = planner.reads(answered)
    problem = problem_from(planner.reads(f"{answered}/problem"))
    assert proposal["problemHash"] == problem_hash(problem)
    assert (proposal["name"], proposal["attempt"]) == ("First round", 1)
    assert proposal["createdAt"] <= proposal["startedAt"] <= proposal["endedAt"]
    assert proposal["progress"]["stage"]


def test_the_table_tells_every_municipality_where_it_stands(
    planner: Planner, answered: str
) -> None:
    table = {
        line["municipality"]: line for line in planner.reads(f"{answered}/municipalities")["items"]
    }
    assert {code: line["name"] for code, line in table.items()} == NAMES
    # 20 status holders and 10 homeless households, 40 % of the inhabitants.
    assert table[A]["fairShare"] == pytest.approx(12.0)
    assert (table[B]["committed"], table[B]["shortfall"]) == (2, 0)
    assert sum(line["fairShare"] for line in table.values()) == pytest.approx(30.0)
    assert table[A]["extraHomesNeeded"] == max(0, 12 - table[A]["proposed"])
    assert {limit["tag"] for limit in table[A]["limits"]} >= {"C1"}


def test_the_same_question_has_the_same_plan(planner: Planner, answered: str) -> None:
    again = planner.asks(QUESTION)
    assert planner.waits_for_the_end(again)["state"] == "ready"
    first = planner.reads(f"{answered}/result")["provenance"]
    second = planner.reads(f"{again}/result")["provenance"]
    assert first["problemHash"] == second["problemHash"]
    assert first["planHash"] == second["planHash"]


def test_later_changes_of_figures_leave_the_question_alone(planner: Planner, answered: str) -> None:
    before = planner.reads(f"{answered}/problem")
    lot = read(planner.client, "/v1/capacities?limit=1")["items"][0]
    changed = {**lot, "potential": lot["potential"] + 100}
    reply = planner.client.put(f"/v1/capacities/{lot['id']}", json=changed)
    assert reply.status_code == 200
    assert planner.reads(f"{answered}/problem") == before
    assert planner.client.put(f"/v1/capacities/{lot['id']}", json=lot).status_code == 200


def test_one_year_and_one_group_can_be_planned_alone(planner: Planner) -> None:
    question = {**QUESTION, "periods": ["2027"], "groups": ["status_holders"]}
    address = planner.asks(question)
    assert planner.waits_for_the_end(address)["state"] == "ready"
    problem = planner.reads(f"{address}/problem")
    assert [period["id"] for period in problem["periods"]] == ["2027"]
    assert [group["id"] for group in problem["groups"]] == ["status_holders"]


def test_the_planners_order_of_stages_is_followed(planner: Planner) -> None:
    stages = [{"objective": "municipalFairness"}, {"objective": "waiting", "slack": 1}]
    address = planner.asks({**QUESTION, "stages": stages})
    assert planner.waits_for_the_end(address)["state"] == "ready"
    names = [stage["objective"] for stage in planner.reads(f"{address}/result")["stages"]]
    assert names[0] == "municipalFairness"
    assert set(names) == {"municipalFairness", "waiting"}


def test_a_plan_can_stay_near_to_an_earlier_one(planner: Planner, answered: str) -> None:
    earlier = planner.reads(answered)["id"]
    stages = [{"objective": "stability"}]
    address = planner.asks({**QUESTION, "previous": earlier, "stages": stages})
    assert planner.waits_for_the_end(address)["state"] == "ready"
    first, second = (planner.reads(f"{where}/municipalities") for where in (answered, address))
    assert planner.reads(f"{address}/problem")["previous"] != []
    assert [line["proposed"] for line in first["items"]] == [
        line["proposed"] for line in second["items"]
    ]


def test_pins_that_cannot_hold_are_an_answer_that_names_them(planner: Planner) -> None:
    pin = {
        "municipality": A,
        "group": "status_holders",
        "period": "2027",
        "households": 500,
        "reason": "To see what happens.",
    }
    address = planner.asks({**QUESTION, "pins": [pin]})
    assert planner.waits_for_the_end(address)["state"] == "infeasible"
    result = planner.reads(f"{address}/result")
    assert result["status"] == "infeasible"
    assert ("C6", "pin-1") in {(rule["tag"], rule["id"]) for rule in result["conflict"]}
    table = planner.client.get(f"{address}/municipalities")
    assert (table.status_code, table.json()["state"]) == (409, "infeasible")
    assert "Its result names the rules" in table.json()["detail"]


def test_a_wrong_question_is_refused_with_every_fault_and_leaves_nothing(
    planner: Planner,
) -> None:
    before = planner.reads("/v1/proposals")["total"]
    question = {"region": "nowhere", "periods": [], "timeLimitSeconds": 0, "colour": "red"}
    response = planner.client.post("/v1/proposals", json=question)
    assert response.status_code == 400
    assert response.headers["Content-Type"] == "application/problem+json"
    pointers = {fault["pointer"] for fault in response.json()["errors"]}
    assert pointers == {"/colour", "/periods", "/timeLimitSeconds"}
    assert planner.reads("/v1/proposals")["total"] == before


def test_a_question_about_unknown_things_is_refused_with_every_fault(planner: Planner) -> None:
    before = planner.reads("/v1/proposals")["total"]
    question = {**QUESTION, "periods": ["2027", "2099"], "groups": ["ghosts"]}
    response = planner.client.post("/v1/proposals", json=question)
    assert response.status_code == 400
    faults = {(fault["pointer"], fault["code"]) for fault in response.json()["errors"]}
    assert {("/periods/1", "unknown_id"), ("/groups/0", "unknown_id")} <= faults
    assert planner.reads("/v1/proposals")["total"] == before


def test_an_unknown_region_is_refused(planner: Planner) -> None:
    response = planner.client.post("/v1/proposals", json={"region": "nowhere"})
    assert response.status_code == 400
    assert response.json()["errors"][0]["pointer"] == "/region"


def test_proposals_are_listed_by_region_and_state(planner: Planner, answered: str) -> None:
    ready = planner.reads("/v1/proposals?region=four&state=ready&limit=200")
    assert planner.reads(answered)["id"] in {proposal["id"] for proposal in ready["items"]}
    assert {proposal["state"] for proposal in ready["items"]} == {"ready"}
    assert planner.reads("/v1/proposals?region=elsewhere")["total"] == 0
    one = planner.client.get("/v1/proposals?limit=1")
    assert 'rel="next"' in one.headers["Link"]


def test_a_proposal_that_has_ended_cannot_be_cancelled(planner: Planner, answered: str) -> None:
    response = planner.client.post(f"{answered}/cancellation")
    assert response.status_code == 409
    assert response.json()["state"] in ENDED
    assert planner.state(answered) == "ready"


@pytest.mark.parametrize("document", ["", "/problem", "/result", "/municipalities"])
def test_nothing_is_known_about_a_proposal_nobody_asked_for(
    planner: Planner, document: str
) -> None:
    address = f"/v1/proposals/00000000-0000-4000-8000-000000000000{document}"
    assert planner.client.get(address).status_code == 404
