"""A proposal becomes draft commitments: which, with what in them, by whom, and once."""

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from services.api.access.actor import Role
from services.api.adoptions.tables import adoptions
from services.api.database import writing
from tests.api.adoptions.plans import GROUP, HASH, PERIOD, PLAN, SNAPSHOT, planned
from tests.api.commitments.people import People, counting
from tests.api.rows import AMSTERDAM, HAARLEMMERMEER, Body, body

REASON: Body = {"reason": "Decided in the regional meeting."}


def rows(*codes: str) -> Body:
    """Choose the numbers of these municipalities."""
    chosen = [{"municipality": code, "group": GROUP, "period": PERIOD} for code in codes]
    return {**REASON, "rows": chosen}


def commitments_from(people: People, address: str) -> list[Body]:
    """Read what came of a proposal, by municipality."""
    proposal = address.rpartition("/")[2]
    found = people.api.get(f"/v1/commitments?proposal={proposal}").json()["items"]
    return sorted(found, key=lambda row: str(row["municipality"]))


def test_every_number_of_the_plan_becomes_a_draft(people: People) -> None:
    address = planned(people.engine)
    adoption = people.of_region().does(f"{address}/adoption", REASON)

    drafts = commitments_from(people, address)
    assert {row["municipality"]: row["households"] for row in drafts} == PLAN
    assert {(row["state"], *row["groups"], *row["periods"]) for row in drafts} == {
        ("draft", GROUP, PERIOD)
    }
    assert adoption["commitments"] == 2
    assert counting(people) == []


def test_a_draft_names_its_proposal_its_reason_and_the_version_of_the_registry(
    people: People,
) -> None:
    address = planned(people.engine)
    adopter = people.of_region()
    adopter.does(f"{address}/adoption", REASON)

    draft, _ = commitments_from(people, address)
    versions = adopter.get(f"/v1/commitments/{draft['id']}/versions").json()["items"]

    assert draft["proposal"] == address[-36:]
    assert draft["basis"] == f"Voorstel First round ({HASH}), registerversie {SNAPSHOT}"
    assert (draft["quality"], draft["note"]) == ("computed", REASON["reason"])
    assert versions[0]["reason"] == REASON["reason"]


def test_a_proposal_from_before_versions_were_kept_can_be_adopted(people: People) -> None:
    address = planned(people.engine, name=None, snapshot_change=None)
    people.of_region().does(f"{address}/adoption", REASON)
    assert commitments_from(people, address)[0]["basis"] == f"Voorstel {address[-36:]} ({HASH})"


def test_the_municipality_that_houses_is_the_party_of_its_draft(people: People) -> None:
    address = planned(people.engine)
    people.of_region().does(f"{address}/adoption", REASON)
    hosts = [
        [party["organisation"] for party in row["parties"]]
        for row in commitments_from(people, address)
    ]
    assert hosts == [[people.amsterdam], [people.haarlemmermeer]]


def test_chosen_rows_become_exactly_those_drafts(people: People) -> None:
    address = planned(people.engine)
    adoption = people.of_region().does(f"{address}/adoption", rows(HAARLEMMERMEER))
    drafts = commitments_from(people, address)
    assert [(row["municipality"], row["households"]) for row in drafts] == [(HAARLEMMERMEER, 3)]
    assert adoption["rows"] == rows(HAARLEMMERMEER)["rows"]


def test_a_proposal_is_adopted_once_and_the_next_one_is_told_by_whom_and_when(
    people: People,
) -> None:
    address = planned(people.engine)
    adoption = people.of_region().does(f"{address}/adoption", rows(HAARLEMMERMEER))
    refused = people.of_region().post(f"{address}/adoption", rows(AMSTERDAM))
    told = refused.json()
    assert (refused.status_code, told["code"]) == (409, "already_adopted")
    assert (told["organisation"], told["at"]) == (people.region, adoption["at"])
    assert len(commitments_from(people, address)) == 1


def test_who_adopted_a_proposal_can_be_read(people: People) -> None:
    address = planned(people.engine)
    reader = people.of_amsterdam(Role.READER)
    assert reader.get(f"{address}/adoption").status_code == 404
    made = people.of_region().post(f"{address}/adoption", REASON)
    assert made.headers["Location"] == f"{address}/adoption"
    assert reader.get(f"{address}/adoption").json() == made.json()
    assert reader.get(made.json()["links"]["commitments"]).json()["total"] == 1


def test_whoever_adopted_it_does_not_sign_what_came_of_it(people: People) -> None:
    address = planned(people.engine)
    adopter = people.of_region()
    adopter.does(f"{address}/adoption", REASON)
    draft = f"/v1/commitments/{commitments_from(people, address)[0]['id']}"
    people.of_amsterdam().does(f"{draft}/offer")
    assert adopter.is_refused(f"{draft}/signatures") == (403, "not_a_party")
    assert people.of_amsterdam().does(f"{draft}/signatures")["state"] == "agreed"


def test_a_municipality_that_adopts_for_itself_cannot_agree_alone(people: People) -> None:
    people.api.put("/v1/regions/mra", json={**body("regions"), "municipalities": [AMSTERDAM]})
    address = planned(people.engine, {AMSTERDAM: 8})
    adopter = people.of_amsterdam()
    adopter.does(f"{address}/adoption", REASON)
    draft = f"/v1/commitments/{commitments_from(people, address)[0]['id']}"
    people.of_amsterdam().does(f"{draft}/offer")
    assert adopter.is_refused(f"{draft}/signatures") == (409, "four_eyes")


def test_what_is_in_force_already_is_not_drafted_again(people: People) -> None:
    row = body("commitments", state="agreed", households=8, low=None)
    assert people.api.post("/v1/commitments", json=row).is_success
    address = planned(people.engine)
    people.of_region().does(f"{address}/adoption", REASON)
    drafts = commitments_from(people, address)
    assert [row["municipality"] for row in drafts] == [HAARLEMMERMEER]


def test_a_plan_without_households_is_not_adopted(people: People) -> None:
    address = planned(people.engine, {AMSTERDAM: 0})
    assert people.of_region().is_refused(f"{address}/adoption", REASON) == (
        409,
        "nothing_to_adopt",
    )
    assert people.of_region().get(f"{address}/adoption").status_code == 404


def test_a_row_without_households_is_refused_by_name_and_nothing_is_adopted(
    people: People,
) -> None:
    address = planned(people.engine, {AMSTERDAM: 8, HAARLEMMERMEER: 0})
    refused = people.of_region().post(f"{address}/adoption", rows(AMSTERDAM, HAARLEMMERMEER))
    assert refused.json()["rows"] == rows(HAARLEMMERMEER)["rows"]
    assert commitments_from(people, address) == []
    people.of_region().does(f"{address}/adoption", rows(AMSTERDAM))


def test_a_row_is_chosen_once(people: People) -> None:
    address = planned(people.engine)
    refused = people.of_region().post(f"{address}/adoption", rows(AMSTERDAM, AMSTERDAM)).json()
    assert [(e["pointer"], e["code"]) for e in refused["errors"]] == [("/rows/1", "repeated_id")]


@pytest.mark.parametrize(
    "columns",
    [
        {"state": "queued", "result": None, "ended_at": None},
        {"state": "failed", "result": None, "reason": "It was too big."},
    ],
)
def test_without_a_plan_there_is_nothing_to_adopt(people: People, columns: Body) -> None:
    address = planned(people.engine, **columns)
    answer = people.of_region().post(f"{address}/adoption", REASON)
    assert (answer.status_code, answer.json()["state"]) == (409, columns["state"])


def test_a_municipality_does_not_adopt_for_its_whole_region(people: People) -> None:
    address = planned(people.engine)
    refused = people.of_amsterdam().is_refused(f"{address}/adoption", rows(AMSTERDAM))
    assert refused == (403, "outside_reach")


def test_an_editor_does_not_adopt(people: People) -> None:
    editor = people.of_region(Role.EDITOR, Role.SIGNATORY)
    refused = editor.is_refused(f"{planned(people.engine)}/adoption", REASON)
    assert refused == (403, "not_allowed")


def test_who_takes_no_part_in_the_region_sees_no_proposal_to_adopt(people: People) -> None:
    address = planned(people.engine)
    stranger = people.of_corporation()
    missing = f"/v1/proposals/{'0' * 8}-0000-0000-0000-{'0' * 12}/adoption"
    answers = [stranger.post(where, {"reason": 1}) for where in (f"{address}/adoption", missing)]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert stranger.get(f"{address}/adoption").status_code == 404


def test_the_database_itself_refuses_a_second_adoption(people: People) -> None:
    address = planned(people.engine)
    people.of_region().does(f"{address}/adoption", REASON)
    with writing(people.engine) as session:
        kept = dict(session.execute(adoptions.select()).mappings().one())
        with pytest.raises(IntegrityError), session.begin_nested():
            session.execute(insert(adoptions).values({**kept, "id": "another"}))
