"""Trades between two municipalities: both sign, and the sum of their tasks stays the same."""

from collections.abc import Mapping

import pytest

from services.api.access.actor import Role
from services.api.crud.router import example_of
from services.api.trades.service import trades
from tests.api.commitments.people import People, Somebody
from tests.api.rows import AMSTERDAM, HAARLEMMERMEER, Body, add

REASON: Body = {"reason": "The location is not opened."}
HALF_YEAR = "2027-I"
EXAMPLE = {name: value for name, value in example_of(trades.noun).items() if name != "id"}
# The law gives each a task of ceil(10 / 1000 * inhabitants) [persons].
INHABITANTS = {AMSTERDAM: 2_000, HAARLEMMERMEER: 1_000}


def trade(**changes: object) -> Body:
    """Let Haarlemmermeer take over a part of the task of Amsterdam."""
    return {**EXAMPLE, **changes}


def offer(somebody: Somebody, persons: int = 5) -> str:
    """Let somebody offer that Haarlemmermeer takes over of Amsterdam; gives the address."""
    answer = somebody.post("/v1/trades", trade(persons=persons))
    assert answer.status_code == 201, answer.text
    return str(answer.headers["Location"])


def agree(people: People, persons: int) -> str:
    """Let both sign what the region offers; gives the address."""
    address = offer(people.of_region(), persons)
    people.of_amsterdam().does(f"{address}/signatures")
    people.of_haarlemmermeer().does(f"{address}/signatures")
    return address


def tasks_are_known(people: People) -> None:
    """Write down what the tasks of both follow from."""
    add(
        people.api,
        "quota-totals",
        halfYear=HALF_YEAR,
        persons=10,
        nationalInhabitants=1_000,
        multiplier=None,
        inhabitantsDate="2026-01-01",
    )
    add(people.api, "indicators")
    for code, inhabitants in INHABITANTS.items():
        add(
            people.api,
            "indicator-values",
            municipality=code,
            likely=inhabitants,
            low=None,
            high=None,
            referenceDate="2026-01-01",
        )


def corrected_tasks(people: People) -> Mapping[str, int]:
    """Read the task of each municipality, with its trades."""
    lines = people.api.get(f"/v1/quota-ledger?halfYear={HALF_YEAR}").json()["lines"]
    return {line["municipality"]: line["correctedTask"] for line in lines}


def test_a_trade_without_the_second_signature_changes_no_task_and_with_it_keeps_the_sum(
    people: People,
) -> None:
    tasks_are_known(people)
    assert corrected_tasks(people) == {AMSTERDAM: 20, HAARLEMMERMEER: 10}

    address = offer(people.of_region())
    signed = people.of_amsterdam().does(f"{address}/signatures")
    assert (signed["state"], corrected_tasks(people)) == (
        "offered",
        {AMSTERDAM: 20, HAARLEMMERMEER: 10},
    )

    signed = people.of_haarlemmermeer().does(f"{address}/signatures")
    assert (signed["state"], corrected_tasks(people)) == (
        "agreed",
        {AMSTERDAM: 15, HAARLEMMERMEER: 15},
    )


def test_nobody_gives_more_than_its_task(people: People) -> None:
    tasks_are_known(people)
    agree(people, persons=12)
    address = offer(people.of_region(), persons=9)
    people.of_amsterdam().does(f"{address}/signatures")

    refused = people.of_haarlemmermeer().post(f"{address}/signatures").json()

    assert (refused["code"], refused["task"]) == ("more_than_task", 20)
    assert corrected_tasks(people) == {AMSTERDAM: 8, HAARLEMMERMEER: 22}
    assert people.of_region().get(address).json()["state"] == "offered"


def test_a_task_that_is_not_known_does_not_stop_a_trade(people: People) -> None:
    agree(people, persons=1_000)


def test_whoever_offered_it_does_not_sign_it(people: People) -> None:
    offerer = people.of_amsterdam()
    assert offerer.is_refused(f"{offer(offerer)}/signatures") == (409, "four_eyes")


def test_a_municipality_signs_once(people: People) -> None:
    address = offer(people.of_region())
    people.of_amsterdam().does(f"{address}/signatures")
    assert people.of_amsterdam().is_refused(f"{address}/signatures") == (409, "already_signed")


def test_the_region_does_not_sign_for_a_municipality(people: People) -> None:
    address = offer(people.of_amsterdam())
    assert people.of_region().is_refused(f"{address}/signatures") == (403, "not_a_party")


def test_a_signature_under_another_version_than_was_read_is_refused(people: People) -> None:
    signatory = people.of_haarlemmermeer()
    address = offer(people.of_region())
    read = signatory.get(address).headers["ETag"]
    people.of_amsterdam().does(f"{address}/signatures")
    assert signatory.post(f"{address}/signatures", {}, If_Match=read).status_code == 412


def test_what_is_offered_can_be_withdrawn_by_either(people: People) -> None:
    address = offer(people.of_amsterdam())
    withdrawn = people.of_haarlemmermeer(Role.PLANNER).does(f"{address}/withdrawal", REASON)
    assert withdrawn["state"] == "withdrawn"


@pytest.mark.parametrize("move", ["withdrawal", "signatures"])
def test_what_both_have_signed_stays(people: People, move: str) -> None:
    address = agree(people, persons=1)
    told = REASON if move == "withdrawal" else {}
    refused = people.of_amsterdam().post(f"{address}/{move}", told).json()
    assert (refused["code"], refused["nl"][:9]) == ("move_not_possible", "Een ruil ")


def test_a_trade_is_offered_by_one_of_both(people: People) -> None:
    editor = people.of_amsterdam(Role.EDITOR)
    corporation = people.of_corporation()
    assert editor.is_refused("/v1/trades", trade()) == (403, "not_allowed")
    assert corporation.is_refused("/v1/trades", trade()) == (403, "outside_reach")


def test_who_takes_no_part_sees_no_trade(people: People) -> None:
    address = offer(people.of_amsterdam())
    stranger = people.of_corporation()
    assert stranger.get("/v1/trades").json()["total"] == 0
    assert stranger.get(address).status_code == 404
    assert stranger.post(f"{address}/signatures").status_code == 404


@pytest.mark.parametrize(
    ("query", "found"),
    [
        (f"halfYear={HALF_YEAR}", 1),
        ("halfYear=2027-II", 0),
        ("state=agreed", 0),
        (f"municipality={HAARLEMMERMEER}", 1),
        ("municipality=GM0014", 0),
    ],
)
def test_a_list_is_narrowed(people: People, query: str, found: int) -> None:
    offer(people.of_amsterdam())
    assert people.of_region().get(f"/v1/trades?{query}").json()["total"] == found


def test_every_fault_of_a_trade_is_told(people: People) -> None:
    row = trade(toMunicipality=AMSTERDAM, state="agreed", persons=0)
    answer = people.of_amsterdam().post("/v1/trades", row)
    assert sorted(e["pointer"] for e in answer.json()["errors"]) == [
        "/persons",
        "/state",
        "/toMunicipality",
    ]
