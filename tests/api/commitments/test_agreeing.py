"""From a draft to an agreement: who offers, who signs, and when it counts."""

import httpx
import pytest

from services.api.access.actor import Role
from tests.api.commitments.people import People, agreed, counting, draft
from tests.api.rows import Body, body


def test_what_the_municipality_and_the_corporation_have_signed_is_agreed_and_counts(
    people: People,
) -> None:
    planner = people.of_region()
    address = draft(people, planner, ("corporation", people.corporation))
    assert planner.does(f"{address}/offer")["state"] == "offered"

    assert people.of_amsterdam().does(f"{address}/signatures")["state"] == "offered"
    assert counting(people) == []

    assert people.of_corporation(Role.SIGNATORY).does(f"{address}/signatures")["state"] == "agreed"
    assert counting(people) == [80]


def test_the_signatures_say_who_signed_and_whom_it_waits_for(people: People) -> None:
    planner = people.of_region()
    address = draft(people, planner, ("corporation", people.corporation))
    offered = planner.does(f"{address}/offer")
    people.of_amsterdam().does(f"{address}/signatures")

    signatures = planner.get(f"{address}/signatures").json()

    assert [(row["round"], row["organisation"]) for row in signatures["items"]] == [
        (offered["round"], people.amsterdam)
    ]
    assert signatures["missing"] == [people.corporation]


def test_nobody_is_waited_for_when_all_have_signed(people: People) -> None:
    address = agreed(people)
    assert people.of_amsterdam().get(f"{address}/signatures").json()["missing"] == []


def test_whoever_drafted_it_does_not_sign_it(people: People) -> None:
    writer = people.of_amsterdam()
    address = draft(people, writer)
    people.of_amsterdam().does(f"{address}/offer")
    assert writer.is_refused(f"{address}/signatures") == (409, "four_eyes")


def test_whoever_offered_it_does_not_sign_it(people: People) -> None:
    offerer = people.of_amsterdam()
    address = draft(people, people.of_amsterdam())
    offerer.does(f"{address}/offer")
    assert offerer.is_refused(f"{address}/signatures") == (409, "four_eyes")


def test_whoever_changed_the_draft_does_not_sign_it(people: People) -> None:
    writer, editor = people.of_amsterdam(), people.of_amsterdam()
    address = draft(people, writer)
    assert editor.put(address, {**writer.get(address).json(), "households": 81}).is_success
    writer.does(f"{address}/offer")
    assert editor.is_refused(f"{address}/signatures") == (409, "four_eyes")


def test_an_organisation_signs_once(people: People) -> None:
    planner = people.of_region()
    address = draft(people, planner, ("corporation", people.corporation))
    planner.does(f"{address}/offer")
    people.of_amsterdam().does(f"{address}/signatures")
    assert people.of_amsterdam().is_refused(f"{address}/signatures") == (409, "already_signed")


def test_the_region_does_not_sign_for_a_municipality(people: People) -> None:
    address = draft(people, people.of_amsterdam())
    people.of_amsterdam().does(f"{address}/offer")
    assert people.of_region().is_refused(f"{address}/signatures") == (403, "not_a_party")


def test_a_role_that_does_not_sign_is_not_allowed_to(people: People) -> None:
    planner = people.of_region()
    address = draft(people, planner)
    planner.does(f"{address}/offer")
    editor = people.of_amsterdam(Role.EDITOR, Role.READER)
    assert editor.is_refused(f"{address}/signatures") == (403, "not_allowed")


def test_a_signature_under_another_version_than_was_read_is_refused(people: People) -> None:
    planner, signatory = people.of_region(), people.of_amsterdam()
    address = draft(people, planner)
    read = planner.get(address)
    planner.does(f"{address}/offer")

    stale = signatory.post(f"{address}/signatures", {}, If_Match=read.headers["ETag"])
    fresh = signatory.get(address).headers["ETag"]
    assert stale.status_code == 412
    assert signatory.post(f"{address}/signatures", {}, If_Match=fresh).is_success


def test_a_move_says_which_version_was_read(people: People) -> None:
    planner = people.of_region()
    address = draft(people, planner)
    del people.api.headers["If-Match"]
    headers = {"Authorization": f"Bearer {planner.key}"}
    answer = people.api.post(f"{address}/offer", json={}, headers=headers)
    assert answer.status_code == 428


def test_without_the_host_it_is_not_offered(people: People) -> None:
    planner = people.of_region()
    row = body("commitments", parties=people.parties(("corporation", people.corporation))[1:])
    address = planner.post("/v1/commitments", row).headers["Location"]
    assert planner.is_refused(f"{address}/offer") == (409, "party_missing")


def test_what_is_taken_back_is_a_draft_again_without_signatures(people: People) -> None:
    planner = people.of_region()
    address = draft(people, planner, ("corporation", people.corporation))
    planner.does(f"{address}/offer")
    people.of_amsterdam().does(f"{address}/signatures")

    assert planner.does(f"{address}/retraction", {"reason": "A typing error."})["state"] == "draft"

    assert planner.get(f"{address}/signatures").json()["total"] == 0


def test_only_the_organisation_that_offered_it_takes_it_back(people: People) -> None:
    planner = people.of_region()
    address = draft(people, planner)
    planner.does(f"{address}/offer")
    reason = {"reason": "We do not like it."}
    refused = people.of_amsterdam().is_refused(f"{address}/retraction", reason)
    assert refused == (403, "not_a_party")


def test_a_corporation_sees_its_own_commitments_and_no_figures(people: People) -> None:
    planner, corporation = people.of_region(), people.of_corporation(Role.READER)
    own = draft(people, planner, ("corporation", people.corporation))
    draft(people, planner)
    assert people.api.post("/v1/needs", json=body("needs")).is_success

    seen = corporation.get("/v1/commitments").json()
    assert [f"/v1/commitments/{row['id']}" for row in seen["items"]] == [own]
    assert corporation.get("/v1/needs").json() == {"items": [], "total": 0}


def test_what_is_not_yours_looks_like_what_is_not_there(people: People) -> None:
    address = draft(people, people.of_region())
    stranger = people.of_haarlemmermeer()
    missing = "/v1/commitments/4f4f6f0e-0c0e-4a4e-8a52-6f1f5c2b9d12"
    reason = {"reason": 12}

    moves = [stranger.post(f"{place}/withdrawal", reason) for place in (address, missing)]
    reads = [stranger.get(f"{place}/{part}") for place in (address, missing) for part in PARTS]

    assert {answer.status_code for answer in moves + reads} == {404}
    assert len({answer.text.replace(address[-36:], missing[-36:]) for answer in moves}) == 1


PARTS = ("signatures", "amendments", "progress")


@pytest.mark.parametrize(
    ("filter_", "found"), [("state=offered", 1), ("state=agreed", 0), ("party=PARTY", 1)]
)
def test_a_list_is_narrowed_by_state_and_party(people: People, filter_: str, found: int) -> None:
    planner = people.of_region()
    address = draft(people, planner)
    planner.does(f"{address}/offer")
    query = filter_.replace("PARTY", people.amsterdam)
    assert planner.get(f"/v1/commitments?{query}").json()["total"] == found


def test_an_editor_does_not_record_what_was_signed_elsewhere(people: People) -> None:
    editor = people.of_amsterdam(Role.EDITOR)
    row = body("commitments", state="agreed")
    assert editor.is_refused("/v1/commitments", row) == (403, "not_allowed")


def test_a_planner_records_what_was_signed_elsewhere_for_its_own_municipalities(
    people: People,
) -> None:
    planner = people.of_amsterdam(Role.PLANNER)
    foreign = body("commitments", state="agreed", municipality="GM0394")
    assert planner.does("/v1/commitments", body("commitments", state="agreed"))["round"] == 0
    assert planner.is_refused("/v1/commitments", foreign) == (403, "outside_reach")


@pytest.mark.parametrize(
    ("changes", "place"), [({"state": "offered"}, "/state"), ({"round": 1}, "/round")]
)
def test_a_new_commitment_begins_as_a_draft_or_as_what_was_signed(
    people: People, changes: Body, place: str
) -> None:
    answer = people.api.post("/v1/commitments", json=body("commitments", **changes))
    assert [(e["pointer"], e["code"]) for e in answer.json()["errors"]] == [
        (place, "state_differs")
    ]


def test_in_a_draft_everything_changes_but_its_state(people: People) -> None:
    writer = people.of_amsterdam()
    address = draft(people, writer)
    row = writer.get(address).json()
    assert writer.put(address, {**row, "households": 85}).json()["households"] == 85
    answer = writer.put(address, {**row, "state": "agreed"})
    assert [e["code"] for e in answer.json()["errors"]] == ["state_differs"]


def test_what_is_agreed_is_not_replaced_and_not_deleted(people: People) -> None:
    address = agreed(people)
    planner = people.of_region()
    row = planner.get(address).json()
    answers = [planner.put(address, {**row, "households": 81}), planner.delete(address)]
    assert [(answer.status_code, answer.json()["code"]) for answer in answers] == [
        (409, "move_not_possible")
    ] * 2


@pytest.mark.parametrize(
    ("part", "organisation", "code"),
    [
        ("corporation", "amsterdam", "wrong_kind"),
        ("host", "corporation", "wrong_kind"),
        ("host", "haarlemmermeer", "not_the_host"),
    ],
)
def test_a_party_is_what_its_part_says(
    people: People, part: str, organisation: str, code: str
) -> None:
    party = {"organisation": getattr(people, organisation), "part": part}
    answer = people.api.post("/v1/commitments", json=body("commitments", parties=[party]))
    assert [e["code"] for e in answer.json()["errors"]] == [code]


def test_of_many_rows_each_fault_has_its_place(api: httpx.Client, people: People) -> None:
    rows = [body("commitments"), body("commitments", state="offered")]
    answer = api.post("/v1/commitments/_import", json=rows)
    assert [e["pointer"] for e in answer.json()["errors"]] == ["/1/state"]
