"""Amendments: other numbers, which count only when all parties have signed them."""

from services.api.access.actor import Role
from services.api.audit.service import verify
from services.api.database import reading
from tests.api.commitments.people import People, Somebody, agreed, counting, draft
from tests.api.rows import Body

FEWER: Body = {"households": 60, "basis": "Amendment, art. 1", "reason": "The homes are late."}


def amended(people: People, address: str) -> Somebody:
    """Let somebody of Amsterdam propose fewer households; gives who did."""
    proposer = people.of_amsterdam()
    proposer.does(f"{address}/amendments", FEWER)
    return proposer


def test_the_old_number_is_in_force_until_all_have_signed_the_new_one(people: People) -> None:
    planner = people.of_region()
    address = draft(people, planner, ("corporation", people.corporation))
    planner.does(f"{address}/offer")
    people.of_amsterdam().does(f"{address}/signatures")
    people.of_corporation().does(f"{address}/signatures")

    amended(people, address)
    waiting = people.of_amsterdam().does(f"{address}/signatures")
    assert (waiting["state"], waiting["households"], counting(people)) == ("agreed", 80, [80])

    done = people.of_corporation().does(f"{address}/signatures")
    assert (done["state"], done["households"], done["round"]) == ("amended", 60, 1)
    assert (done["basis"], done["low"], counting(people)) == ("Amendment, art. 1", None, [60])
    with reading(people.engine) as session:
        found = {finding.where for finding in verify(session)}
    # The database of these tests is emptied behind the API's back, and that is found too.
    assert not [place for place in found if place.endswith(address[-36:]) or "amend" in place]


def test_whoever_proposed_the_amendment_does_not_sign_it(people: People) -> None:
    address = agreed(people)
    proposer = amended(people, address)
    assert proposer.is_refused(f"{address}/signatures") == (409, "four_eyes")


def test_one_amendment_waits_at_a_time(people: People) -> None:
    address = agreed(people)
    amended(people, address)
    assert people.of_amsterdam().is_refused(f"{address}/amendments", FEWER) == (
        409,
        "move_not_possible",
    )


def test_an_amendment_that_is_taken_back_changes_nothing_and_makes_room_for_another(
    people: People,
) -> None:
    address = agreed(people)
    proposer = amended(people, address)
    kept = proposer.does(f"{address}/retraction", {"reason": "The homes are in time."})
    assert (kept["state"], kept["households"], kept["round"]) == ("agreed", 80, 0)

    amended(people, address)
    done = people.of_amsterdam().does(f"{address}/signatures")
    amendments = proposer.get(f"{address}/amendments").json()
    assert (done["state"], done["round"]) == ("amended", 2)
    assert [(row["round"], row["state"]) for row in amendments["items"]] == [
        (1, "withdrawn"),
        (2, "agreed"),
    ]


def test_an_amendment_has_an_address_of_its_own(people: People) -> None:
    address = agreed(people)
    proposer = people.of_amsterdam()
    made = proposer.post(f"{address}/amendments", FEWER)
    assert made.status_code == 201
    assert proposer.get(made.headers["Location"]).json() == made.json()
    elsewhere = made.headers["Location"].replace(made.json()["id"], address[-36:])
    assert proposer.get(elsewhere).status_code == 404


def test_a_draft_is_changed_and_not_amended(people: People) -> None:
    writer = people.of_amsterdam()
    address = draft(people, writer)
    assert writer.is_refused(f"{address}/amendments", FEWER) == (409, "move_not_possible")


def test_who_is_no_party_does_not_amend(people: People) -> None:
    address = agreed(people)
    assert people.of_region().is_refused(f"{address}/amendments", FEWER) == (403, "not_a_party")


def test_an_amendment_whose_range_is_out_of_order_is_refused(people: People) -> None:
    address = agreed(people)
    answer = people.of_amsterdam().post(f"{address}/amendments", {**FEWER, "low": 61})
    assert [(e["pointer"], e["code"]) for e in answer.json()["errors"]] == [
        ("/low", "not_in_order")
    ]


def test_without_an_open_amendment_there_is_nothing_to_sign(people: People) -> None:
    address = agreed(people)
    signatory = people.of_amsterdam(Role.SIGNATORY)
    assert signatory.is_refused(f"{address}/signatures") == (409, "move_not_possible")
